// Why a value is missing (null flavours). One small button follows the focus; the reasons open at the box,
// and are stored in the hidden box of the row.
(() => {
    "use strict";

    const button = document.createElement("button");
    button.type = "button";
    button.tabIndex = -1; // a second stop at every box would double the way through the form: Alt+W instead
    button.className = "why";
    button.textContent = "why missing?";
    button.setAttribute("aria-keyshortcuts", "Alt+W");
    let cached = null;

    // `words` by null flavour, and the null flavours `allowed` by element.
    const nullFlavors = () => {
        cached ||= JSON.parse(document.getElementById("null-flavors").textContent);
        return cached;
    };
    const labelOf = (box) => document.querySelector(`label[for="${box.id}"]`);
    const title = (box) => labelOf(box).firstChild.textContent.trim();
    const isEmpty = (box) => (box.type === "checkbox" ? !box.checked : ["", "unknown"].includes(box.value));
    // A select stands in a frame with its arrow.
    const outermost = (box) => (box.tagName === "SELECT" ? box.parentElement : box);

    const hiddenBox = (box) => {
        const cut = box.name.lastIndexOf("-");
        const name = cut < 0 ? "null_flavors" : `${box.name.slice(0, cut)}-null_flavors`;
        return document.getElementsByName(name)[0];
    };
    const stored = (box) => JSON.parse(hiddenBox(box).value || "{}");

    const store = (box, reason) => {
        const all = stored(box);
        if (reason) all[box.dataset.why] = reason;
        else delete all[box.dataset.why];
        const hidden = hiddenBox(box);
        hidden.value = Object.keys(all).length ? JSON.stringify(all) : "";
        hidden.dispatchEvent(new Event("input", { bubbles: true }));
        show(box, reason);
    };

    const show = (box, reason) => {
        const id = `${box.id}_absent`;
        let line = document.getElementById(id);
        if (!reason) {
            line?.remove();
            return;
        }
        if (!line) {
            line = document.createElement("p");
            line.id = id;
            line.className = "absent";
            line.setAttribute("aria-live", "polite");
            outermost(box).after(line);
        }
        line.textContent = `Missing: ${nullFlavors().words[reason]}`;
    };

    const open = (box) => {
        const id = `${box.id}_why`;
        if (document.getElementById(id)) return;
        const list = document.createElement("select");
        list.id = id;
        list.className = "why-list";
        list.setAttribute("aria-label", `Why ${title(box)} is missing`);
        list.add(new Option("give no reason", ""));
        const allowed = nullFlavors().allowed[box.dataset.why];
        Object.entries(nullFlavors().words)
            .filter(([key]) => allowed.includes(key))
            .forEach(([key, words]) => list.add(new Option(words, key)));
        list.value = stored(box)[box.dataset.why] || "";
        list.addEventListener("change", () => store(box, list.value));
        list.addEventListener("keydown", (event) => {
            if (!["Enter", "Escape"].includes(event.key)) return;
            event.preventDefault();
            box.focus();
        });
        list.addEventListener("blur", () => list.remove());
        outermost(box).after(list);
        list.focus();
    };

    let offeredAt = null;
    button.addEventListener("click", () => open(offeredAt));

    const offer = (box) => {
        const label = labelOf(box);
        if (!label || !hiddenBox(box)) return;
        offeredAt = box;
        button.hidden = !isEmpty(box);
        button.setAttribute("aria-label", `Why is ${title(box)} missing?`);
        label.before(button); // not in it: the name of the box is the label's alone
        box.setAttribute("aria-keyshortcuts", "Alt+W");
    };

    const nullable = (target) => (target.matches?.("[data-why]") ? target : null);
    document.addEventListener("focusin", (event) => {
        if (nullable(event.target)) offer(event.target);
    });
    document.addEventListener("mouseover", (event) => {
        const box = event.target.closest?.("[class^='field-'], .field-line")?.querySelector("[data-why]");
        if (box && !document.activeElement.matches("[data-why], .why, .why-list")) offer(box);
    });
    document.addEventListener("keydown", (event) => {
        const box = nullable(event.target);
        if (!box || !event.altKey || event.ctrlKey || event.code !== "KeyW") return;
        event.preventDefault();
        if (isEmpty(box) && hiddenBox(box)) open(box);
    });
    ["input", "change"].forEach((kind) => document.addEventListener(kind, (event) => {
        const box = nullable(event.target);
        if (!box || !hiddenBox(box)) return;
        button.hidden = !isEmpty(box);
        if (!isEmpty(box) && stored(box)[box.dataset.why]) store(box, null);
    }));
})();
