"""Speed of e2b beside bare lxml on the same bytes: read, write, validate against the schema.

    python -m bench.e2b_speed [--schema DIR] [--seconds N]

Both sides of each comparison run alternately, in one process, on the same messages, which hold all
ICH elements; each figure is the best of many rounds of CPU time over different messages, and the
ratio is that of the bests. The last column is how many messages of 30 KB one core does per second.
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
from e2b.structure import HL7, XSI
from e2b.validation import load_schema
from tests.e2b.r2.reports import DRUG, OTHER_REACTION, REACTION, TEST, Content, file_of, with_patient
from tests.material import E2B, SCHEMA

NAMESPACES = {"h": HL7}
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


def recorded(tree: etree._Element) -> list[tuple[int, str, dict[str, str], str | None]]:
    """The tree as plain data, so that building it again reads no tree."""
    nodes: list[tuple[int, str, dict[str, str], str | None]] = []

    def visit(node: etree._Element, parent: int) -> None:
        number = len(nodes)
        nodes.append((parent, node.tag, dict(node.attrib), node.text))
        for child in node:
            visit(child, number)

    visit(tree, -1)
    return nodes


def build(nodes: list[tuple[int, str, dict[str, str], str | None]]) -> bytes:
    """Builds a recorded tree with bare lxml, and serializes it."""
    _, tag, attributes, _ = nodes[0]
    made = [etree.Element(tag, attributes, nsmap={None: HL7, "xsi": XSI})]
    for parent, tag, attributes, text in nodes[1:]:
        node = etree.SubElement(made[parent], tag, attributes)
        if text is not None:
            node.text = text
        made.append(node)
    return etree.tostring(made[0], xml_declaration=True, encoding="UTF-8")


def look_ups() -> Callable[[bytes], None]:
    """A parse and the XPaths of all ICH elements, compiled once."""
    with (E2B / "elements.csv").open(encoding="utf-8") as file:
        texts = [path.strip() for row in csv.DictReader(file) for path in row["xpath"].split(" OR ")]
    paths = [etree.XPath(text, namespaces=NAMESPACES) for text in texts]

    def look_up(data: bytes) -> None:
        tree = etree.fromstring(data).getroottree()
        for path in paths:
            path(tree)

    return look_up


def compare(
    name: str, ours: Callable[[int], object], bare: Callable[[int], object], seconds: float, size: int
) -> None:
    """Runs both sides alternately and prints their best times and the ratio of speeds."""
    best = {ours: float("inf"), bare: float("inf")}
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for side in (ours, bare):
            begun = time.process_time()
            for number in range(VARIANTS):
                side(number)
            best[side] = min(best[side], (time.process_time() - begun) / VARIANTS)
    mine, other = best[ours], best[bare]
    print(
        f"{name:<34} {mine * 1e3:8.3f} ms {other * 1e3:8.3f} ms   {100 * other / mine:5.0f} %"
        f"   {size / 30_000 / mine:9.0f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schema", default=os.environ.get("E2B_SCHEMA_DIR", str(SCHEMA)))
    parser.add_argument("--seconds", type=float, default=4, help="per comparison")
    arguments = parser.parse_args()
    batches = [batch_of(seed * 97) for seed in range(VARIANTS)]
    files = [write(batch) for batch in batches]
    check(batches[0], files[0])
    compact, indented = sum(map(len, files)) // VARIANTS, list(map(indent, files))
    wide = sum(map(len, indented)) // VARIANTS
    print(
        f"one message: {compact:,} bytes without and {wide:,} with indentation, {count(batches[0])} elements"
    )
    print(f"{'':<34} {'e2b':>11} {'bare lxml':>11}   {'speed':>7}   of 30 KB per second")
    records = [recorded(etree.fromstring(file)) for file in files]
    compare("write / build and serialize", lambda n: write(batches[n]), lambda n: build(records[n]),
            arguments.seconds, compact)  # fmt: skip
    compare_r2(arguments.seconds)
    if (E2B / "elements.csv").exists():
        look_up = look_ups()
        compare("read / parse and XPaths", lambda n: read(files[n]), lambda n: look_up(files[n]),
                arguments.seconds, compact)  # fmt: skip
        compare("read / parse and XPaths, indented", lambda n: read(indented[n]),
                lambda n: look_up(indented[n]), arguments.seconds, wide)  # fmt: skip
    compare("read / parse alone", lambda n: read(files[n]), lambda n: etree.fromstring(files[n]),
            arguments.seconds, compact)  # fmt: skip
    messages = [batch.messages[0] for batch in batches]
    compare("validate rules / parse alone", lambda n: validate(messages[n]),
            lambda n: etree.fromstring(files[n]), arguments.seconds, compact)  # fmt: skip
    schema = load_schema(arguments.schema) if Path(arguments.schema).is_dir() else None
    if schema is not None:
        compare("parse and schema / parse alone", lambda n: schema.validate(etree.fromstring(files[n])),
                lambda n: etree.fromstring(files[n]), arguments.seconds, compact)  # fmt: skip


def compare_r2(seconds: float) -> None:
    """Reports of R2 beside the same ones as files of R3."""
    old = [file_of(r2_report(number)).encode() for number in range(VARIANTS)]
    new = [write(read(file)) for file in old]
    sizes = [sum(map(len, files)) // VARIANTS for files in (old, new)]
    print(f"one report in R2: {sizes[0]:,} bytes, the same in R3: {sizes[1]:,}; beside it read in R3")
    compare(
        "read R2 / read the same as R3", lambda n: read(old[n]), lambda n: read(new[n]), seconds, sizes[0]
    )


def r2_report(number: int) -> Content:
    """A typical report: two reactions, ten tests, three drugs with doses and assessments, a narrative."""
    drug = {
        **DRUG,
        "drugstructuredosagenumb": "250",
        "drugstructuredosageunit": "003",
        "drugseparatedosagenumb": "3",
        "drugintervaldosageunitnumb": "1",
        "drugintervaldosagedefinition": "804",
        "drugadministrationroute": "048",
        "actiondrug": "1",
        "drugstartdateformat": "102",
        "drugstartdate": f"202412{1 + number % 28:02d}",
        "activesubstance": {"activesubstancename": "aazepine"},
        "drugreactionrelatedness": {"drugreactionasses": "rash", "drugresult": "possible"},
    }
    names = ("Aazepin", "Bbcillin", "Ccprofen")
    return with_patient(
        reaction=[REACTION, OTHER_REACTION],
        test=[{**TEST, "testresult": str(number + row)} for row in range(10)],
        drug=[{**drug, "medicinalproduct": name} for name in names],
        summary={"narrativeincludeclinical": f"Report {number}. " + "A rash after the drug. " * 60},
    )


def check(batch: Batch, file: bytes) -> None:
    """Both sides do the same work: what is read is what was written, what is built is the same tree."""
    assert read(file) == batch
    tree = etree.fromstring(file)
    built = etree.fromstring(build(recorded(tree)))
    assert etree.tostring(built, method="c14n") == etree.tostring(tree, method="c14n")


def count(batch: Batch) -> int:
    """How many elements the batch holds."""
    inside = (len(block.values) for message in batch.messages for block in message.walk())
    return len(batch.N.values) + sum(inside)


def indent(data: bytes) -> bytes:
    """The file as most senders lay it out."""
    tree = etree.fromstring(data)
    etree.indent(tree)
    return etree.tostring(tree)


if __name__ == "__main__":
    main()
