// Who else has the case open: reports every half minute that this page is open, shows the others, and
// reports when it is left.
(() => {
    "use strict";

    const INTERVAL = 30000; // milliseconds

    const start = (line) => {
        const form = document.querySelector("[name=seen]").form;
        const data = () => {
            const sent = new FormData();
            ["csrfmiddlewaretoken", "seen"].forEach((name) => sent.append(name, form.elements[name].value));
            return sent;
        };
        const report = async () => {
            if (document.hidden) return;
            try {
                const response = await fetch(line.dataset.presence, { method: "POST", body: data() });
                if (!response.ok) return;
                const { others } = await response.json();
                if (line.textContent !== others) line.textContent = others;
            } catch {
                // No connection: the next report follows.
            }
        };
        setInterval(report, INTERVAL);
        setTimeout(report, 1000);
        document.addEventListener("visibilitychange", report);
        addEventListener("pagehide", () => navigator.sendBeacon(line.dataset.leave, data()));
    };

    document.addEventListener("DOMContentLoaded", () => {
        const line = document.querySelector("#presence[data-presence]");
        if (line) start(line);
    });
})();
