// The list of cases: folds the filters where they would push the cases out of sight, and shows the progress
// of a download.
(() => {
    "use strict";

    const filters = document.getElementById("search-filters");
    if (filters && matchMedia("(min-width: 1001px)").matches) filters.open = true;
    else if (filters && !filters.querySelector(".wrong")) filters.open = false;

    const form = document.getElementById("download");
    if (!form || !window.ReadableStream) return;
    const progress = form.querySelector(".progress");
    const [bar, words] = [progress.querySelector("progress"), progress.querySelector("span")];
    const show = (text) => { words.textContent = text; };
    const grouped = (number) => number.toLocaleString("en");

    const linkTo = (address) => {
        const link = document.createElement("a");
        link.href = address;
        link.textContent = "Ask two administrators";
        return link;
    };

    // One line of the answer: how far it is, that it is ready, or what went wrong.
    const showProgress = (line) => {
        const message = JSON.parse(line);
        if (message.problem) {
            show(`${message.problem} `);
            if (message.ask) words.append(linkTo(message.ask));
        }
        else if (message.waits) {
            location.assign(message.waits);
        } else if (message.ready) {
            bar.value = bar.max;
            show(`${grouped(message.rows)} rows of ${grouped(message.cases)} cases are ready. ${message.anonymity || ""}`);
            location.assign(message.ready);
        } else {
            bar.max = Math.max(message.of, 1);
            bar.value = message.done;
            show(`${grouped(message.done)} of ${grouped(message.of)} cases`);
        }
    };

    const readLines = async (response) => {
        const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
        let rest = "";
        for (let part = await reader.read(); !part.done; part = await reader.read()) {
            const lines = (rest + part.value).split("\n");
            rest = lines.pop();
            lines.forEach(showProgress);
        }
    };

    form.addEventListener("submit", async (event) => {
        event.preventDefault();
        const button = form.querySelector("button");
        button.disabled = true;
        progress.hidden = false;
        show("Beginning …");
        try {
            const headers = { Accept: "application/x-ndjson" };
            const response = await fetch(form.action, { method: "POST", body: new FormData(form), headers });
            const type = response.headers.get("Content-Type") || "";
            if (!response.body || !type.includes("ndjson")) throw new Error(response.status);
            await readLines(response);
        } catch {
            show(
                "The download could not be prepared. Try again; if it happens again, tell who runs the registry.",
            );
        }
        button.disabled = false;
    });
})();
