// The time line of a case: the mark that is pointed at, touched, or reached with the arrow keys is described
// below the picture.
(() => {
    "use strict";

    const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };

    const shapeOf = (mark) => mark.querySelector(".shape") ?? mark.querySelector("rect, line");
    const boxOf = (mark) => shapeOf(mark).getBoundingClientRect();
    const topOf = (mark) => mark.closest(".lane").getBoundingClientRect().top;
    const inOrder = (figure) => [...figure.querySelectorAll(".mark")].sort(
        (a, b) => topOf(a) - topOf(b) || boxOf(a).left - boxOf(b).left,
    );

    // The mark a key leads to; from none, the arrows lead to the first.
    const nextMark = (marks, mark, step) => {
        let index = step === Infinity ? marks.length : 0;
        if (marks.includes(mark)) index = marks.indexOf(mark) + step;
        return marks[Math.min(Math.max(index, 0), marks.length - 1)] ?? null;
    };

    const start = (panel) => {
        const line = panel.querySelector(".description");
        let described = null;
        const describe = (mark) => {
            described?.classList.remove("described");
            described = mark;
            described?.classList.add("described");
            line.textContent = described ? described.querySelector(":scope > title").textContent : "";
        };

        panel.querySelectorAll("figure").forEach((figure) => {
            figure.tabIndex = 0;
            figure.setAttribute("role", "group");
            figure.setAttribute("aria-label", "Time line: the arrow keys go from mark to mark");
            figure.addEventListener("pointerover", (event) => {
                const mark = event.target.closest(".mark");
                if (mark) describe(mark);
            });
            figure.addEventListener("click", (event) => describe(event.target.closest(".mark")));
            figure.addEventListener("keydown", (event) => {
                if (event.key === "Escape") describe(null);
                const step = STEPS[event.key];
                if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
                describe(nextMark(inOrder(figure), described, step));
                event.preventDefault();
            });
        });
        if (line) panel.classList.add("alive");
    };

    document.querySelectorAll(".timeline").forEach(start);
})();
