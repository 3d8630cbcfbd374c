// What the scripts of the form share: a pause in typing, a question to the server, the line below a box.
const boxHelp = (() => {
    "use strict";

    const PAUSE = 250; // milliseconds without a key before the server is asked
    const timers = new Map();

    // `key`: what is typed into, a box or the name of a row.
    const afterPause = (key, act) => {
        clearTimeout(timers.get(key));
        timers.set(key, setTimeout(act, PAUSE));
    };

    // The answer, or null where there is none.
    const ask = async (url, options) => {
        const response = await fetch(url, { headers: { Accept: "application/json" }, ...options });
        return response.ok ? response.json() : null;
    };

    const lineBelow = (box, kind) => {
        const id = `${box.id}_${kind}`;
        let line = document.getElementById(id);
        if (!line) {
            line = document.createElement("p");
            line.id = id;
            line.className = "meaning";
            line.setAttribute("aria-live", "polite");
            box.after(line);
        }
        return line;
    };

    const button = (label) => {
        const made = document.createElement("button");
        made.type = "button";
        made.textContent = label;
        return made;
    };

    return { afterPause, ask, lineBelow, button };
})();
