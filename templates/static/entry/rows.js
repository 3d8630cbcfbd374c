// Rows of the case form: where the focus goes, how rows that aren't saved yet name each other, and
// what a new row takes over from those before it.
(function () {
    "use strict";

    const shown = (box) => box.offsetParent !== null && !box.disabled;
    const boxesOf = (part) => [...part.querySelectorAll("input:not([type=hidden]), select:not(.select2-hidden-accessible), textarea")];
    const table = (formset) => JSON.parse(formset.dataset.inlineFormset).options.prefix;
    const named = (name) => document.getElementsByName(name)[0];

    document.addEventListener("formset:added", function (event) {
        const first = boxesOf(event.target).find((box) => shown(box) && !box.closest("h3"));
        if (first) first.focus();
    });

    // Taking a row away renumbers those after it: choices of them have to follow.
    document.addEventListener("click", function (event) {
        const button = event.target.closest(".delete-template");
        if (!button) return;
        const formset = button.closest(".formset");
        const rows = [...formset.querySelectorAll(":scope > .form-group:not(.empty-form)")];
        const gone = rows.indexOf(button.closest(".form-group"));
        const prefix = table(formset);
        document.querySelectorAll(`select[data-rows="${prefix}"]`).forEach(function (select) {
            [...select.options].forEach(function (option) {
                const number = numberIn(prefix, option.value);
                if (number === gone) option.remove();
                else if (number > gone) option.value = `${prefix}-${number - 1}`;
            });
        });
        setTimeout(function () { formset.querySelector(":scope > .form-actions .add-row").focus(); });
    }, true);

    function numberIn(prefix, value) {
        const rest = value.startsWith(prefix + "-") ? value.slice(prefix.length + 1) : "";
        return /^\d+$/.test(rest) ? Number(rest) : -1;
    }

    // Pairs choose among drugs and reactions; those typed on this page go by the prefix of their form.
    function offerNewRows() {
        document.querySelectorAll("select[data-rows]").forEach(function (select) {
            const prefix = select.dataset.rows;
            const chosen = select.value;
            [...select.options].filter((option) => numberIn(prefix, option.value) >= 0).forEach((option) => option.remove());
            document.querySelectorAll(`[name^="${prefix}-"][name$="-${select.dataset.named}"]`).forEach(function (box) {
                const row = box.name.slice(0, -select.dataset.named.length - 1);
                const saved = named(`${row}-id`);
                if (numberIn(prefix, row) < 0 || !box.value.trim() || (saved && saved.value)) return;
                select.add(new Option(`${box.value.trim()} (new)`, row));
            });
            if ([...select.options].some((option) => option.value === chosen)) select.value = chosen;
        });
    }
    document.addEventListener("change", function (event) {
        if (/-(name|term|citation)$/.test(event.target.name || "")) offerNewRows();
    });
    document.addEventListener("formset:added", offerNewRows);
    document.addEventListener("formset:removed", offerNewRows);

    // What is taken over is set when the row gets its first value: a row that is left empty stays empty.
    document.addEventListener("change", function (event) {
        const box = event.target;
        const found = /^(.+)-(\d+)-(\w+)$/.exec(box.name || "");
        if (!found || !box.value) return;
        const [, prefix, number, field] = found;
        if (prefix === "reactions" && number === "0" && field === "term" && !box.defaultValue) assessFirst();
        if (prefix.endsWith("-doses") && field === "amount") take(prefix, number, number - 1, ["unit", "route"]);
        if (prefix.endsWith("-doses") && field === "interval") take(prefix, number, number - 1, ["interval_unit"]);
        if (prefix === "laboratory" && field === "name") take(prefix, number, sameTest(number, box.value), ["test", "unit"]);
    });

    function assessFirst() {
        const marks = [...document.querySelectorAll("[name^='reactions-'][name$='-is_assessed']")];
        if (!marks.some((mark) => mark.checked)) named("reactions-0-is_assessed").checked = true;
    }

    function take(prefix, to, from, fields) {
        fields.forEach(function (field) {
            const source = named(`${prefix}-${from}-${field}`);
            const target = named(`${prefix}-${to}-${field}`);
            if (source && target && !target.value) target.value = source.value;
        });
    }

    function sameTest(number, name) {
        const wanted = name.trim().toLowerCase();
        for (let row = number - 1; row >= 0; row -= 1) {
            const box = named(`laboratory-${row}-name`);
            if (box && box.value.trim().toLowerCase() === wanted) return row;
        }
        return -1;
    }

    // Tables that most reports leave empty stand behind one button in each part.
    document.addEventListener("DOMContentLoaded", function () {
        const parts = new Map();
        document.querySelectorAll("[data-rare]").forEach(function (group) {
            const key = group.getAttribute("x-show");
            parts.set(key, [...(parts.get(key) || []), group]);
        });
        parts.forEach(function (groups, key) {
            const titles = groups.map((group) => group.querySelector("h2").textContent.trim().toLowerCase());
            const holder = document.createElement("div");
            const button = document.createElement("button");
            holder.setAttribute("x-show", key);
            button.type = "button";
            button.className = "show-rare";
            button.textContent = `More: ${titles.join(", ")}`;
            button.addEventListener("click", function () {
                groups.forEach((group) => group.removeAttribute("data-rare"));
                const first = groups[0].querySelector(".add-row");
                holder.remove();
                if (first) first.focus();
            });
            holder.append(button);
            groups[0].before(holder);
        });
    });
})();
