// Why a value is missing. One small button follows the focus; the reasons open at the box, and stand in
// the hidden box of the row.
(function () {
    "use strict";

    const button = document.createElement("button");
    button.type = "button";
    button.tabIndex = -1; // a second stop at every box would double the way through the form: Alt+W instead
    button.className = "why";
    button.textContent = "why missing?";
    button.setAttribute("aria-keyshortcuts", "Alt+W");
    let known = null;

    const reasons = () => (known = known || JSON.parse(document.getElementById("reasons").textContent));
    const labelOf = (box) => document.querySelector(`label[for="${box.id}"]`);
    const title = (box) => labelOf(box).firstChild.textContent.trim();
    const isEmpty = (box) => (box.type === "checkbox" ? !box.checked : ["", "unknown"].includes(box.value));

    function store(box) {
        const cut = box.name.lastIndexOf("-");
        return document.getElementsByName(cut < 0 ? "null_flavors" : `${box.name.slice(0, cut)}-null_flavors`)[0];
    }

    const stored = (box) => JSON.parse(store(box).value || "{}");

    function put(box, reason) {
        const all = stored(box);
        if (reason) all[box.dataset.why] = reason;
        else delete all[box.dataset.why];
        const hidden = store(box);
        hidden.value = Object.keys(all).length ? JSON.stringify(all) : "";
        hidden.dispatchEvent(new Event("input", { bubbles: true }));
        let line = document.getElementById(`${box.id}_absent`);
        if (!reason) { if (line) line.remove(); return; }
        if (!line) {
            line = document.createElement("p");
            line.id = `${box.id}_absent`;
            line.className = "absent";
            line.setAttribute("aria-live", "polite");
            outermost(box).after(line);
        }
        line.textContent = `Missing: ${reasons().words[reason]}`;
    }

    // A select stands in a frame with its arrow.
    const outermost = (box) => (box.tagName === "SELECT" ? box.parentElement : box);

    function open(box) {
        if (document.getElementById(`${box.id}_why`)) return;
        const list = document.createElement("select");
        list.id = `${box.id}_why`;
        list.className = "why-list";
        list.setAttribute("aria-label", `Why ${title(box)} is missing`);
        list.add(new Option("give no reason", ""));
        const allowed = reasons().allowed[box.dataset.why];
        Object.entries(reasons().words).filter(([key]) => allowed.includes(key))
            .forEach(([key, words]) => list.add(new Option(words, key)));
        list.value = stored(box)[box.dataset.why] || "";
        list.addEventListener("change", () => put(box, list.value));
        list.addEventListener("keydown", function (event) {
            if (!["Enter", "Escape"].includes(event.key)) return;
            event.preventDefault();
            box.focus();
        });
        list.addEventListener("blur", () => list.remove());
        outermost(box).after(list);
        list.focus();
    }

    function offer(box) {
        const label = labelOf(box);
        if (!label || !store(box)) return;
        button.hidden = !isEmpty(box);
        button.setAttribute("aria-label", `Why is ${title(box)} missing?`);
        button.onclick = () => open(box);
        label.before(button); // not in it: the name of the box is the label's alone
        box.setAttribute("aria-keyshortcuts", "Alt+W");
    }

    const askable = (target) => (target.matches && target.matches("[data-why]") ? target : null);
    document.addEventListener("focusin", function (event) {
        if (askable(event.target)) offer(event.target);
    });
    document.addEventListener("mouseover", function (event) {
        const around = event.target.closest && event.target.closest("[class^='field-'], .field-line");
        const box = around && around.querySelector("[data-why]");
        if (box && !document.activeElement.matches("[data-why], .why, .why-list")) offer(box);
    });
    document.addEventListener("keydown", function (event) {
        const box = askable(event.target);
        if (!box || !event.altKey || event.ctrlKey || event.code !== "KeyW") return;
        event.preventDefault();
        if (isEmpty(box) && store(box)) open(box);
    });
    ["input", "change"].forEach((kind) => document.addEventListener(kind, function (event) {
        const box = askable(event.target);
        if (!box || !store(box)) return;
        button.hidden = !isEmpty(box);
        if (!isEmpty(box) && stored(box)[box.dataset.why]) put(box, null);
    }));
})();
