// Saving and moving between the parts of a case without the mouse.
(function () {
    "use strict";

    const STOPS = ["input:not([type=hidden], .delete)", "select:not(.select2-hidden-accessible)", "textarea", "button"]
        .map((stop) => `form fieldset ${stop}`).join(", ");
    const parts = () => [...document.querySelectorAll("nav[aria-label='Parts of the case'] a")];
    const current = () => parts().findIndex((link) => link.getAttribute("aria-current") === "true");

    function goTo(number) {
        const link = parts()[number];
        if (!link) return;
        link.click();
        setTimeout(function () {
            const first = [...document.querySelectorAll(STOPS)].find((box) => box.offsetParent !== null);
            if (first) first.focus();
            window.scrollTo({ top: 0 });
            nameNext();
        }, 50);
    }

    function nameNext() {
        const button = document.getElementById("next-part");
        const next = parts()[current() + 1];
        if (!button) return;
        button.hidden = !next;
        if (next) button.textContent = `Next: ${next.firstChild.textContent.trim()}`;
    }

    const save = (name) => {
        const button = document.querySelector(`button[name="${name}"], input[name="${name}"]`);
        if (button) button.click();
    };

    document.addEventListener("keydown", function (event) {
        if (!document.querySelector("form .formset-wrapper")) return;
        const way = { PageDown: 1, PageUp: -1 }[event.key];
        if (event.ctrlKey && event.key === "Enter") save("_continue");
        else if (event.altKey && !event.ctrlKey && event.code === "KeyS") save("_save");
        else if (event.altKey && way) goTo(current() + way);
        else return;
        event.preventDefault();
    });
    document.addEventListener("DOMContentLoaded", function () {
        const button = document.getElementById("next-part");
        if (!button) return;
        button.addEventListener("click", () => goTo(current() + 1));
        new MutationObserver(nameNext).observe(
            document.querySelector("nav[aria-label='Parts of the case']"),
            { subtree: true, attributeFilter: ["aria-current"] },
        );
        setTimeout(nameNext);
    });
})();
