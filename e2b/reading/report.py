"""What the reading walker reports, in sentences."""

from typing import Final

from e2b.datatypes import Value
from e2b.elements import BLOCK
from e2b.reading.draft import Draft
from e2b.reading.parse import XML
from e2b.structure import HL7
from e2b.violations import Finding, Level, Severity

MOST_FINDINGS: Final = 200

_STRUCTURAL: Final = frozenset({"classCode", "moodCode", "typeCode", "determinerCode"})
_CODE: Final = f"{{{HL7}}}code"


class Report:
    """The findings of one message, at most MOST_FINDINGS of them."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    @property
    def has_room(self) -> bool:
        """Whether there may be more findings; where there are that many, the input is hostile."""
        return len(self.findings) < MOST_FINDINGS

    def unknown(self, xml: XML, parent: XML, draft: Draft) -> None:
        """A node that no path of the tables leads to."""
        if not self.has_room or _says_nothing(xml):
            return
        code = next(xml.iter(_CODE), None)
        known_by = f" (code {code.get('code')} of {code.get('codeSystem')})" if code is not None else ""
        self._add(
            "READ-UNKNOWN", "", draft,
            f"{_bare(parent)}/{_bare(xml)}{known_by} is not in the tables and was left out.",
            "It may be an extension of another region; keep the received file.", Severity.WARNING,
        )  # fmt: skip

    def repeated(self, name: str, value: Value, draft: Draft, *, joined: bool) -> None:
        """A second value for an element that has one."""
        done = "was joined to the first by a line break" if joined else "was left out"
        severity = Severity.WARNING if joined else Severity.ERROR
        sentence = f"It is given more than once; {str(value)[:60]!r} {done}."
        self._add("READ-REPEATED", name, draft, sentence, "Give it once, or repeat its block.", severity)

    def both(self, name: str, flavor: str, draft: Draft) -> None:
        """A value and a nullFlavor in one node."""
        sentence = f"A value and the nullFlavor {flavor[:20]} stand together; the value was kept."
        self._add("READ-BOTH", name, draft, sentence, "Send the value or the nullFlavor.")

    def dangling(self, name: str, kind: str, reference: str, draft: Draft) -> None:
        """A local id that no block bears."""
        sentence = f"It names the {BLOCK[kind].noun} {reference[:60]!r}, which the message does not have."
        self._add("READ-REFERENCE", name, draft, sentence, "Give the id of a block of this message.")

    def _add(
        self, rule: str, element: str, draft: Draft, sentence: str, remedy: str,
        severity: Severity = Severity.ERROR,
    ) -> None:  # fmt: skip
        if self.has_room:
            found = Finding(rule, element, draft.place, sentence, remedy, severity, Level.READING)
            self.findings.append(found)


def _bare(xml: XML) -> str:
    return xml.tag.rpartition("}")[2][:80]


def _says_nothing(xml: XML) -> bool:
    """An empty node whose attributes are only those that every such node has."""
    return not len(xml) and not (xml.text or "").strip() and _STRUCTURAL.issuperset(xml.keys())
