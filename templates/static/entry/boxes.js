// What is said at a box while somebody types into it: the meaning of a date, terms used before, and
// what the dictionary knows of a drug.
(function () {
    "use strict";

    const PAUSE = 250; // milliseconds without a key before the server is asked
    const DATING = /^(exposures|reactions|treatments|medical_history)-\d+-(?!.*__prefix__)/;
    const waiting = new WeakMap();
    const settings = () => document.getElementById("entry").dataset;

    function afterPause(box, act) {
        clearTimeout(waiting.get(box));
        waiting.set(box, setTimeout(act, PAUSE));
    }

    async function answer(url, options) {
        const response = await fetch(url, { headers: { Accept: "application/json" }, ...options });
        return response.ok ? response.json() : {};
    }

    function lineUnder(box) {
        const id = `${box.id}_meaning`;
        let line = document.getElementById(id);
        if (!line) {
            line = document.createElement("p");
            line.id = id;
            line.className = "meaning";
            line.setAttribute("aria-live", "polite");
            box.after(line);
            box.setAttribute("aria-describedby", id);
        }
        return line;
    }

    async function sayBack(box) {
        const text = box.value.trim();
        const line = lineUnder(box);
        if (!text) { line.textContent = ""; return; }
        const sent = new FormData();
        for (const [name, value] of new FormData(box.form)) {
            if (DATING.test(name) && typeof value === "string") sent.append(name, value);
        }
        sent.append("csrfmiddlewaretoken", box.form.querySelector("[name=csrfmiddlewaretoken]").value);
        sent.append("case", settings().case);
        sent.append("text", text);
        const said = await answer(settings().momentMeaning, { method: "POST", body: sent });
        if (box.value.trim() !== text) return; // typed on meanwhile: this answer is of yesterday
        line.textContent = said.meaning ? `= ${said.meaning}` : said.error || "";
        line.classList.toggle("wrong", Boolean(said.error));
    }

    const column = (box) => box.dataset.suggests;
    async function suggest(box) {
        const text = box.value.trim();
        if (text.length < 2) return;
        const asked = new URLSearchParams({ column: column(box), q: text });
        const said = await answer(`${settings().suggestions}?${asked}`);
        if (document.activeElement !== box || box.value.trim() !== text) return;
        const options = (said.terms || []).filter((term) => term !== text).map((term) => new Option("", term));
        document.getElementById("typed-before").replaceChildren(...options);
    }

    document.addEventListener("input", function (event) {
        const box = event.target;
        if (!document.getElementById("entry")) return;
        if ("moment" in box.dataset) afterPause(box, () => sayBack(box));
        if (box.tagName === "INPUT" && column(box)) afterPause(box, () => suggest(box));
    });
    document.addEventListener("focusin", function (event) {
        const box = event.target;
        if (box.tagName !== "INPUT" || !column(box) || !document.getElementById("entry")) return;
        document.getElementById("typed-before").replaceChildren();
        box.setAttribute("list", "typed-before");
        box.setAttribute("autocomplete", "off");
    });

    // Select2 tells of a choice through jQuery only, and opens on Enter only: a letter should do as well.
    document.addEventListener("DOMContentLoaded", function () {
        if (!window.django || !document.getElementById("entry")) return;
        const $ = window.django.jQuery;
        $(document).on("change", "select.admin-autocomplete[name$='-drug']", function () { drugChosen(this); });
        $(document).on("keydown", ".select2-selection", function (event) {
            if (event.key.length !== 1 || event.key === " " || event.ctrlKey || event.altKey || event.metaKey) return;
            $(this).closest(".select2").prev("select").select2("open");
        });
        const name = () => document.querySelectorAll(".select2-selection[aria-labelledby]").forEach(nameSelection);
        setTimeout(name);
        document.addEventListener("formset:added", () => setTimeout(name));
    });

    // The selection that stands for a select carries the label of the select, not only its own value.
    function nameSelection(selection) {
        const select = selection.closest(".select2").previousElementSibling;
        const label = select && document.querySelector(`label[for="${select.id}"]`);
        if (!label) return;
        selection.removeAttribute("aria-labelledby");
        [selection, selection.querySelector("[role=textbox]")].forEach((part) => part && part.setAttribute("aria-label", label.textContent));
    }

    async function drugChosen(select) {
        const row = select.name.slice(0, -"-drug".length);
        const low = document.getElementsByName(`${row}-stated_half_life_low_hours`)[0];
        if (low) lineUnder(low).textContent = "";
        if (!select.value) return;
        const said = await answer(settings().halfLife.replace("/0/", `/${select.value}/`));
        const box = document.getElementsByName(`${row}-name`)[0];
        if (box && !box.value.trim() && said.name) {
            box.value = said.name;
            box.dispatchEvent(new Event("change", { bubbles: true }));
        }
        if (low && said.half_life) lineUnder(low).textContent = said.half_life;
    }
})();
