"""Speed of e2b beside bare lxml on the same bytes: read, write, validate against the schema.

    python bench/e2b_speed.py [--schema DIR] [--seconds N]

Both sides of each comparison run alternately, in one process, on the same message of about 30 KB;
each figure is the best of many rounds of CPU time, and the ratio is that of the bests. Dates and
numbers differ from message to message, so that no cache sees the same bytes twice.
"""

import argparse
import csv
import os
import time
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from e2b import Attachment, Batch, Block, Code, Message, Null, read, validate, write
from e2b.codelists import code_list
from e2b.elements import BLOCK, ICH, Element
from e2b.reading.batch import read_header
from e2b.validation import load_schema
from values.dates import PartialDate

MATERIAL = Path(__file__).resolve().parents[1].parent / "shared" / "e2b_r3"
NAMESPACES = {"h": "urn:hl7-org:v3"}
VARIANTS = 40


def value_of(element: Element, seed: int) -> object:
    """An allowed value that changes with the seed where it can."""
    codes = code_list(element.codes)
    fixed = {"MedDRA": f"1{seed % 10_000_000:07d}", "MedDRA version": "27.0", "language": "eng", "UCUM": "mg"}
    if element.codes in fixed:
        return fixed[element.codes]
    if codes.open:
        return Code(f"C{seed}", "2.16.840.1.113883.6.69")
    if codes.codes and element.codes not in {"kg", "cm"}:
        return next(iter(codes.codes))
    if element.type == "date":
        day = f"{2000 + seed % 25}{1 + seed % 12:02d}{1 + seed % 28:02d}"
        return f"{day}{seed % 24:02d}{seed % 60:02d}{seed % 59:02d}" if element.least == "second" else day
    simple = {"N": str(seed % 1000), "bool": "true", "ED": Attachment.of(b"x" * 60, "image/png")}
    return simple.get(element.type, f"text {seed} of {element.id}")


def block_of(kind: str, seed: int, repeats: int = 1) -> Block:
    """A block with every ICH element but the second product identifier."""
    values = {
        element.id: value_of(element, seed * 31 + place)
        for place, element in enumerate(ICH.values())
        if element.block == kind and not element.id.startswith(("D.8.r.3", "D.10.8.r.3", "G.k.2.1.2"))
    }
    inside = {
        block.id: tuple(block_of(block.id, seed + n) for n in range(repeats))
        for block in BLOCK.values()
        if block.parent == kind and not block.id.startswith("FDA")
    }
    return Block(kind, values, inside, f"{kind[0].lower()}-{seed}" if BLOCK[kind].ref else "")


def batch_of(seed: int) -> Batch:
    """A batch with one message of about 30 KB: two reactions, three tests, two drugs."""
    reactions = tuple(block_of("E.i", seed + n) for n in range(2))
    drugs = tuple(block_of("G.k", seed + n) for n in range(2))
    message = Message(
        block_of("N.2.r", seed), block_of("C", seed), block_of("D", seed).with_values({"D.1": Null("MSK")}),
        reactions, tuple(block_of("F.r", seed + n) for n in range(3)), drugs, block_of("H", seed),
    )  # fmt: skip
    return Batch(block_of("N.1", seed), (message,))


