"""Box 7 of CIOMS Form I: reactions, findings, tests, treatment, judgement and narrative."""

from collections.abc import Iterator, Mapping
from typing import Any

from cases.models import (
    AutopsyCauseOfDeath,
    CaseRow,
    CausalityAssessment,
    DifferentialDiagnosis,
    Examination,
    LymphNodeExamination,
    LymphNodeSite,
    Narrative,
    OrganInvolvement,
    Patient,
    Phase,
    Reaction,
    ReportedCauseOfDeath,
    SkinExamination,
    Symptom,
    Temperature,
    Treatment,
)
from cases.models.reaction import SERIOUSNESS
from cases.record.case_record import CaseRecord
from exchange.cioms.wording import beside, dated, headed, joined, named, numbered, result_words, with_unit
from values.moments import Moment
from values.numbers import plain_number


class Description:
    """What happened to the patient, in lines. `events` names the events that relative times count from."""

    def __init__(self, record: CaseRecord, events: Mapping[str, str]) -> None:
        self.record, self.events = record, events

    def lines(self) -> Iterator[str]:
        """The lines of the box, in the order in which a reader asks for them."""
        yield from numbered(self.record.all(Reaction), self._reaction)
        yield from headed("Findings", self._findings())
        yield from headed("Tests", map(self.test, self._of_reaction(Examination)))
        yield from headed("Other explanations", map(str, self.record.all(DifferentialDiagnosis)))
        yield from headed("Treatment of the reaction", map(self._treatment, self.record.all(Treatment)))
        yield from headed("Death", self._death())
        yield from headed("Judgement", map(self._judgement, self.record.all(CausalityAssessment)))
        yield from headed("DRESS (RegiSCAR)", self._score())
        narrative = self.record.single(Narrative) or Narrative()
        yield from headed("Narrative", [narrative.case_narrative])
        yield from headed("Reporter's comments", [narrative.reporter_comments])
        yield from headed("Sender's comments", [narrative.sender_comments])

    def _reaction(self, reaction: Reaction) -> str:
        code = f"MedDRA {reaction.meddra_version} {reaction.meddra_code}" if reaction.meddra_code else ""
        serious = [
            words
            for key, words, _ in SERIOUSNESS
            if getattr(reaction, f"reporter_{key}") or getattr(reaction, f"company_{key}")
        ]
        return joined(
            beside(beside(reaction.term or reaction.translation, reaction.translation), code),
            self._when("onset", reaction.onset),
            self._when("end", reaction.end),
            named("duration", with_unit(reaction.duration, reaction.duration_unit)),
            named("outcome", reaction.get_outcome_display() if reaction.outcome else ""),
            self._when("relapse", reaction.relapse),
            named("sequelae", reaction.sequelae),
            named("serious", ", ".join(serious)),
        )

    def _findings(self) -> Iterator[str]:
        for temperature in self._of_reaction(Temperature):
            is_measured = temperature.celsius is not None
            result = str(temperature) if is_measured else f"Fever: {result_words(temperature)}"
            yield joined(result, self._when("", temperature.when))
        for skin in self._of_reaction(SkinExamination):
            yield joined(f"Skin: {skin}", *_features(skin), self._when("", skin.when))
        for nodes in self._of_reaction(LymphNodeExamination):
            sites = ", ".join(map(str, self.record.below(LymphNodeSite, "examination", nodes)))
            result = result_words(nodes, "enlarged", "not enlarged")
            yield joined(f"Lymph nodes: {result}", sites, self._when("", nodes.when))
        for organ in self._of_reaction(OrganInvolvement):
            yield joined(
                f"{organ.get_organ_display()}: {result_words(organ)}", organ.basis, self._when("", organ.when)
            )
        for sign in self._of_reaction(Symptom):
            yield joined(f"{sign.term}: {result_words(sign)}", self._when("", sign.when))

    def _of_reaction(self, model: type[CaseRow]) -> list[Any]:
        """Findings and tests of the reaction and after it; the background belongs to the history."""
        return [row for row in self.record.all(model) if row.phase != Phase.BACKGROUND]  # type: ignore[attr-defined]

    def test(self, test: Examination) -> str:
        """A test with its result, normal range, time and comment."""
        limits = [
            "" if limit is None else plain_number(limit) for limit in (test.lower_limit, test.upper_limit)
        ]
        normal = f"normal {limits[0]} to {limits[1]}" if any(limits) else ""
        words = test.text
        result = test.result_text
        if test.value is None:
            result, words = test.text or result_words(test, "positive", "negative"), ""
        return joined(
            f"{test.name or test.meddra_code}: {result}",
            words,
            normal,
            self._when("", test.when),
            test.comment,
        )

    def _treatment(self, treatment: Treatment) -> str:
        return joined(
            treatment.name,
            with_unit(treatment.amount, treatment.unit),
            treatment.route,
            self._when("from", treatment.start),
            self._when("to", treatment.end),
            treatment.get_response_display() if treatment.response else "",
            treatment.comments,
        )

    def _death(self) -> Iterator[str]:
        patient = self.record.single(Patient)
        yield self._when("died", patient.death_date if patient else None)
        for cause in self.record.all(ReportedCauseOfDeath):
            yield beside(f"reported cause: {cause.text}", cause.meddra_code)
        for autopsy in self.record.all(AutopsyCauseOfDeath):
            yield beside(f"cause by autopsy: {autopsy.text}", autopsy.meddra_code)

    def _judgement(self, assessment: CausalityAssessment) -> str:
        return joined(str(assessment.pair), assessment.source, assessment.method, assessment.result)

    def _score(self) -> Iterator[str]:
        standing = self.record.standing
        if standing is not None and standing.is_current:
            yield f"{standing.badge}; totals from {standing.low} to {standing.high} are attainable"

    def _when(self, what: str, moment: Moment | None) -> str:
        return dated(what, moment, self.events)


def _features(skin: SkinExamination) -> Iterator[str]:
    if skin.extent_percent is not None:
        yield f"{plain_number(skin.extent_percent)} % of body surface"
    if skin.extent:
        yield skin.get_extent_display()
    yield skin.distribution
    for name in ("facial_oedema", "infiltration", "purpura_beyond_legs", "scaling", "itch"):
        answer = getattr(skin, name)
        if answer is not None:
            yield f"{'' if answer else 'no '}{name.replace('_', ' ')}"
