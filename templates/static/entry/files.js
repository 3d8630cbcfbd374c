// Files chosen in rows that aren't saved yet: removing one of these rows rewrites the markup of the others,
// and a chosen file is no part of markup. It is put back into its box.
(() => {
    "use strict";

    document.addEventListener("click", (event) => {
        const formset = event.target.closest(".delete-template") && event.target.closest(".formset");
        if (!formset) return;
        const chosen = [...formset.querySelectorAll("input[type=file]")]
            .filter((box) => box.files.length)
            .map((box) => [box.closest(".form-group"), box.files]);
        setTimeout(() => chosen.forEach(([row, files]) => {
            const box = row.isConnected && row.querySelector("input[type=file]");
            if (box) box.files = files;
        }));
    }, true);
})();
