"""Mutated R2 files: an `E2BError`, or messages in which every text is, or is named with what became of it."""

import random
import time
from collections.abc import Iterator
from itertools import zip_longest

import pytest
from lxml import etree

from e2b import E2BError, Message, read, text_of, write
from e2b.r2 import Conversion
from e2b.r2.fields import FIELD, HOMES
from e2b.r2.model import Kind
from e2b.r2.text import clean
from tests.e2b.r2.reports import DRUG, OTHER_REACTION, REACTION, conversions, file_of, report, with_patient
from tests.e2b.test_mutations import mutated
from tests.material import R2_ICSRS, each_set

FEW, MANY = 150, 10_000
# Read with another element, or used only to find the reaction that is meant.
SILENT = {
    *(field.tag for field in FIELD.values() if field.kind == Kind.BESIDE),
    *("serious", "drugrecuractionmeddraversion", "drugreactionassesmeddraversion", "messageformatversion"),
    *("messageformatrelease", "senderdiagnosismeddraversion"),
}
# Parts of telephone numbers, and of assessments of no reaction, are joined.
JOINED = ("sendertel", "senderfax", "reportertel", "drugresult", "drugassessment")
WEIRD = (
    *("", " ", "0", "1", "2", "9", "99", "003", "804", "1,5", "-1", "1e5", "abc", "20241301", "2024", "0000"),
    *("PRIVACY", "UNKNOWN", "10037844", "99999999", "rash", "<", "&amp;lt;", "x" * 3000, "é", "½", "\u00a0"),
    *("9" * 400, "WHO-ART", "true", "NI", "MPID: 1 (2): x"),
)
OWN = [
    file_of(
        {
            **with_patient(
                reaction=[{**REACTION, "reactionfirsttime": "2"}, OTHER_REACTION],
                drug=[
                    {
                        **DRUG,
                        "drugstructuredosagenumb": "5",
                        "drugstructuredosageunit": "003",
                        "drugrecurrence": {"drugrecuraction": "rash"},
                        "drugreactionrelatedness": {"drugreactionasses": "rash", "drugresult": "possible"},
                    }
                ],
                medicalhistoryepisode={"patientepisodename": "hay fever"},
            ),
            "reportduplicate": {"duplicatesource": "Other", "duplicatenumb": "X-1"},
        },
        report(safetyreportid="DE-OWN-2", casenullification="1"),
    ).encode()
]


def changed_tree(data: bytes, chance: random.Random) -> bytes:
    """One to five changes of whole elements: other texts; elements away, twice, elsewhere or renamed."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True))
    for _ in range(chance.randint(1, 5)):
        nodes = [node for node in root.iter() if isinstance(node.tag, str) and node is not root]
        if not nodes:
            break
        node, other = chance.choice(nodes), chance.choice(nodes)
        kind = chance.randrange(7)
        if kind <= 2 and not len(node):
            node.text = chance.choice(WEIRD)
        elif kind == 3:
            node.getparent().remove(node)
        elif kind == 4:
            node.addnext(etree.fromstring(etree.tostring(node, with_tail=False)))
        elif kind == 5 and node not in other.iterancestors() and node is not other:
            other.append(node)
        else:
            node.tag = chance.choice([*HOMES, "nonsense"])
    return etree.tostring(root, encoding=chance.choice(["UTF-8", "ISO-8859-1", "UTF-16"]))


def leaves(data: bytes) -> Iterator[list[tuple[str, str]]]:
    """The texts of each report with their tags."""
    root = etree.fromstring(clean(data)[0].encode())
    for node in root:
        if isinstance(node.tag, str) and node.tag.lower() == "safetyreport":
            yield [
                (inner.tag.lower(), " ".join(inner.text.split()))
                for inner in node.iter()
                if isinstance(inner.tag, str) and inner.text and inner.text.strip()
            ]


def unaccounted(texts: list[tuple[str, str]], conversion: Conversion) -> list[tuple[str, str]]:
    """The texts that are neither in the message nor in a remark."""
    values = set(_plain_texts(conversion.message))
    whole = "\n".join(values)
    named: dict[str, str] = {}
    for remark in conversion.remarks:
        for tag in remark.element.split(", "):
            named[tag] = f"{named.get(tag, '')}\n{' '.join(remark.value.split())}"
    everything = "\n".join(named.values())
    return [
        (tag, text)
        for tag, text in texts
        if not (
            tag in SILENT
            or text in values
            or tag in named
            or (tag.startswith(JOINED) and text.lstrip("+0") in whole)
            or (len(text) > 3 and (text in whole or text in everything))
            or text in everything.split("\n")
            or (text == "2" and tag.startswith("seriousness"))
        )
    ]


def _plain_texts(message: Message) -> Iterator[str]:
    for block in message.walk():
        for value in block.values.values():
            yield " ".join((text_of(value) or str(value)).split())


def survive(originals: list[bytes], count: int, seed: int) -> None:
    """Reads mutated files; whatever was read is accounted for, and survives as a file of R3."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    read_well = 0
    for number in range(count):
        original = originals[number % len(originals)]
        data = mutated(original, chance) if number % 4 == 0 else changed_tree(original, chance)
        begun = time.monotonic()
        try:
            found = conversions(data)
            batch = read(data)
            for conversion, texts in zip_longest(found, leaves(data)):
                assert unaccounted(texts, conversion) == [], data
            assert [conversion.message for conversion in found] == list(batch.messages)
            assert read(write(batch)) == batch
            read_well += 1
        except E2BError:
            pass
        assert time.monotonic() - begun < 5, data
    assert count / 3 < read_well <= count


@each_set([], R2_ICSRS)
def test_mutated_files_are_accounted_for(originals: list[bytes]) -> None:
    survive(originals or OWN, FEW, seed=1)


@pytest.mark.slow
@each_set([], R2_ICSRS)
def test_ten_thousand_mutated_files_are_accounted_for(originals: list[bytes]) -> None:
    survive(originals or OWN, MANY, seed=2)


def test_a_text_that_is_nowhere_would_be_noticed() -> None:
    (conversion, _) = conversions(OWN[0])
    texts = [("reportercity", "Nowhere"), ("reportercountry", "DE"), ("reporttype", "7")]
    assert unaccounted(texts, conversion) == [("reportercity", "Nowhere"), ("reporttype", "7")]
