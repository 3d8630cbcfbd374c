"""A typist who enters a report from the keyboard alone, walking forward through the form, and counts."""

from dataclasses import dataclass, field

from tests.web.entry.test_letter_by_form import Typist

NOT_TYPED = ("verbatim", "position")  # quotations stand in the narrative; the order is that of entry

# What has the focus, as much of it as a typist sees.
FOCUS = """() => {
    const nextRow = table => `${table}-${document.getElementsByName(table + "-TOTAL_FORMS")[0].value}`;
    let at = document.activeElement;
    const select2 = at.closest(".select2");
    if (select2) at = select2.previousElementSibling;
    const formset = at.matches(".add-row") && at.closest(".formset");
    return {
        box: at.name || "",
        kind: select2 ? "search" : at.type || at.tagName.toLowerCase(),
        value: at.type === "checkbox" ? (at.checked ? "on" : "") : at.value || "",
        options: at.type === "select-one" ? [...at.options].map(one => [one.value, one.text]) : [],
        adds: formset ? nextRow(JSON.parse(formset.dataset.inlineFormset).options.prefix) : "",
        folded: at.tagName === "SUMMARY" && !at.parentElement.open
            ? [...at.parentElement.querySelectorAll("[name]")].map(one => one.name) : [],
        to_next: at.id === "next-part",
        shown: [...document.querySelectorAll("[data-inline-type]")]
            .filter(table => table.offsetParent).map(table => table.id.replace("-group", "")),
    };
}"""


class Paper:
    """The report sorted into the boxes of the form: box -> what is to stand in it."""

    def __init__(self):
        self.boxes, self.rows = {}, {}

    def add(self, table):
        self.rows[table] = self.rows.get(table, -1) + 1
        return f"{table}-{self.rows[table]}"

    def fill(self, row, **values):
        self.boxes |= {f"{row}-{name}": value for name, value in values.items() if name not in NOT_TYPED}


class Reader(Typist):
    """Reads a fixture; drugs are looked up by their names."""

    def box(self, model, name, value):
        return value if name == "drug" else super().box(model, name, value)


def read(document) -> dict[str, str]:
    paper = Paper()
    paper.boxes["number"] = document["case"]["number"]
    reader = Reader(paper)
    for table, entries in document.items():
        for entry in () if table == "case" else entries if isinstance(entries, list) else [entries]:
            reader.enter(table, entry)
    return paper.boxes


@dataclass
class Count:
    fields: set[str] = field(default_factory=set)
    keys: int = 0
    walking: int = 0  # of the keys, those that only move on
    prose: int = 0  # characters of the narrative, apart


def shortest(at, wanted) -> str:
    """The first letters by which a list finds an entry, searching on from where it stands."""
    values = [value for value, _ in at["options"]]
    now, goal = values.index(at["value"]), values.index(wanted)
    words = [text.casefold() for _, text in at["options"]]
    order = [*range(now + 1, len(words)), *range(now + 1)]
    for length in range(1, len(words[goal]) + 1):
        if next(n for n in order if words[n].startswith(words[goal][:length])) == goal:
            return words[goal][:length]
    raise AssertionError(f"“{words[goal]}” can't be chosen by typing")


def changes(page, before, milliseconds=5000):
    """Wait until the form shows what a key did: on a slow machine, another one would be counted too."""
    for _ in range(milliseconds // 20):
        page.wait_for_timeout(20)
        if page.evaluate(FOCUS) != before:
            return


def type_in(
    page, boxes: dict[str, str], prose=("narrative-0-case_narrative", "narrative-0-reporter_comments")
):
    """Fill in all boxes in one walk through the form with Tab; returns what it took."""
    left, count = dict(boxes), Count()

    def press(key, of="keys"):
        page.keyboard.press(key)
        count.keys += 1
        count.walking += of == "walking"

    def write(text):
        page.keyboard.type(text)
        count.keys += len(text)

    def fill(at, wanted):
        count.fields.add(at["box"])
        if at["value"] == wanted:
            count.fields.discard(at["box"])  # a default that fits
        elif at["box"] in prose:
            page.keyboard.type(wanted)
            count.prose += len(wanted)
        elif at["kind"] == "search":
            write(wanted)
            # The offer alone doesn't show a lost letter: an unfiltered list may begin with it.
            assert page.locator(".select2-search__field").input_value() == wanted
            page.locator(".select2-results__option--highlighted", has_text=wanted).wait_for()
            press("Enter")
        elif at["kind"] == "select-one":
            write(shortest(at, wanted))
        elif at["kind"] == "checkbox":
            press("Space")
        else:
            write(wanted)

    while left:
        at = page.evaluate(FOCUS)
        if at["box"] in left:
            fill(at, left.pop(at["box"]))
        elif (at["adds"] and any(box.startswith(f"{at['adds']}-") for box in left)) or set(
            at["folded"]
        ) & set(left):
            press("Enter", "walking")
            changes(page, at)
        elif not any(box.split("-")[0] in (*at["shown"], box) for box in left):
            press("Alt+PageDown", "walking")
            changes(page, at)
        else:
            press("Tab", "walking")
            assert not at["to_next"], f"can't be reached: {list(left)[:3]}"
    return count
