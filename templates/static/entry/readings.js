// How the vocabulary reads what is typed into a row, said below its box; a name with several meanings offers
// the tests it may mean, and one click chooses.
(() => {
    "use strict";

    const { afterPause, ask, lineBelow, button } = boxHelp;
    const EXAMINATIONS = /^(laboratory|viral|biopsy|genetic|functional)-\d+-(name|unit|test)$/;
    const OTHERS = /^(?:.+-)?(?:reactions|symptoms)-\d+-(term)$|^.+-\d+-(site|tissue)$/;
    const named = (name) => document.getElementsByName(name)[0];
    const value = (name) => named(name)?.value.trim() || "";

    // The box below which a reading is said, the kind of the row, and the values it is read from.
    const question = (name) => {
        const examination = EXAMINATIONS.exec(name);
        if (examination) {
            const row = name.slice(0, name.lastIndexOf("-"));
            const values = { kind: examination[1] };
            ["name", "unit", "test"].forEach((field) => { values[field] = value(`${row}-${field}`); });
            return { box: named(`${row}-name`), of: "name", values };
        }
        const other = OTHERS.exec(name);
        const field = other && (other[1] || other[2]);
        return field ? { box: named(name), of: field, values: { [field]: value(name) } } : null;
    };

    const choice = (field, [value, label]) => {
        const made = button(label);
        made.className = "choose-reading";
        Object.assign(made.dataset, { field, value });
        return made;
    };

    const read = async (asked) => {
        const address = document.getElementById("entry")?.dataset.reading;
        return asked?.box && address ? ask(`${address}?${new URLSearchParams({ of: asked.of, ...asked.values })}`) : null;
    };

    // One list for the unit box in which somebody types: the units of the test of its row, if there is one.
    const offerUnits = (box, units) => {
        let list = document.getElementById("units-of-test");
        if (!list) {
            list = document.createElement("datalist");
            list.id = "units-of-test";
            document.body.append(list);
        }
        list.replaceChildren(...units.map((unit) => new Option("", unit)));
        box.setAttribute("list", units.length ? list.id : "units-laboratory");
    };
    document.addEventListener("focusin", async ({ target }) => {
        if (EXAMINATIONS.exec(target.name || "")?.[2] !== "unit") return;
        const reading = await read(question(target.name));
        if (reading && document.activeElement === target) offerUnits(target, reading.units);
    });

    const show = async (name) => {
        const asked = question(name);
        const reading = await read(asked);
        if (!reading) return;
        if (JSON.stringify(question(name)?.values) !== JSON.stringify(asked.values)) return; // typed on since
        const line = lineBelow(asked.box, "reading");
        line.classList.toggle("wrong", reading.is_open);
        const choices = reading.choices.flatMap((one) => [" ", choice(reading.chosen_in, one)]);
        line.replaceChildren(reading.text, ...choices);
    };

    const later = (event) => {
        const name = event.target.name || "";
        if (question(name)) afterPause(name.slice(0, name.lastIndexOf("-")), () => show(name));
    };
    document.addEventListener("input", later);
    document.addEventListener("change", later);

    document.addEventListener("click", (event) => {
        const button = event.target.closest(".choose-reading");
        if (!button) return;
        const box = document.getElementById(button.parentElement.id.replace(/_reading$/, ""));
        const target = named(box.name.replace(/name$/, button.dataset.field));
        target.dispatchEvent(new Event("entry:options", { bubbles: true }));
        target.value = button.dataset.value;
        target.dispatchEvent(new Event("change", { bubbles: true }));
        box.focus();
    });
})();
