// Rows of the form made of results of the laboratory grid: each holds its boxes hidden, under a title, until the
// case is saved. They are numbered, sent and removed as rows are that somebody adds by hand.
const labRows = (() => {
    "use strict";

    const formsetOf = (table) => document.getElementById(`${table}-data`);
    const SIGNING = ["name", "when", "result", "qualifier", "value", "unit"];

    // What the boxes of a new row hold before anybody types, by name without the prefix of the row.
    const defaults = (table) => {
        const values = new Map();
        const start = `${table}-__prefix__-`;
        formsetOf(table).querySelectorAll(`:scope > .empty-form [name^="${start}"]`).forEach((box) => {
            const name = box.name.slice(start.length);
            const isTicked = box.type !== "checkbox" || box.checked;
            if (!name.includes("__prefix__") && box.value && isTicked) values.set(name, box.value);
        });
        return values;
    };

    const hidden = (name, value) => {
        const box = document.createElement("input");
        Object.assign(box, { type: "hidden", name, value });
        return box;
    };

    const removeButton = () => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "delete-template remove";
        button.title = "Remove";
        button.setAttribute("aria-label", "Remove this result");
        const icon = document.createElement("span");
        icon.className = "material-symbols-outlined md-18 text-red-600 dark:text-red-500";
        icon.setAttribute("aria-hidden", "true");
        icon.textContent = "delete";
        button.append(icon);
        button.addEventListener("click", window.deleteInlineTemplateHandler);
        return button;
    };

    const titled = (title) => {
        const line = document.createElement("h3");
        line.className = "lab-taken text-sm";
        const words = document.createElement("span");
        words.className = "font-semibold text-font-important-light dark:text-font-important-dark";
        words.textContent = title;
        const state = document.createElement("span");
        state.className = "shrink-0 text-xs";
        state.textContent = "not saved yet";
        line.append(words, state, removeButton());
        return line;
    };

    // Add a row to a table. `fields`: its values by the name of the box, without the prefix of the row.
    const add = ({ table, fields }, title) => {
        const formset = formsetOf(table);
        const total = document.getElementsByName(`${table}-TOTAL_FORMS`)[0];
        const prefix = `${table}-${total.value}`;
        const values = new Map([...defaults(table), ...Object.entries(fields)]);
        const group = document.createElement("div");
        group.className = "form-group group/parent relative template";
        const row = document.createElement("div");
        row.className = "form-row border-b border-base-200 dark:border-base-800";
        row.append(titled(title));
        values.forEach((value, name) => { if (value) row.append(hidden(`${prefix}-${name}`, value)); });
        group.append(row);
        formset.insertBefore(group, formset.querySelector(":scope > .empty-form"));
        formset.classList.remove("empty");
        total.value = Number(total.value) + 1;
    };

    const signature = (value) => SIGNING.map((name) => (value(name) || "").trim().toLowerCase()).join("|");

    // The results that rows of the page hold, so that none is added twice.
    const present = (table) => new Set(
        [...document.querySelectorAll(`[name^="${table}-"][name$="-name"]`)].map((box) => {
            const row = box.name.slice(0, -"-name".length);
            return signature((name) => document.getElementsByName(`${row}-${name}`)[0]?.value);
        }),
    );

    const isPresent = ({ table, fields }) => present(table).has(signature((name) => fields[name]));

    return { add, isPresent };
})();
