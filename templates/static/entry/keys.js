// Saving and moving between the tabs of the case form without the mouse.
(() => {
    "use strict";

    const BOXES =
        "input:not([type=hidden], .delete), select:not(.select2-hidden-accessible), textarea, button";
    const STOPS = `form fieldset :is(${BOXES})`;
    const TABS = "nav[aria-label='Parts of the case']";
    const tabs = () => [...document.querySelectorAll(`${TABS} a`)];
    const current = () => tabs().findIndex((link) => link.getAttribute("aria-current") === "true");

    const nameNext = () => {
        const button = document.getElementById("next-part");
        const next = tabs()[current() + 1];
        if (!button) return;
        button.hidden = !next;
        if (next) button.textContent = `Next: ${next.firstChild.textContent.trim()}`;
    };

    const goTo = async (number) => {
        const link = tabs()[number];
        if (!link) return;
        await entryParts.show(link.hash.slice(1));
        setTimeout(() => {
            const first = [...document.querySelectorAll(STOPS)].find((box) => box.offsetParent !== null);
            if (first) first.focus();
            window.scrollTo({ top: 0 });
            nameNext();
        }, 50);
    };

    const save = (name) => document.querySelector(`button[name="${name}"], input[name="${name}"]`)?.click();

    document.addEventListener("keydown", (event) => {
        if (!document.querySelector("form .formset-wrapper")) return;
        const step = { PageDown: 1, PageUp: -1 }[event.key];
        if (event.ctrlKey && event.key === "Enter") save("_continue");
        else if (event.altKey && !event.ctrlKey && event.code === "KeyS") save("_save");
        else if (event.altKey && step) goTo(current() + step);
        else return;
        event.preventDefault();
    });
    document.addEventListener("DOMContentLoaded", () => {
        const button = document.getElementById("next-part");
        if (!button) return;
        button.addEventListener("click", () => goTo(current() + 1));
        const changes = { subtree: true, attributeFilter: ["aria-current"] };
        new MutationObserver(nameNext).observe(document.querySelector(TABS), changes);
        setTimeout(nameNext);
    });
})();
