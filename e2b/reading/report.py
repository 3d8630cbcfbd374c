"""The violations that reading reports, in sentences."""

from typing import Final

from e2b.datatypes import Value
from e2b.elements import BLOCK
from e2b.reading.draft import BlockDraft
from e2b.reading.parse import XML
from e2b.structure import HL7
from e2b.violations import Level, Severity, Violation

MAX_VIOLATIONS: Final = 200
READ_EMPTY: Final = "READ-EMPTY"

_STRUCTURAL: Final = frozenset({"classCode", "moodCode", "typeCode", "determinerCode"})
# Names of attributes that senders misspell.
_SPELLINGS: Final = (
    *("nullFlavor", "code", "codeSystem", "codeSystemVersion", "value", "unit", "root", "extension"),
    *("inclusive", "mediaType", "representation", "compression", "assigningAuthorityName"),
)
_CODE: Final = f"{{{HL7}}}code"


class ReadingReport:
    """The violations of one message, at most MAX_VIOLATIONS of them."""

    def __init__(self) -> None:
        self.violations: list[Violation] = []

    @property
    def has_room(self) -> bool:
        """Whether more violations may be added; an input with so many is hostile."""
        return len(self.violations) < MAX_VIOLATIONS

    def unknown(self, xml: XML, parent: XML, draft: BlockDraft) -> None:
        """A node that no path of the tables leads to."""
        if not self.has_room or _is_empty(xml):
            return
        code = next(xml.iter(_CODE), None)
        code_note = f" (code {code.get('code')} of {code.get('codeSystem')})" if code is not None else ""
        self._add(
            "READ-UNKNOWN", "", draft,
            f"{_local_name(parent)}/{_local_name(xml)}{code_note} is not in the tables and was left out.",
            "It may be an extension of another region; keep the received file.", Severity.WARNING,
        )  # fmt: skip

    def unread_attribute(self, xml: XML, parent: XML, attribute: str, name: str, draft: BlockDraft) -> None:
        """An attribute that no path of the tables leads to."""
        near = next((right for right in _SPELLINGS if right.lower() == attribute.lower()), "")
        remedy = f"Spell it {near}." if near else "Keep the received file; ask the sender what it means."
        self._add(
            "READ-UNKNOWN", name, draft,
            f"{_local_name(parent)}/{_local_name(xml)} has the attribute {attribute.rpartition('}')[2][:40]} "
            f"({(xml.get(attribute) or '')[:60]!r}), which is not in the tables and was left out.",
            remedy, Severity.WARNING,
        )  # fmt: skip

    def unread_text(self, xml: XML, parent: XML, name: str, draft: BlockDraft) -> None:
        """Text in a node that has none."""
        self._add(
            "READ-UNKNOWN", name, draft,
            f"{_local_name(parent)}/{_local_name(xml)} has the text {(xml.text or '').strip()[:60]!r}, "
            "where none belongs; it was left out.",
            "Send it in the attribute or node that the implementation guide names.", Severity.WARNING,
        )  # fmt: skip

    def empty(self, name: str, draft: BlockDraft) -> None:
        """An attribute that is there and says nothing."""
        self._add(READ_EMPTY, name, draft, "It is sent empty and was left out.",
                  "Leave it out, or give a nullFlavor that is allowed here.", Severity.WARNING)  # fmt: skip

    def repeated(self, name: str, value: Value, draft: BlockDraft, *, joined: bool) -> None:
        """A second value for an element that has one."""
        handling = "was joined to the first by a line break" if joined else "was left out"
        severity = Severity.WARNING if joined else Severity.ERROR
        sentence = f"It is given more than once; {str(value)[:60]!r} {handling}."
        self._add("READ-REPEATED", name, draft, sentence, "Give it once, or repeat its block.", severity)

    def value_and_null(self, name: str, flavor: str, draft: BlockDraft) -> None:
        """A value and a nullFlavor in one node."""
        sentence = f"A value and the nullFlavor {flavor[:20]} stand together; the value was kept."
        self._add("READ-BOTH", name, draft, sentence, "Send the value or the nullFlavor.")

    def dangling(self, name: str, kind: str, reference: str, draft: BlockDraft) -> None:
        """A local id that no block has."""
        sentence = f"It names the {BLOCK[kind].noun} {reference[:60]!r}, which the message does not have."
        self._add("READ-REFERENCE", name, draft, sentence, "Give the id of a block of this message.")

    def _add(
        self, rule: str, element: str, draft: BlockDraft, sentence: str, remedy: str,
        severity: Severity = Severity.ERROR,
    ) -> None:  # fmt: skip
        if self.has_room:
            violation = Violation(rule, element, draft.place, sentence, remedy, severity, Level.READING)
            self.violations.append(violation)


def _local_name(xml: XML) -> str:
    return xml.tag.rpartition("}")[2][:80]


def _is_empty(xml: XML) -> bool:
    """An empty node whose attributes are only those that every such node has."""
    return not len(xml) and not (xml.text or "").strip() and _STRUCTURAL.issuperset(xml.keys())
