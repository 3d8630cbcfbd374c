"""All that the page of one case shows, read in a fixed number of queries."""

from dataclasses import dataclass
from functools import cached_property

from accounts.models import User
from assessments.evidence import Evidence, evidence_of
from assessments.facts.not_counted import NotCounted
from assessments.models import Assessment, ReviewerAnswer
from assessments.row_uses import row_uses, without_parts
from assessments.scorecards import ScoreCard, all_scorecards, answer_log
from cases.documents.reading import with_files
from cases.event_names import name_events
from cases.models import (
    Case,
    CaseEvent,
    CaseRow,
    CausalityAssessment,
    Document,
    LinkedCase,
    LiteratureReference,
    Narrative,
    ViralTest,
)
from cases.record.case_record import SOURCES, CaseRecord
from cases.record.read_cases import read_cases
from cases.visibility import visible_to
from scoring.adjudication import item_digest
from scoring.instruments import PRIMARY, primary
from web.case_page.items import latest_by_item

HISTORY_SHOWN = 50
# The tables of a case that the page shows. Documents, publications and links are read with what they name.
TABLES_SHOWN: tuple[type[CaseRow], ...] = (*SOURCES, CausalityAssessment, ViralTest)


@dataclass
class Sheet:
    """The record of a case beside its scores.

    The card is read before the evidence: should somebody change a value in between, the digests
    are older than what is shown, and an answer to it is refused rather than wrongly accepted.
    """

    record: CaseRecord
    card: ScoreCard
    other_cards: list[ScoreCard]  # by other instruments
    evidence: dict[str, Evidence]
    not_counted: list[NotCounted]
    log: list[ReviewerAnswer]
    literature: list[LiteratureReference]
    documents: list[Document]
    narrative: Narrative | None
    links: list[LinkedCase]
    reachable: set[int]
    assessments: list[Assessment]
    events: list[CaseEvent]

    @property
    def case(self) -> Case:
        return self.record.case

    @cached_property
    def answers(self) -> dict[str, ReviewerAnswer]:
        """The answer that counts for each item."""
        return latest_by_item([row for row in self.log if row.instrument == self.card.instrument.key])

    @cached_property
    def digests(self) -> dict[str, str]:
        """What a reviewer of each item is looking at."""
        rules = self.card.instrument.rules
        facts = self.card.facts
        return {row.key: item_digest(rules, facts, row.key) for row in rules.TABLE} if facts else {}

    @cached_property
    def event_names(self) -> dict[str, str]:
        """What other things of the case are dated by, from the rows that were read already."""
        return name_events(self.record.anchor_rows)

    @cached_property
    def by_uuid(self) -> dict[str, CaseRow]:
        return {str(row.uuid): row for row in self.record}


def sheet_of(case: Case, user: User) -> Sheet:
    """Read the page of a case for one who may see it."""
    cards = all_scorecards([case])[case.pk]
    record = read_cases([case.pk], TABLES_SHOWN, rows_only=True)[case.pk]
    record.case = case
    return Sheet(
        record=record,
        card=next(card for card in cards if card.instrument.key == PRIMARY),
        other_cards=[card for card in cards if card.instrument.key != PRIMARY],
        evidence=evidence_of(record),
        not_counted=without_parts(row_uses(record, primary().rules).not_counted),
        log=answer_log(case),
        literature=list(with_files(case.literature.order_by("id"))),
        documents=list(with_files(case.documents.order_by("id"))),
        narrative=record.single(Narrative),
        links=list(case.linked_cases.select_related("other__summary").order_by("number")),
        reachable=set(visible_to(user).filter(linked_from__case=case).values_list("pk", flat=True)),
        assessments=list(case.assessments.defer("facts", "answers", "result")[:HISTORY_SHOWN]),
        events=list(CaseEvent.objects.filter(case_id=case.pk)[:HISTORY_SHOWN]),
    )
