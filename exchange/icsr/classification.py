"""The standing class of a case: as a test result in text (F.r), and in the sender's comments (H.4).

RegiSCAR says how sure it is that this is DRESS, not which drug did it: it never stands in G.k.9.
"""

from dataclasses import dataclass

from assessments.models import Origin
from cases.models import Case, ReportedScore
from cases.record.case_record import CaseRecord
from e2b import Block, Null, text_of
from exchange.icsr.comment_tags import add_tags, split_tags
from scoring.instruments import PRIMARY, primary
from values.dates import PartialDate

NAME = "RegiSCAR score (DRESS validation score)"
SENDER = "Sender of the received message"
_LABEL = "classification"


@dataclass(frozen=True, slots=True)
class Classification:
    """The class that lists, filters and exports use, with where it comes from."""

    category: str
    total: int | None
    origin: str
    source: str
    computed: int | None
    low: int | None
    high: int | None
    rules: str
    provisional: bool
    badge: str
    is_open: bool
    row: Case

    @classmethod
    def of(cls, record: CaseRecord) -> "Classification | None":
        """From the standing of a case; None unless it is current."""
        standing = record.standing
        if standing is None or not standing.is_current:
            return None
        reported = _reported(record) if standing.origin == Origin.REPORTED else None
        return cls(
            standing.category,
            standing.total,
            standing.origin,
            reported.source if reported else "",
            standing.computed_total,
            standing.low,
            standing.high,
            standing.rule_version,
            standing.provisional,
            standing.badge.words,
            standing.badge.is_open,
            record.case,
        )

    @property
    def words(self) -> str:
        """One sentence for people."""
        total = "" if self.total is None else f", total {self.total}"
        by = f" by {self.source}" if self.source else ""
        provisional = ". Provisional: the course is not yet known" if self.provisional else ""
        diagnosis = f"DRESS {self.badge}" if self.is_open else primary().category(self.category).diagnosis
        return (
            f"{diagnosis[:1].upper()}{diagnosis[1:]} ({primary().title}{total}); origin: {self.origin}{by}. "
            f"Computed from the evidence: {self.computed}, attainable {self.low} to {self.high}; rules "
            f"{self.rules}{provisional}."
        )

    @property
    def block(self) -> Block:
        """As a test with a result in text."""
        as_of = self.row.latest_information
        tags = {
            _LABEL: self.category,
            "total": "" if self.total is None else str(self.total),
            "origin": self.origin,
            "source": self.source,
        }
        return Block(
            "F.r",
            {
                "F.r.1": PartialDate.of(as_of) if as_of else Null("UNK"),
                "F.r.2.1": NAME,
                "F.r.3.4": self.words,
                "F.r.6": add_tags("", tags),
            },
        )


def _reported(record: CaseRecord) -> ReportedScore | None:
    """What was reported by the instrument that leaves with the case."""
    return next((row for row in record.all(ReportedScore) if row.instrument == PRIMARY), None)


def reported_score(block: Block) -> ReportedScore | None:
    """The score in a test with our tags, as reported by the sender; None for any other test."""
    _, tags = split_tags(text_of(block["F.r.6"]))
    if tags.get(_LABEL) not in primary().ranks:
        return None
    total = tags.get("total", "")
    by = tags.get("origin", "")
    return ReportedScore(
        total=int(total) if total.lstrip("-").isascii() and total.lstrip("-").isdigit() else None,
        category=tags[_LABEL],
        source=tags.get("source") or f"{SENDER}{f' ({by})' if by else ''}",
    )
