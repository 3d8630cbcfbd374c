"""Terms of reactions and symptoms as signs, and other diagnoses: evidence in the words of the report.

Only a whole term counts, by `vocabulary.signs`, and only within the episode. History, indications and earlier
drugs are never evidence.
"""

from collections.abc import Iterator

from assessments.facts.course import latest
from assessments.facts.not_counted import NotCounted
from cases.models import DifferentialDiagnosis, Reaction, Symptom
from cases.models.reaction import DiagnosisStatus
from cases.record.case_record import CaseRecord
from cases.record.case_timeline import CaseTimeline
from scoring import facts
from scoring.facts import ResultKind
from values.spans import UNKNOWN_SPAN, Span
from vocabulary.signs import Evidence, read_sign
from vocabulary.signs import Sign as KnownSign

# Items that a sign can speak to; others of the vocabulary belong to no item (blood, severity, diagnosis).
ITEMS = frozenset({
    "fever", "nodes", "eosinophilia", "atypical", "extent", "suggesting", "biopsy", "organs", "resolution",
    "other_causes",
})  # fmt: skip
ENTER_AS_FINDING = (
    "If it describes fever, skin, lymph nodes or an organ, enter that under Findings or Laboratory as well."
)
CHOOSE_PHASE = "If it belongs to the reaction, correct its dates or mark it as part of the assessed reaction."


def sign_facts(record: CaseRecord, timeline: CaseTimeline) -> Iterator[facts.Sign | NotCounted]:
    """The signs that symptoms and reaction terms stand for, one for each item that a term speaks to."""
    for symptom in record.of_reaction(Symptom):
        yield from _of_symptom(symptom, timeline.days_to(symptom.anchor))
    episode = _episode_end(timeline)
    assessed = {reaction.uuid for reaction in timeline.reactions}
    for reaction in record.all(Reaction):
        if reaction.uuid in assessed:
            yield from _of_assessed(reaction, timeline)
        elif outside := _outside(reaction, timeline, episode):
            yield NotCounted(reaction, f"“{reaction.term}” {outside}.", CHOOSE_PHASE)
        else:
            yield from _of_term(reaction, _terms(reaction), timeline.days_to(reaction.anchor))


def diagnosis_facts(record: CaseRecord) -> Iterator[facts.Diagnosis | NotCounted]:
    """Confirmed other diagnoses of this reaction; one that is considered explains nothing yet."""
    for row in record.all(DifferentialDiagnosis):
        if row.of_background:
            yield NotCounted(
                row,
                f"“{row.diagnosis}” is about the underlying disease.",
                "If it is about this reaction, clear “of background” under Differential diagnoses.",
                is_set_aside=True,
            )
        elif row.status != DiagnosisStatus.CONFIRMED:
            yield NotCounted(
                row,
                f"“{row.diagnosis}” is {row.get_status_display().lower()}: it answers no item.",
                "If it was confirmed, choose Confirmed under Differential diagnoses, Status.",
                is_set_aside=True,
            )
        else:
            yield facts.Diagnosis(id=str(row.uuid), name=row.diagnosis)


def _of_symptom(row: Symptom, day: Span) -> Iterator[facts.Sign | NotCounted]:
    kind = ResultKind(row.result)
    if kind in (ResultKind.NOT_DONE, ResultKind.NOT_STATED):
        yield NotCounted(row, f"“{row.term}”: {row.get_result_display().lower()}.", "")
        return
    if kind is not ResultKind.NEGATIVE:
        yield from _of_term(row, (row.term,), day)
        return
    signs = [sign for sign in read_sign(row.term) if sign.evidence is Evidence.REPORTED]
    yield from _facts_of(row, row.term, [sign._replace(evidence=Evidence.DENIED) for sign in signs], day)
    if not any(sign.item in ITEMS for sign in signs):
        yield NotCounted(row, f"“{row.term}” is denied: that answers no item.")


def _of_assessed(row: Reaction, timeline: CaseTimeline) -> Iterator[facts.Sign]:
    """The assessed reaction is read for its course; its term may be a sign too ("Facial oedema")."""
    for term in _terms(row):
        yield from _facts_of(row, term, read_sign(term), timeline.days_to(row.anchor))


def _of_term(row: Reaction | Symptom, terms: tuple[str, ...], day: Span) -> Iterator[facts.Sign | NotCounted]:
    term, signs = _first_read(terms)
    made = list(_facts_of(row, term, signs, day))
    yield from made
    if not made:
        yield NotCounted(row, _why_not(terms[0], signs), "" if signs else ENTER_AS_FINDING)


def _first_read(terms: tuple[str, ...]) -> tuple[str, tuple[KnownSign, ...]]:
    """The first of the terms that the vocabulary has, with its signs."""
    for term in terms:
        if signs := read_sign(term):
            return term, signs
    return terms[0], ()


def _why_not(term: str, signs: tuple[KnownSign, ...]) -> str:
    if not signs:
        return f"“{term}” is no sign that the score reads."
    notes = " ".join(dict.fromkeys(sign.note for sign in signs if sign.note))
    return f"“{term}” answers no item. {notes}".strip()


def _facts_of(
    row: Reaction | Symptom, term: str, signs: list[KnownSign] | tuple[KnownSign, ...], day: Span
) -> Iterator[facts.Sign]:
    for sign in signs:
        if sign.item in ITEMS and sign.evidence is not Evidence.NEVER:
            yield facts.Sign(
                id=str(row.uuid),
                term=term,
                item=sign.item,
                evidence=sign.evidence,
                organ=sign.organ if sign.item == "organs" else "",
                field=sign.field,
                day=day,
            )


def _terms(row: Reaction) -> tuple[str, ...]:
    return (row.term, row.translation) if row.translation else (row.term,)


def _episode_end(timeline: CaseTimeline) -> Span:
    return latest([timeline.days_to(f"{reaction.anchor}.end") for reaction in timeline.reactions])


def _outside(row: Reaction, timeline: CaseTimeline, episode_end: Span) -> str:
    """Why a reaction surely isn't of the episode; empty where it may be."""
    end, onset = timeline.days_to(f"{row.anchor}.end"), timeline.days_to(row.anchor)
    if end != UNKNOWN_SPAN and end.high is not None and end.high < 0:
        return "ended before the reaction began"
    if None not in (onset.low, episode_end.high) and onset.low > episode_end.high:  # type: ignore[operator]
        return "began after the reaction was over"
    return ""
