// Taking away a row that isn't saved yet rewrites the markup of the others, and a file that was chosen
// is no part of markup: it is put back into its box.
document.addEventListener("click", function (event) {
    "use strict";

    const formset = event.target.closest(".delete-template") && event.target.closest(".formset");
    if (!formset) return;
    const chosen = [...formset.querySelectorAll("input[type=file]")]
        .filter((box) => box.files.length)
        .map((box) => [box.closest(".form-group"), box.files]);
    setTimeout(function () {
        chosen.forEach(function ([row, files]) {
            const box = row.isConnected && row.querySelector("input[type=file]");
            if (box) box.files = files;
        });
    });
}, true);
