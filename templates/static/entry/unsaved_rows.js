// Rows that aren't saved yet: what was typed into them stays when one is removed, and the templates for
// rows to come aren't sent.
(() => {
    "use strict";

    // Removing a row that isn't saved yet renumbers those after it by rewriting their markup: write down
    // first what was typed, or it would be lost.
    const writeIntoMarkup = (formset) => {
        formset.querySelectorAll("input").forEach((input) => {
            if (["checkbox", "radio"].includes(input.type)) input.toggleAttribute("checked", input.checked);
            else input.setAttribute("value", input.value);
        });
        formset.querySelectorAll("textarea").forEach((area) => { area.textContent = area.value; });
        formset.querySelectorAll("option").forEach((option) => {
            option.toggleAttribute("selected", option.selected);
        });
    };

    document.addEventListener("click", (event) => {
        const formset = event.target.closest(".delete-template") && event.target.closest(".formset");
        if (formset) writeIntoMarkup(formset);
    }, true);

    // The templates are half of all boxes, and hold nothing.
    document.addEventListener("submit", (event) => {
        const templates = event.target.querySelectorAll("[name*='__prefix__']");
        templates.forEach((box) => { box.disabled = true; });
        setTimeout(() => templates.forEach((box) => { box.disabled = false; }));
    });
})();
