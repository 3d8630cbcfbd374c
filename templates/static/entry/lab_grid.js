// The laboratory grid: typed cell by cell or pasted, read by the server, then taken into rows of the form.
(() => {
    "use strict";

    const { afterPause, button } = boxHelp;
    const EXAMPLES = { name: "ALT", unit: "U/L", limits: "50 or 10-50", day: "1 Oct 2026" };
    const HEADS = [["name", "Test"], ["unit", "Unit"], ["limits", "Upper limit or range"]];
    const NO_ANSWER = "The server gave no answer. What was typed is still here: try again.";
    const grids = new WeakMap();
    const root = () => document.getElementById("lab-grid");
    const part = (name) => root().querySelector(`[data-lab=${name}]`);
    const emptyRow = () => ({ name: "", unit: "", limits: "", test: "", cells: [] });

    // What is typed (`days`, `tests`), and what it was read as (`answer`).
    const state = () => {
        if (!grids.has(root())) grids.set(root(), { days: [""], tests: [emptyRow()], answer: null, left: null });
        return grids.get(root());
    };
    const say = (text) => { root().querySelector(".lab-message").textContent = text; };
    const element = (tag, properties = {}, ...children) => {
        const made = Object.assign(document.createElement(tag), properties);
        made.append(...children);
        return made;
    };

    // Boxes

    const box = (kind, row, column, value, label) => {
        const isFirst = row <= 0 && !column;
        const placeholder = state().tests.length === 1 && (isFirst || kind !== "day") ? EXAMPLES[kind] || "" : "";
        const made = element("input", { type: "text", value, placeholder, autocomplete: "off" });
        Object.assign(made.dataset, { kind, row, column });
        made.setAttribute("aria-label", label);
        return made;
    };
    const place = (tag, className, input) => element(tag, { className }, input, element("div", { className: "lab-note" }));
    const draw = () => {
        const { days, tests } = state();
        const head = element("tr");
        HEADS.forEach(([kind, label]) => head.append(element("th", { scope: "col", className: `lab-${kind}` }, label)));
        days.forEach((day, column) => {
            const cell = place("th", "lab-day", box("day", -1, column, day, `Day ${column + 1}`));
            cell.scope = "col";
            head.append(cell);
        });
        const rows = tests.map((test, row) => {
            const line = element("tr");
            HEADS.forEach(([kind, label], number) => {
                const cell = place(number ? "td" : "th", `lab-${kind}`, box(kind, row, number, test[kind], `${label}, row ${row + 1}`));
                line.append(cell);
            });
            days.forEach((day, column) => {
                const label = `${test.name || `Row ${row + 1}`}, ${day || `day ${column + 1}`}`;
                line.append(place("td", "lab-cell", box("cell", row, column, test.cells[column] || "", label)));
            });
            return line;
        });
        root().querySelector("table").replaceChildren(element("thead", {}, head), element("tbody", {}, ...rows));
        mark();
    };
    const find = (kind, row, column) => (
        root().querySelector(`input[data-kind="${kind}"][data-row="${row}"][data-column="${column}"]`)
    );

    // What was read

    const choose = (choices, act) => choices.map((choice) => {
        const [value, label] = Array.isArray(choice) ? choice : [choice, choice];
        const made = button(label);
        made.addEventListener("click", () => act(value));
        return made;
    });
    const wholeList = (row) => {
        const source = document.getElementsByName("laboratory-__prefix__-test")[0];
        if (!source) return [];
        const select = element("select", { ariaLabel: `The test of row ${row + 1}` });
        select.append(...[...source.children].map((option) => option.cloneNode(true)));
        select.value = "";
        select.addEventListener("change", () => { state().tests[row].test = select.value; read(); });
        return [select];
    };
    const note = (input, text, isWrong, choices = []) => {
        if (!input) return;
        const line = input.nextElementSibling;
        line.className = `lab-note meaning${isWrong ? " wrong" : ""}`;
        line.replaceChildren(...(text ? [text] : []), ...choices);
        line.id = `lab-note-${input.dataset.kind}-${input.dataset.row}-${input.dataset.column}`;
        input.parentElement.classList.toggle("lab-wrong", isWrong);
        input.setAttribute("aria-invalid", String(isWrong));
        input.setAttribute("aria-describedby", line.id);
    };
    const markDay = (day, column) => {
        const isUsed = state().tests.some((test) => test.cells[column]);
        const meaning = day.text ? `= ${day.meaning}` : isUsed && "No day: these results are taken without one.";
        note(find("day", -1, column), day.problem || meaning, Boolean(day.problem), choose(
            day.choices, (value) => { state().days[column] = value; find("day", -1, column).value = value; read(); },
        ));
    };
    const markTest = (test, row) => {
        const given = state().tests[row];
        const choices = choose(test.choices, (value) => {
            given[test.chosen_in] = value;
            if (test.chosen_in === "unit") find("unit", row, 1).value = value;
            read();
        });
        const isUnnamed = test.is_open && !test.choices.length && !test.meaning.includes("unit");
        note(find("name", row, 0), test.meaning, test.is_open, isUnnamed ? wholeList(row) : choices);
        note(find("limits", row, 2), test.problem, Boolean(test.problem));
        test.cells.forEach((cell, column) => {
            note(find("cell", row, column), cell.problem || cell.meaning, Boolean(cell.problem), choose(
                cell.choices, (value) => { given.cells[column] = value; find("cell", row, column).value = value; read(); },
            ));
        });
    };
    const ready = () => (state().answer?.tests || []).flatMap((test, row) => (
        test.cells.map((cell, column) => ({ cell, row, column, test })).filter(({ cell }) => cell.boxes)
    ));
    const mark = () => {
        const { answer, tests } = state();
        if (answer) {
            answer.days.forEach(markDay);
            answer.tests.forEach(markTest);
        }
        part("take").hidden = !ready().length;
        part("take").textContent = `Take these ${ready().length} into the form`;
        part("clear").hidden = !tests.some((test) => test.name || test.cells.some(Boolean));
        showLeft();
    };
    const showLeft = () => {
        const { left } = state();
        const holder = root().querySelector(".lab-left");
        holder.replaceChildren();
        if (left?.not_read.length) {
            const list = left.not_read.map(({ line, text, where, reason }) => element(
                "li", {}, `Line ${line}${where ? `, ${where}` : ""}: `, element("code", { textContent: text }), ` ${reason}`,
            ));
            holder.append(element("p", { className: "wrong", textContent: "Not understood, and not in the grid:" }), element("ul", {}, ...list));
        }
        if (left?.headings.length) {
            const words = element("p", { textContent: left.headings.join(" · ") });
            holder.append(element("details", {}, element("summary", { textContent: "Read as names, units, limits, dates and headings" }), words));
        }
    };

    // The server

    const sendable = () => {
        const { days, tests } = state();
        return JSON.stringify({
            days,
            tests: tests.map((test) => ({ ...test, cells: days.map((_, column) => test.cells[column] || "") })),
        });
    };
    const DATING = /^(exposures|reactions|treatments|medical_history)-\d+-(?!.*__prefix__)|^(first_received|latest_information)$/;
    const post = (text) => {
        const form = root().closest("form");
        const sent = new FormData();
        for (const [name, value] of new FormData(form)) {
            if (DATING.test(name) && typeof value === "string") sent.append(name, value);
        }
        sent.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
        sent.append("case", document.getElementById("entry").dataset.case);
        sent.append("grid", sendable());
        if (text) sent.append("text", text);
        return fetch(root().dataset.address, { method: "POST", body: sent, headers: { Accept: "application/json" } })
            .then((response) => response.json())
            .catch(() => ({ error: NO_ANSWER }));
    };
    const read = async () => {
        const asked = sendable();
        const answer = await post();
        if (asked !== sendable()) return; // typed on since
        if (answer.error) { say(answer.error); return; }
        state().answer = answer;
        mark();
    };
    const paste = async (text) => {
        say("Reading …");
        const answer = await post(text);
        if (answer.error) { say(answer.error); return; }
        const { days, tests, not_read: notRead, headings } = answer;
        const filled = tests.filter((test) => test.name || test.cells.some((cell) => cell.text));
        Object.assign(state(), {
            days: days.map((day) => day.text),
            tests: filled.map((test) => ({ ...emptyRow(), name: test.name, unit: test.unit, limits: test.limits, test: test.test, cells: test.cells.map((cell) => cell.text) })),
            answer: { days, tests: filled },
            left: { not_read: notRead, headings },
        });
        const cells = filled.flatMap((test) => test.cells).filter((cell) => cell.text);
        const wrong = cells.filter((cell) => cell.problem).length;
        draw();
        say(`${cells.length} cells read, ${wrong + notRead.length} not understood. Nothing is stored yet.`);
    };

    // What people do

    const addTest = () => { state().tests.push(emptyRow()); draw(); find("name", state().tests.length - 1, 0).focus(); };
    const addDay = () => { state().days.push(""); draw(); find("day", -1, state().days.length - 1).focus(); };
    const clear = () => { grids.delete(root()); draw(); say(""); find("name", 0, 0).focus(); };
    const take = () => {
        const results = ready();
        const added = results.filter(({ cell }) => !labRows.isPresent(cell.boxes));
        added.forEach(({ cell, test, column }) => {
            const day = state().answer.days[column].meaning;
            labRows.add(cell.boxes, `${test.name}: ${cell.meaning}, ${day}`);
        });
        results.forEach(({ row, column }) => { state().tests[row].cells[column] = ""; });
        const waits = state().tests.filter((test) => test.cells.some(Boolean));
        const doubled = results.length - added.length;
        const used = state().days.map((_, column) => waits.some((test) => test.cells[column]));
        waits.forEach((test) => { test.cells = used.map((_, column) => test.cells[column] || "").filter((_, column) => used[column]); });
        Object.assign(state(), {
            tests: waits.length ? waits : [emptyRow()],
            days: waits.length ? state().days.filter((_, column) => used[column]) : [""],
            answer: null,
        });
        draw();
        if (waits.length) read();
        const more = doubled ? ` ${doubled} were there already.` : "";
        say(`${added.length} results are in the form below, and stored when the case is saved.${more}`);
        root().closest("form").dispatchEvent(new Event("change", { bubbles: true }));
        document.querySelector("#laboratory-data .add-row")?.focus();
    };
    const togglePaste = () => {
        const area = document.getElementById("lab-paste");
        area.hidden = !area.hidden;
        part("paste").setAttribute("aria-expanded", String(!area.hidden));
        if (!area.hidden) document.getElementById("lab-text").focus();
    };
    const readPasted = async () => {
        const area = document.getElementById("lab-text");
        if (!area.value.trim()) return;
        await paste(area.value);
        area.value = "";
        togglePaste();
        (part("take").hidden ? part("paste") : part("take")).focus();
    };
    const ACTIONS = { test: addTest, day: addDay, paste: togglePaste, read: readPasted, take, clear };

    document.addEventListener("click", (event) => {
        const pressed = event.target.closest("#lab-grid [data-lab]");
        if (pressed) ACTIONS[pressed.dataset.lab]();
    });
    document.addEventListener("input", ({ target }) => {
        if (!target.matches("#lab-grid input")) return;
        const { kind, row, column } = target.dataset;
        if (kind === "day") state().days[column] = target.value;
        else if (kind === "cell") state().tests[row].cells[column] = target.value;
        else state().tests[row][kind] = target.value;
        if (kind === "name") state().tests[row].test = "";
        afterPause("lab-grid", read);
    });
    document.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.ctrlKey || !event.target.matches("#lab-grid input")) return;
        event.preventDefault();
        const { kind, row, column } = event.target.dataset;
        if (kind === "day") { find("cell", 0, column)?.focus(); return; }
        if (Number(row) + 1 === state().tests.length) { state().tests.push(emptyRow()); draw(); }
        find(kind, Number(row) + 1, column).focus();
    });
    document.addEventListener("paste", (event) => {
        const text = event.clipboardData?.getData("text/plain") || "";
        if (!event.target.matches?.("#lab-grid input") || !/[\t\n]/.test(text.trim())) return;
        event.preventDefault();
        paste(text);
    });
    // The tab may come later than the page.
    const begin = () => { if (root() && !grids.has(root())) draw(); };
    document.addEventListener("DOMContentLoaded", begin);
    document.addEventListener("entry:part", begin);
})();
