"""The standing class of a case: as a test result in text (F.r), and in the sender's comments (H.4).

RegiSCAR says how sure it is that this is DRESS, not which drug did it: it never stands in G.k.9.
"""

from dataclasses import dataclass

from cases.models import Case, CaseScore, Origin, ReportedScore
from cases.record.case_record import CaseRecord
from e2b import Block, Null, text_of
from exchange.icsr.comment_tags import add_tags, split_tags
from scoring.result import Category
from values.dates import PartialDate

NAME = "RegiSCAR score (DRESS validation score)"
SENDER = "Sender of the received message"
CLASSES = {
    Category.NO_CASE.value: "no case of DRESS",
    Category.POSSIBLE.value: "possible DRESS",
    Category.PROBABLE.value: "probable DRESS",
    Category.DEFINITE.value: "definite DRESS",
}
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
    row: Case

    @classmethod
    def of(cls, record: CaseRecord) -> "Classification | None":
        """From the score row of a case; None unless it is current."""
        score: CaseScore | None = record.score
        if score is None or not score.is_current or not score.standing_category:
            return None
        reported = record.single(ReportedScore) if score.standing_origin == Origin.REPORTED else None
        return cls(
            score.standing_category,
            score.standing_total,
            score.standing_origin,
            reported.source if reported else "",
            score.computed_total,
            score.low,
            score.high,
            score.rule_version,
            score.provisional,
            record.case,
        )

    @property
    def words(self) -> str:
        """One sentence for people."""
        total = "" if self.total is None else f", total {self.total}"
        by = f" by {self.source}" if self.source else ""
        provisional = ". Provisional: the course is not yet known" if self.provisional else ""
        return (
            f"{CLASSES[self.category].capitalize()} (RegiSCAR{total}); origin: {self.origin}{by}. Computed "
            f"from the evidence: {self.computed}, attainable {self.low} to {self.high}; rules {self.rules}"
            f"{provisional}."
        ).replace("dress", "DRESS")

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


def reported_score(block: Block) -> ReportedScore | None:
    """The score in a test with our tags, as reported by the sender; None for any other test."""
    _, tags = split_tags(text_of(block["F.r.6"]))
    if tags.get(_LABEL) not in CLASSES:
        return None
    total = tags.get("total", "")
    by = tags.get("origin", "")
    return ReportedScore(
        total=int(total) if total.lstrip("-").isascii() and total.lstrip("-").isdigit() else None,
        category=tags[_LABEL],
        source=tags.get("source") or f"{SENDER}{f' ({by})' if by else ''}",
    )
