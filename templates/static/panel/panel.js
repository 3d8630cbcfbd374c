// Links of the case form that lead to a field: open its tab, unfold what it stands in, give it the focus.
(() => {
    "use strict";

    const PREFIX = "#field-";
    const wide = window.matchMedia("(min-width: 1280px)");

    // The tab is named by the expression that shows it.
    const tabOf = (part) => {
        const shown = part.closest("[x-show^='activeTab']");
        const name = shown && /'([^']+)'/.exec(shown.getAttribute("x-show"));
        return name ? name[1] : "general";
    };

    const unfold = (part) => {
        for (let above = part; above; above = above.parentElement) {
            if (above.tagName === "DETAILS") above.open = true;
            if (above.classList.contains("form-group") && window.Alpine) {
                window.Alpine.$data(above).open = true;
            }
            above.removeAttribute("data-rare");
        }
    };

    // A table without rows has only its button to go to; a choice among many shows another box than its own.
    const focusable = (part) => {
        if (part.matches(".formset")) return part.querySelector(":scope > .form-actions .add-row") || part;
        if (part.matches(".select2-hidden-accessible")) {
            return part.nextElementSibling.querySelector(".select2-selection");
        }
        return part;
    };

    // What was unfolded is shown a moment later; what isn't shown takes no focus.
    const focusOnceShown = (part, attempts) => {
        const box = focusable(part);
        if (box.offsetParent === null && attempts) {
            setTimeout(() => focusOnceShown(part, attempts - 1), 20);
            return;
        }
        if (!box.matches("a, button, input, select, textarea")) box.tabIndex = -1;
        box.focus({ preventScroll: true });
        box.scrollIntoView({ block: "center" });
    };

    const go = async () => {
        if (!location.hash.startsWith(PREFIX)) return;
        const address = location.hash;
        const id = decodeURIComponent(address.slice(PREFIX.length));
        const stillToCome = document.getElementById(id) ? "" : entryParts.keyOf(id);
        if (stillToCome) await entryParts.show(stillToCome);
        const part = document.getElementById(id);
        if (!part) return;
        await entryParts.show(tabOf(part));
        history.replaceState(null, "", address);
        unfold(part);
        requestAnimationFrame(() => focusOnceShown(part, 50));
    };

    // The same link twice changes no address.
    document.addEventListener("click", (event) => {
        const link = event.target.closest(`a[href^="${PREFIX}"]`);
        if (!link) return;
        event.preventDefault();
        history.replaceState(null, "", link.getAttribute("href"));
        go();
    });
    window.addEventListener("hashchange", go);
    document.addEventListener("alpine:initialized", go);

    document.addEventListener("DOMContentLoaded", () => {
        const parts = [...document.querySelectorAll(".score-panel details")];
        const follow = () => parts.forEach((part) => { part.open = wide.matches; });
        follow();
        wide.addEventListener("change", follow);
    });
})();
