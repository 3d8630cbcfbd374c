// Help at a box while somebody types into it: the meaning of a date, terms used before, and the drug
// dictionary's half-life.
(() => {
    "use strict";

    const { afterPause, ask, lineBelow, button } = boxHelp;
    const DATING = /^(exposures|reactions|treatments|medical_history)-\d+-(?!.*__prefix__)/;
    const RECEIPTS = ["first_received", "latest_information"];
    const entry = () => document.getElementById("entry");

    const lineUnder = (box) => {
        const line = lineBelow(box, "meaning");
        box.setAttribute("aria-describedby", line.id);
        return line;
    };

    const choose = (box, text) => {
        box.value = text;
        box.dispatchEvent(new Event("input", { bubbles: true }));
        box.dispatchEvent(new Event("change", { bubbles: true }));
        box.focus();
    };

    // One button for each reading of a date that has several.
    const showReadings = (box, readings) => {
        const id = `${box.id}_readings`;
        let choices = document.getElementById(id);
        if (!choices) {
            if (!readings.length) return;
            choices = document.createElement("div");
            choices.id = id;
            choices.className = "readings";
            lineUnder(box).after(choices);
        }
        choices.setAttribute("role", "group");
        choices.setAttribute("aria-label", "Readings of this date");
        choices.replaceChildren(
            ...readings.map((reading) => {
                const chosen = button(reading);
                chosen.addEventListener("click", () => choose(box, reading));
                return chosen;
            }),
        );
    };
    const showRefusedReadings = () => {
        document.querySelectorAll("[data-readings]").forEach((choices) => {
            const box = document.getElementById(choices.id.replace(/_readings$/, ""));
            if (box) showReadings(box, JSON.parse(choices.dataset.readings));
        });
    };

    const showMeaning = async (box) => {
        const text = box.value.trim();
        const line = lineUnder(box);
        if (!text) {
            line.textContent = "";
            showReadings(box, []);
            return;
        }
        const sent = new FormData();
        for (const [name, value] of new FormData(box.form)) {
            if ((DATING.test(name) || RECEIPTS.includes(name)) && typeof value === "string") sent.append(name, value);
        }
        sent.append("csrfmiddlewaretoken", box.form.querySelector("[name=csrfmiddlewaretoken]").value);
        sent.append("case", entry().dataset.case);
        sent.append("text", text);
        sent.append("kind", box.dataset.moment);
        const answer = (await ask(entry().dataset.momentMeaning, { method: "POST", body: sent })) ?? {};
        if (box.value.trim() !== text) return; // typed on since: this answer is outdated
        line.textContent = answer.meaning ? `= ${answer.meaning}` : answer.error || "";
        line.classList.toggle("wrong", Boolean(answer.error));
        showReadings(box, answer.choices || []);
    };

    const suggest = async (box) => {
        const text = box.value.trim();
        if (text.length < 2) return;
        const query = new URLSearchParams({ column: box.dataset.suggests, q: text });
        const answer = (await ask(`${entry().dataset.suggestions}?${query}`)) ?? {};
        if (document.activeElement !== box || box.value.trim() !== text) return;
        const terms = (answer.terms || []).filter((term) => term !== text);
        document.getElementById("typed-before").replaceChildren(...terms.map((term) => new Option("", term)));
    };
    const hasSuggestions = (box) => box.tagName === "INPUT" && box.dataset.suggests;

    document.addEventListener("input", (event) => {
        const box = event.target;
        if (!entry()) return;
        if ("moment" in box.dataset) afterPause(box, () => showMeaning(box));
        if (hasSuggestions(box)) afterPause(box, () => suggest(box));
    });
    document.addEventListener("focusin", (event) => {
        const box = event.target;
        if (!hasSuggestions(box) || !entry()) return;
        document.getElementById("typed-before").replaceChildren();
        box.setAttribute("list", "typed-before");
        box.setAttribute("autocomplete", "off");
    });

    // The selection that stands for a select carries the label of the select, not only its own value.
    const nameSelection = (selection) => {
        const select = selection.closest(".select2").previousElementSibling;
        const label = select && document.querySelector(`label[for="${select.id}"]`);
        if (!label) return;
        selection.removeAttribute("aria-labelledby");
        [selection, selection.querySelector("[role=textbox]")].forEach(
            (part) => part?.setAttribute("aria-label", label.textContent),
        );
    };
    const nameSelections = () => {
        document.querySelectorAll(".select2-selection[aria-labelledby]").forEach(nameSelection);
    };

    const showHalfLife = async (select) => {
        const row = select.name.slice(0, -"-drug".length);
        const low = document.getElementsByName(`${row}-stated_half_life_low_hours`)[0];
        if (low) lineUnder(low).textContent = "";
        if (!select.value) return;
        const answer = (await ask(entry().dataset.halfLife.replace("/0/", `/${select.value}/`))) ?? {};
        const box = document.getElementsByName(`${row}-name`)[0];
        if (box && !box.value.trim() && answer.name) {
            box.value = answer.name;
            box.dispatchEvent(new Event("change", { bubbles: true }));
        }
        if (low && answer.half_life) lineUnder(low).textContent = answer.half_life;
    };

    // Select2 reports a choice through jQuery only, and opens on Enter only: a letter should do as well.
    const openOnLetter = ($, event) => {
        const isLetter = event.key.length === 1 && event.key !== " ";
        if (!isLetter || event.ctrlKey || event.altKey || event.metaKey) return;
        $(event.currentTarget).closest(".select2").prev("select").select2("open");
        // Select2 asks for the focus before its list is in the page, and once more a moment later: until
        // then, letters would be lost.
        document.querySelector(".select2-container--open .select2-search__field")?.focus();
    };
    document.addEventListener("DOMContentLoaded", showRefusedReadings);
    document.addEventListener("DOMContentLoaded", () => {
        if (!window.django || !entry()) return;
        const $ = window.django.jQuery;
        $(document).on("change", "select.admin-autocomplete[name$='-drug']", (event) => {
            showHalfLife(event.currentTarget);
        });
        $(document).on("keydown", ".select2-selection", (event) => openOnLetter($, event));
        setTimeout(nameSelections);
        ["formset:added", "entry:part"].forEach((name) => {
            document.addEventListener(name, () => setTimeout(nameSelections));
        });
    });
})();
