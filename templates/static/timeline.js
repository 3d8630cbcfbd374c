/* The picture of a case: what is pointed at, touched, or reached with the arrow keys says its value below. */

for (const panel of document.querySelectorAll(".timeline")) {
  const says = panel.querySelector(".tells");
  let told = null;
  const tell = (mark) => {
    told?.classList.remove("told");
    told = mark;
    told?.classList.add("told");
    says.textContent = told ? told.querySelector(":scope > title").textContent : "";
  };
  const place = (mark) => (mark.querySelector(".shape") ?? mark.querySelector("rect, line")).getBoundingClientRect();
  const inOrder = (figure) => [...figure.querySelectorAll(".mark")].sort((one, other) => {
    const lanes = [one, other].map((mark) => mark.closest(".lane").getBoundingClientRect().top);
    return lanes[0] - lanes[1] || place(one).left - place(other).left;
  });
  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };

  for (const figure of panel.querySelectorAll("figure")) {
    figure.tabIndex = 0;
    figure.setAttribute("role", "group");
    figure.setAttribute("aria-label", "Time line: the arrow keys go from mark to mark");
    figure.addEventListener("pointerover", (event) => {
      const mark = event.target.closest(".mark");
      if (mark) tell(mark);
    });
    figure.addEventListener("click", (event) => tell(event.target.closest(".mark")));
    figure.addEventListener("keydown", (event) => {
      if (event.key === "Escape") tell(null);
      const step = STEPS[event.key];
      if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
      const marks = inOrder(figure);
      const next = marks.includes(told) ? marks.indexOf(told) + step : step > 0 && step < 2 ? 0 : step < 0 ? 0 : marks.length;
      tell(marks[Math.min(Math.max(next, 0), marks.length - 1)] ?? null);
      event.preventDefault();
    });
  }
  if (says) panel.classList.add("alive");
}