def rebuild(tree: etree._Element) -> bytes:
    """Builds the same tree node by node with bare lxml, and serializes it."""

    def add(source: etree._Element, target: etree._Element) -> None:
        for child in source:
            made = etree.SubElement(target, child.tag, child.attrib)
            made.text = child.text
            add(child, made)

    root = etree.Element(tree.tag, tree.attrib, nsmap=tree.nsmap)
    add(tree, root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def recorded(tree: etree._Element) -> list[tuple[int, str, dict[str, str], str | None]]:
    """The tree as plain data, so that building it again reads no tree."""
    found: list[tuple[int, str, dict[str, str], str | None]] = []

    def visit(node: etree._Element, parent: int) -> None:
        number = len(found)
        found.append((parent, node.tag, dict(node.attrib), node.text))
        for child in node:
            visit(child, number)

    visit(tree, -1)
    return found


def build(nodes: list[tuple[int, str, dict[str, str], str | None]], nsmap: dict) -> bytes:
    """Builds a recorded tree with bare lxml, and serializes it."""
    _, tag, attributes, text = nodes[0]
    made = [etree.Element(tag, attributes, nsmap=nsmap)]
    for parent, tag, attributes, text in nodes[1:]:
        node = etree.SubElement(made[parent], tag, attributes)
        if text is not None:
            node.text = text
        made.append(node)
    return etree.tostring(made[0], xml_declaration=True, encoding="UTF-8")


def look_ups() -> list[etree.XPath]:
    """The XPaths of all ICH elements, compiled once."""
    with (MATERIAL / "elements.csv").open(encoding="utf-8") as file:
        texts = [path.strip() for row in csv.DictReader(file) for path in row["xpath"].split(" OR ")]
    return [etree.XPath(text, namespaces=NAMESPACES) for text in texts]


def compare(name: str, ours: Callable[[int], object], bare: Callable[[int], object], seconds: float) -> None:
    """Runs both sides alternately and prints their best times and the ratio of speeds."""
    best = {ours: float("inf"), bare: float("inf")}
    until, turn = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        for side in (ours, bare):
            begun = time.process_time()
            for number in range(VARIANTS):
                side(number)
            best[side] = min(best[side], (time.process_time() - begun) / VARIANTS)
        turn += 1
    mine, other = best[ours], best[bare]
    print(f"{name:<34} {mine * 1e3:8.3f} ms {other * 1e3:8.3f} ms   {100 * other / mine:5.0f} %"
          f"   {1 / mine:7.0f} messages/s   ({turn} rounds)")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schema", default=os.environ.get("E2B_SCHEMA_DIR", str(MATERIAL / "schema")))
    parser.add_argument("--seconds", type=float, default=4, help="per comparison")
    asked = parser.parse_args()
    batches = [batch_of(seed * 97) for seed in range(VARIANTS)]
    files = [write(batch) for batch in batches]
    assert all(read(file) == batch for file, batch in zip(files, batches, strict=True))
    trees = [etree.fromstring(file) for file in files]
    indented = [_indented(file) for file in files]
    records = [recorded(tree) for tree in trees]
    nsmap = dict(trees[0].nsmap)
    assert etree.tostring(etree.fromstring(build(records[0], nsmap)), method="c14n") == etree.tostring(
        trees[0], method="c14n"
    )
    sizes = sum(map(len, files)) // VARIANTS, sum(map(len, indented)) // VARIANTS
    nodes = sum(1 for _ in trees[0].iter())
    print(f"one message: {sizes[0]:,} bytes, {nodes} nodes, {len(read_header(files[0]).values)} + "
          f"{sum(len(block.values) for block in batches[0].messages[0].walk())} elements; "
          f"indented {sizes[1]:,} bytes")  # fmt: skip
    print(f"{'':<34} {'e2b':>11} {'bare lxml':>11}   {'speed':>7}")
    compare(
        "write / build and serialize",
        lambda n: write(batches[n]),
        lambda n: build(records[n], nsmap),
        asked.seconds,
    )
    if (MATERIAL / "elements.csv").exists():
        paths = look_ups()

        def bare(data: bytes) -> None:
            tree = etree.fromstring(data).getroottree()
            for path in paths:
                path(tree)

        compare("read / parse and XPaths", lambda n: read(files[n]), lambda n: bare(files[n]), asked.seconds)
        compare(
            "read / parse and XPaths, indented",
            lambda n: read(indented[n]),
            lambda n: bare(indented[n]),
            asked.seconds,
        )
    compare(
        "read / parse alone", lambda n: read(files[n]), lambda n: etree.fromstring(files[n]), asked.seconds
    )
    messages = [batch.messages[0] for batch in batches]
    compare(
        "validate rules / parse alone",
        lambda n: validate(messages[n]),
        lambda n: etree.fromstring(files[n]),
        asked.seconds,
    )
    if Path(asked.schema).is_dir() and (schema := load_schema(asked.schema)) is not None:
        compare("parse and schema / parse alone", lambda n: schema.validate(etree.fromstring(files[n])),
                lambda n: etree.fromstring(files[n]), asked.seconds)  # fmt: skip
    text = "20240102030405+0100"
    begun = time.process_time()
    for _ in range(2000):
        PartialDate.parse_hl7(text)
    print(f"one date that is not cached: {(time.process_time() - begun) / 2000 * 1e6:.1f} us")


def _indented(data: bytes) -> bytes:
    tree = etree.fromstring(data)
    etree.indent(tree)
    return etree.tostring(tree)


if __name__ == "__main__":
    main()
