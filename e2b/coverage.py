"""The coverage table: which elements there are, and how often a set of files exercises each."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from e2b.datatypes import Null
from e2b.elements import ELEMENTS, ICH
from e2b.elements.eu import UNPLACED
from e2b.message import Block
from e2b.opening import read_stream

_HEAD = ("Element", "Name", "Type", "Codes", "nullFlavors", "Values seen", "Nulls seen", "Files")


def coverage(files: Iterable[Path]) -> Iterator[str]:
    """The lines of a Markdown page: a table of all elements, with their counts in the files."""
    values: Counter[str] = Counter()
    nulls: Counter[str] = Counter()
    in_files: Counter[str] = Counter()
    for file in files:
        names = set()
        for block in _blocks(file):
            for name, value in block.values.items():
                (nulls if isinstance(value, Null) else values)[name] += 1
                names.add(name)
        in_files.update(names)
    yield from _summary(in_files)
    yield from (f"| {' | '.join(cells)} |" for cells in (_HEAD, ("---",) * len(_HEAD)))
    for element in ELEMENTS.values():
        kind = f"{element.type} {element.length}" if element.length else element.type
        counts = (f"{counter[element.id] or ''}" for counter in (values, nulls, in_files))
        cells = (element.id, element.name, kind, element.codes, element.nulls, *counts)
        yield f"| {' | '.join(cells)} |"
    yield from ("", "Known by id only, because their place in the XML is not published:", "")
    yield from (f"- {name} {label}" for name, label in UNPLACED.items())


def _summary(in_files: Counter[str]) -> Iterator[str]:
    count = sum(1 for name in ICH if in_files[name])
    yield from ("# Elements of E2B(R3), and what the sample files exercise", "")
    yield from ("Made by `python -m e2b coverage DIR...`; do not edit.", "")
    yield f"All {len(ICH)} ICH elements are read, written and validated; the files exercise {count} of them."
    yield ""


def _blocks(file: Path) -> Iterator[Block]:
    stream = read_stream(file)
    for message in stream:
        yield from message.walk()
    yield stream.header
