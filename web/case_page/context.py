"""What the templates of the case page are given."""

from typing import Any

from accounts.models import User
from accounts.roles import Permission
from assessments.display.standing import standing
from assessments.display.words import interval, number
from cases.joining import master_for
from cases.models import (
    CaseState,
    DifferentialDiagnosis,
    Dose,
    Exposure,
    Indication,
    Patient,
    Treatment,
)
from cases.visibility import can_adjudicate, can_amend, sees_identities
from scoring.instruments import primary
from web.case_page.audit import audit_view
from web.case_page.case_data import Sheet
from web.case_page.documents import documents_view
from web.case_page.drugs import drugs_view
from web.case_page.evidence import evidence_view
from web.case_page.forms import AnswerForm
from web.case_page.history import answer_line, assessment_line, event_line
from web.case_page.items import BASIS_MEANINGS, item_rows, reviewer_name
from web.case_page.not_counted import not_counted_view
from web.case_page.other_scores import other_scores
from web.case_page.regional import regional_view
from web.case_page.settle import settle_view
from web.case_page.survivor import survivor_of
from web.case_page.timeline.picture import timeline_view


def case_context(sheet: Sheet, user: User, refused: AnswerForm | None = None) -> dict[str, Any]:
    """The page as plain data. Where the score is not current, nothing that came out of it."""
    context = {
        "case": sheet.case,
        "is_nullified": sheet.case.state == CaseState.NULLIFIED,
        "survivor": survivor_of(sheet.case, user),
        "pseudonym": sheet.card.summary.pseudonym,
        "patient": sheet.record.single(Patient),
        "master": master_for(user, sheet.case) if sees_identities(user) else None,
        "suspects": [exposure.name for exposure in sheet.card.suspects],
        "links": [{"row": link, "is_open": link.other_id in sheet.reachable} for link in sheet.links],
        "other_scores": other_scores(sheet.other_cards),
        "standing": standing(sheet.card, _reviewers(sheet)),
        "may_amend": can_amend(user, sheet.case),
        "may_rescore": user.may(Permission.RESCORE),
        "phases": evidence_view(sheet.evidence, sheet.by_uuid),
        "diagnoses": sheet.record.all(DifferentialDiagnosis),
        "literature": sheet.literature,
        "documents": documents_view(sheet.documents, sheet.event_names),
        "narrative": sheet.narrative,
        "log": [answer_line(answer, _label) for answer in sheet.log],
        "assessments": [assessment_line(row) for row in sheet.assessments],
        "events": [event_line(event) for event in sheet.events],
        "drugs": _drugs(sheet),
        "regional": regional_view(sheet.record) if sees_identities(user) else [],
        "timeline": timeline_view(
            sheet.record,
            sheet.event_names,
            shows_dates=sees_identities(user),
        ),
    }
    return {**context, **_scored(sheet, user, refused)} if context["standing"] else context


def _scored(sheet: Sheet, user: User, refused: AnswerForm | None) -> dict[str, Any]:
    card = sheet.card
    items = item_rows(card, sheet.evidence, sheet.answers, sheet.digests)
    may_answer = can_adjudicate(user, sheet.case) and sheet.case.state != CaseState.NULLIFIED
    forms = answer_forms(sheet, refused) if may_answer else {}
    return {
        "items": [{**item, "form": forms.get(item["key"])} for item in items],
        "bases": BASIS_MEANINGS,
        "total": number(card.shown_result.total),
        "reach": interval(card.shown_result.low, card.shown_result.high),
        "due": [item for item in items if item["due"]],
        "audit": audit_view(card),
        "settle": settle_view(card),
        "number_not_counted": len(sheet.not_counted),
        "not_counted": not_counted_view(sheet.not_counted, in_words=sees_identities(user)),
    }


def answer_forms(sheet: Sheet, refused: AnswerForm | None) -> dict[str, AnswerForm]:
    """A form for each item; the one that was refused as it was typed, over the evidence as it is now."""
    forms = {
        row.key: AnswerForm(row, sheet.digests[row.key], is_answered=row.key in sheet.answers)
        for row in sheet.card.instrument.items
    }
    if refused is not None:
        refused.seen = sheet.digests[refused.item_key]
        forms[refused.item_key] = refused
    return forms


def _reviewers(sheet: Sheet) -> list[str]:
    """Who gave the answers that hold, each once."""
    held = [a for a in sheet.answers.values() if a.evidence_digest == sheet.digests.get(a.key)]
    return list(dict.fromkeys(map(reviewer_name, held)))


def _label(key: str) -> str:
    labels = {row.key: row.label for row in primary().items}
    return labels.get(key, key)


def _drugs(sheet: Sheet) -> dict[str, Any]:
    presences = sheet.card.presences if sheet.card.is_current else []
    record = sheet.record
    return drugs_view(
        record.all(Exposure),
        record.all(Dose),
        presences,
        record.all(Treatment),
        record.all(Indication),
    )
