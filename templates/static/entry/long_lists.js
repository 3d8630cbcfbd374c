// Lists of many options stand once in the page, in the row that stands for rows to come. Any other box of
// the list holds what is stored, and gets the others when it is first used.
(() => {
    "use strict";

    const fill = ({ target }) => {
        const list = target.dataset?.longList;
        if (!list || target.options.length > 2) return; // more than "none" and the stored one: it has them all
        const boxes = [...document.querySelectorAll(`select[data-long-list="${list}"]`)];
        const whole = boxes.find((box) => box.options.length > 2);
        if (!whole) return;
        const chosen = target.value;
        target.replaceChildren(...[...whole.children].map((option) => option.cloneNode(true)));
        [...target.options].forEach((option) => { option.defaultSelected = option.value === chosen; });
        target.value = chosen;
    };
    // "entry:options" is sent by scripts that are about to choose.
    ["pointerdown", "focusin", "entry:options"].forEach((name) => document.addEventListener(name, fill, true));
})();
