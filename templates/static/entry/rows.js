// Rows of the case form: where the focus goes, how rows that aren't saved yet refer to each other, and
// what a new row copies from those before it.
(() => {
    "use strict";

    const shown = (box) => box.offsetParent !== null && !box.disabled;
    const BOXES = "input:not([type=hidden]), select:not(.select2-hidden-accessible), textarea";
    const boxesOf = (part) => [...part.querySelectorAll(BOXES)];
    const table = (formset) => JSON.parse(formset.dataset.inlineFormset).options.prefix;
    const named = (name) => document.getElementsByName(name)[0];

    // The number of a row in a table, from the prefix of its form; -1 for a row of another table.
    const numberIn = (prefix, value) => {
        const rest = value.startsWith(`${prefix}-`) ? value.slice(prefix.length + 1) : "";
        return /^\d+$/.test(rest) ? Number(rest) : -1;
    };

    document.addEventListener("formset:added", (event) => {
        const first = boxesOf(event.target).find((box) => shown(box) && !box.closest("h3"));
        first?.focus();
    });

    // Removing a row renumbers those after it: choices of them have to follow.
    document.addEventListener("click", (event) => {
        const button = event.target.closest(".delete-template");
        if (!button) return;
        const formset = button.closest(".formset");
        const rows = [...formset.querySelectorAll(":scope > .form-group:not(.empty-form)")];
        const removed = rows.indexOf(button.closest(".form-group"));
        const prefix = table(formset);
        document.querySelectorAll(`select[data-rows="${prefix}"]`).forEach((select) => {
            [...select.options].forEach((option) => {
                const number = numberIn(prefix, option.value);
                if (number === removed) option.remove();
                else if (number > removed) option.value = `${prefix}-${number - 1}`;
            });
        });
        setTimeout(() => formset.querySelector(":scope > .form-actions .add-row").focus());
    }, true);

    // Pairs choose among drugs and reactions; those typed on this page go by the prefix of their form.
    const offerNewRows = () => {
        document.querySelectorAll("select[data-rows]").forEach((select) => {
            const prefix = select.dataset.rows;
            const chosen = select.value;
            const field = select.dataset.named;
            [...select.options]
                .filter((option) => numberIn(prefix, option.value) >= 0)
                .forEach((option) => option.remove());
            document.querySelectorAll(`[name^="${prefix}-"][name$="-${field}"]`).forEach((box) => {
                const row = box.name.slice(0, -field.length - 1);
                const saved = named(`${row}-id`);
                if (numberIn(prefix, row) < 0 || !box.value.trim() || (saved && saved.value)) return;
                select.add(new Option(`${box.value.trim()} (new)`, row));
            });
            if ([...select.options].some((option) => option.value === chosen)) select.value = chosen;
        });
    };
    document.addEventListener("change", (event) => {
        if (/-(name|term|citation)$/.test(event.target.name || "")) offerNewRows();
    });
    document.addEventListener("formset:added", offerNewRows);
    document.addEventListener("formset:removed", offerNewRows);
    document.addEventListener("entry:part", offerNewRows);

    const assessFirst = () => {
        const marks = [...document.querySelectorAll("[name^='reactions-'][name$='-is_assessed']")];
        if (!marks.some((mark) => mark.checked)) named("reactions-0-is_assessed").checked = true;
    };

    const copyFields = (prefix, to, from, fields) => {
        fields.forEach((field) => {
            const source = named(`${prefix}-${from}-${field}`);
            const target = named(`${prefix}-${to}-${field}`);
            if (!source || !target || target.value) return;
            target.dispatchEvent(new Event("entry:options", { bubbles: true }));
            target.value = source.value;
        });
    };

    // The last row before this one with the same test; -1 if there is none.
    const sameTest = (number, name) => {
        const wanted = name.trim().toLowerCase();
        for (let row = number - 1; row >= 0; row -= 1) {
            const box = named(`laboratory-${row}-name`);
            if (box && box.value.trim().toLowerCase() === wanted) return row;
        }
        return -1;
    };

    // What is copied is set when the row gets its first value: a row that is left empty stays empty.
    document.addEventListener("change", (event) => {
        const box = event.target;
        const parts = /^(.+)-(\d+)-(\w+)$/.exec(box.name || "");
        if (!parts || !box.value) return;
        const [, prefix, number, field] = parts;
        if (prefix === "reactions" && number === "0" && field === "term" && !box.defaultValue) assessFirst();
        if (prefix.endsWith("-doses") && field === "amount") {
            copyFields(prefix, number, number - 1, ["unit", "route"]);
        }
        if (prefix.endsWith("-doses") && field === "interval") {
            copyFields(prefix, number, number - 1, ["interval_unit"]);
        }
        if (prefix === "laboratory" && field === "name") {
            copyFields(prefix, number, sameTest(number, box.value), ["test", "unit"]);
        }
    });

    // Tables that most reports leave empty stand behind one button in each part.
    const gather = ({ target }) => {
        const parts = new Map();
        target.querySelectorAll("[data-rare]").forEach((group) => {
            const key = group.getAttribute("x-show");
            parts.set(key, [...(parts.get(key) || []), group]);
        });
        parts.forEach((groups, key) => {
            const titles = groups.map((group) => group.querySelector("h2").textContent.trim().toLowerCase());
            const holder = document.createElement("div");
            const button = document.createElement("button");
            holder.setAttribute("x-show", key);
            button.type = "button";
            button.className = "show-rare";
            button.textContent = `More: ${titles.join(", ")}`;
            button.addEventListener("click", () => {
                groups.forEach((group) => group.removeAttribute("data-rare"));
                const first = groups[0].querySelector(".add-row");
                holder.remove();
                first?.focus();
            });
            holder.append(button);
            groups[0].before(holder);
        });
    };
    document.addEventListener("DOMContentLoaded", gather);
    document.addEventListener("entry:part", gather);
})();
