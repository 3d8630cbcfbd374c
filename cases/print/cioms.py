"""CIOMS Form I of a case: what stands in which box. The form itself is cioms.typ.

Source of the boxes and their rules: CIOMS Form I and its later print with boxes for congenital anomaly and
other medically important conditions; ICH E2B(R3) element ids beside each.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from cases.icsr.whole import WholeCase
from cases.models import (
    AutopsyCauseOfDeath,
    Case,
    CaseRow,
    CaseState,
    CausalityAssessment,
    DifferentialDiagnosis,
    Dose,
    DrugReaction,
    Examination,
    Exposure,
    Indication,
    LiteratureReference,
    LymphNodeExamination,
    LymphNodeSite,
    MedicalHistory,
    Narrative,
    OrganInvolvement,
    Parent,
    PastDrug,
    Patient,
    Phase,
    Reaction,
    ReportedCauseOfDeath,
    Reporter,
    Sender,
    SkinExamination,
    Study,
    Symptom,
    Temperature,
    Treatment,
)
from cases.models.exposure import Action, Recurrence, Role
from cases.models.reaction import SERIOUSNESS, Outcome
from cases.print.typesetting import Print, set_in_type
from cases.queries.event_names import DatingRows, names_of
from values.dates import Precision
from values.moments import Moment
from values.numbers import plain
from values.told import tell

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Boxes 8 to 12, the words of the form.
SERIOUS_WORDS = (
    ("death", "Patient died"),
    ("hospitalisation", "Involved or prolonged inpatient hospitalisation"),
    ("disabling", "Involved persistence or significant disability or incapacity"),
    ("life_threatening", "Life threatening"),
    ("congenital_anomaly", "Congenital anomaly"),
    ("medically_important", "Other medically important condition"),
)
SUSPECT = (Role.SUSPECT, Role.INTERACTING, Role.NOT_ADMINISTERED)
# Box 20, by what was done (G.k.8) and how it ended (E.i.7); all else is not known.
STOPPED = (Action.WITHDRAWN, Action.REDUCED)
NOT_STOPPED = (Action.INCREASED, Action.NOT_CHANGED, Action.NOT_APPLICABLE)
BETTER = (Outcome.RECOVERED, Outcome.RECOVERING, Outcome.SEQUELAE)
NOT_BETTER = (Outcome.NOT_RECOVERED, Outcome.FATAL)
# Box 21, by G.k.9.i.4.
REAPPEARED = {Recurrence.RECURRED: "yes", Recurrence.DID_NOT_RECUR: "no", Recurrence.NO_RECHALLENGE: "na"}
ANSWERS = {"yes": "yes", "no": "no", "na": "NA", "": "not known"}
HEALTH_PROFESSIONALS = ("1", "2", "3")
ABSENT = {"MSK": "privacy", "UNK": "unknown", "ASKU": "unknown", "NASK": "not asked"}
TYPE_OF_STUDY = "2"


def cioms(whole: WholeCase, *, today: date | None = None) -> Print:
    """The form of one case as PDF."""
    return set_in_type("cioms.typ", Form(whole).boxes(today or date.today()))


def file_name(case: Case) -> str:
    """What the form of a case is called as a file: its number, with nothing that means a path."""
    return f"CIOMS-{re.sub(r'[^A-Za-z0-9._-]+', '_', case.number)}.pdf"


class Form:
    """The boxes of one case, as text."""

    def __init__(self, whole: WholeCase) -> None:
        self.whole = whole
        self.events = names_of(
            DatingRows(whole.all(Reaction), whole.all(Dose), whole.all(Treatment), whole.all(MedicalHistory))
        )
        self.patient = whole.one(Patient) or Patient()
        self.reactions = whole.all(Reaction)
        self.assessed = [one for one in self.reactions if one.is_assessed] or self.reactions
        self.suspects = [one for one in whole.all(Exposure) if one.role in SUSPECT]

    def boxes(self, today: date) -> dict[str, Any]:
        case, suspects = self.whole.case, self.suspects
        return {
            "control": case.safety_report_id or case.number,
            "author": self._sender_name(),
            "draft": "NULLIFIED" if case.state == CaseState.NULLIFIED else "",
            "initials": self.patient.initials or ABSENT.get(self.patient.null_flavors.get("D.1", ""), ""),
            "country": self._country(),
            "birth": self._day(self.patient.birth_date),
            "age": self._age(),
            "sex": self.patient.get_sex_display() if self.patient.sex else "",
            "onset": self._day(self.assessed[0].onset if self.assessed else None),
            "serious": self._serious(),
            "serious_words": SERIOUS_WORDS,
            "describe": _lines(self._describe()),
            "drugs": self._per_drug(suspects, self._drug),
            "doses": self._per_drug(suspects, lambda drug: self._doses(drug, self._amount)),
            "routes": self._per_drug(
                suspects, lambda drug: self._doses(drug, lambda dose: dose.route or dose.route_code)
            ),
            "indications": self._per_drug(suspects, self._indications),
            "dates": self._per_drug(suspects, lambda drug: self._doses(drug, self._dates)),
            "duration": self._per_drug(
                suspects,
                lambda drug: self._doses(drug, lambda dose: _with_unit(dose.duration, dose.duration_unit)),
            ),
            "abated": self._answered(self._abated),
            "reappeared": self._answered(self._reappeared),
            "concomitants": _lines(self._concomitants()),
            "history": _lines(self._history()),
            "manufacturer": self._manufacturer(),
            "received": str(case.latest_information or case.first_received or ""),
            "source": self._source(),
            "reporter": _lines(self._reporters()),
            "report_date": str(today),
            "followup": self._is_followup(),
        }

    # I. The reaction

    def _country(self) -> str:
        primary = sorted(self.whole.all(Reporter), key=lambda one: not one.is_primary)
        told = [*(one.country for one in self.assessed), *(one.country for one in primary)]
        return next(filter(None, told), "")

    def _age(self) -> str:
        patient = self.patient
        if patient.age is None:
            return patient.get_age_group_display() if patient.age_group else ""
        return f"{plain(patient.age)} {patient.get_age_unit_display()}"

    def _serious(self) -> dict[str, bool]:
        found = {
            key: any(
                getattr(one, f"{judge}_{key}") is True
                for one in self.reactions
                for judge in ("reporter", "company")
            )
            for key, _, _ in SERIOUSNESS
        }
        found["death"] |= self.patient.death_date is not None
        return found

    def _describe(self) -> Iterable[str]:
        yield from self._numbered(self.reactions, self._reaction)
        yield from self._headed("Findings", self._findings())
        yield from self._headed("Tests", (self._test(one) for one in self._of_reaction(Examination)))
        yield from self._headed("Other explanations", map(str, self.whole.all(DifferentialDiagnosis)))
        yield from self._headed("Treatment of the reaction", map(self._treatment, self.whole.all(Treatment)))
        yield from self._headed("Death", self._death())
        yield from self._headed("Judgement", map(self._judgement, self.whole.all(CausalityAssessment)))
        yield from self._headed("DRESS (RegiSCAR)", self._score())
        told = self.whole.one(Narrative) or Narrative()
        yield from self._headed("Narrative", [told.case_narrative])
        yield from self._headed("Reporter's comments", [told.reporter_comments])
        yield from self._headed("Sender's comments", [told.sender_comments])

    def _reaction(self, reaction: Reaction) -> str:
        code = f"MedDRA {reaction.meddra_version} {reaction.meddra_code}" if reaction.meddra_code else ""
        serious = [
            words
            for key, words, _ in SERIOUSNESS
            if getattr(reaction, f"reporter_{key}") or getattr(reaction, f"company_{key}")
        ]
        return _told(
            _beside(_beside(reaction.term or reaction.translation, reaction.translation), code),
            self._when("onset", reaction.onset),
            self._when("end", reaction.end),
            _named("duration", _with_unit(reaction.duration, reaction.duration_unit)),
            _named("outcome", reaction.get_outcome_display() if reaction.outcome else ""),
            self._when("relapse", reaction.relapse),
            _named("sequelae", reaction.sequelae),
            _named("serious", ", ".join(serious)),
        )

    def _findings(self) -> Iterable[str]:
        for one in self._of_reaction(Temperature):
            said = str(one) if one.celsius is not None else f"Fever: {_found(one)}"
            yield _told(said, self._when("", one.when))
        for skin in self._of_reaction(SkinExamination):
            yield _told(f"Skin: {skin}", *_features(skin), self._when("", skin.when))
        for nodes in self._of_reaction(LymphNodeExamination):
            sites = ", ".join(map(str, self.whole.below(LymphNodeSite, "examination", nodes)))
            yield _told(
                f"Lymph nodes: {_found(nodes, 'enlarged', 'not enlarged')}", sites, self._when("", nodes.when)
            )
        for organ in self._of_reaction(OrganInvolvement):
            yield _told(
                f"{organ.get_organ_display()}: {_found(organ)}", organ.basis, self._when("", organ.when)
            )
        for sign in self._of_reaction(Symptom):
            yield _told(f"{sign.term}: {_found(sign)}", self._when("", sign.when))

    def _of_reaction(self, model: type[CaseRow]) -> list[Any]:
        """Findings and tests of the reaction and after it; the background belongs to the history."""
        return [row for row in self.whole.all(model) if row.phase != Phase.BACKGROUND]  # type: ignore[attr-defined]

    def _test(self, test: Examination) -> str:
        limits = [plain(one) if one is not None else "" for one in (test.lower_limit, test.upper_limit)]
        normal = f"normal {limits[0]} to {limits[1]}" if any(limits) else ""
        words = test.text if test.value is not None else ""
        said = (
            test.result_text if test.value is not None else test.text or _found(test, "positive", "negative")
        )
        return _told(
            f"{test.name or test.meddra_code}: {said}", words, normal, self._when("", test.when), test.comment
        )

    def _treatment(self, treatment: Treatment) -> str:
        return _told(
            treatment.name,
            _with_unit(treatment.amount, treatment.unit),
            treatment.route,
            self._when("from", treatment.start),
            self._when("to", treatment.end),
            treatment.get_response_display() if treatment.response else "",
            treatment.comments,
        )

    def _death(self) -> Iterable[str]:
        yield self._when("died", self.patient.death_date)
        for cause in self.whole.all(ReportedCauseOfDeath):
            yield _beside(f"reported cause: {cause.text}", cause.meddra_code)
        for cause in self.whole.all(AutopsyCauseOfDeath):
            yield _beside(f"cause by autopsy: {cause.text}", cause.meddra_code)

    def _judgement(self, judged: CausalityAssessment) -> str:
        return _told(str(judged.pair), judged.source, judged.method, judged.result)

    def _score(self) -> Iterable[str]:
        score = self.whole.score
        if score is not None and score.is_current and score.standing_total is not None:
            yield (
                f"{score.get_standing_category_display()}, {score.standing_total} points "
                f"({score.standing_origin}); from the evidence {score.computed_total}, "
                f"attainable {score.low} to {score.high}"
            )

    # II. The suspect drugs

    def _per_drug(self, drugs: list[Exposure], say: Callable[[Any], str]) -> str:
        return _lines(self._numbered(drugs, say))

    def _drug(self, drug: Exposure) -> str:
        generic = drug.drug.substance or drug.drug.name if drug.drug else ""
        batches = dict.fromkeys(dose.batch for dose in self._doses_of(drug) if dose.batch)
        return _told(
            _beside(drug.name, generic),
            _named("batch", ", ".join(batches)),
            drug.get_role_display() if drug.role != Role.SUSPECT else "",
        )

    def _doses_of(self, drug: Exposure) -> list[Dose]:
        return self.whole.below(Dose, "exposure", drug)

    def _doses(self, drug: Exposure, say: Callable[[Any], str]) -> str:
        return "; ".join(dict.fromkeys(filter(None, map(say, self._doses_of(drug)))))

    def _amount(self, dose: Dose) -> str:
        every = _named("every", _with_unit(dose.interval, dose.interval_unit))
        return _told(_with_unit(dose.amount, dose.unit), every, dose.text, dose.form)

    def _dates(self, dose: Dose) -> str:
        start, end = self._when("", dose.start), self._when("", dose.end)
        return f"{start or '?'} to {end}" if end else start

    def _indications(self, drug: Exposure) -> str:
        told = self.whole.below(Indication, "exposure", drug)
        return "; ".join(_beside(one.text or one.meddra_code, one.meddra_code) for one in told)

    def _answered(self, of_drug: Callable[[Exposure], str]) -> dict[str, str]:
        """One box where all drugs have the same answer; else every drug with its own."""
        answers = [of_drug(drug) for drug in self.suspects]
        if len(set(answers)) == 1:
            return {"answer": answers[0], "words": "" if answers[0] else "Not known"}
        words = (f"{drug.name}: {ANSWERS[one]}" for drug, one in zip(self.suspects, answers, strict=True))
        return {"answer": "", "words": _lines(words)}

    def _abated(self, drug: Exposure) -> str:
        outcomes = {one.outcome for one in self.assessed}
        if drug.action_taken in NOT_STOPPED:
            return "na"
        if drug.action_taken not in STOPPED or not outcomes:
            return ""
        return "yes" if outcomes <= set(BETTER) else "no" if outcomes <= set(NOT_BETTER) else ""

    def _reappeared(self, drug: Exposure) -> str:
        pairs = self.whole.below(DrugReaction, "exposure", drug)
        told = {REAPPEARED.get(pair.recurrence, "") for pair in pairs if pair.recurrence}
        return "yes" if "yes" in told else told.pop() if len(told) == 1 else ""

    # III. What else was taken and known

    def _concomitants(self) -> Iterable[str]:
        others = [one for one in self.whole.all(Exposure) if one.role not in SUSPECT]
        yield from self._numbered(others, self._concomitant)

    def _concomitant(self, drug: Exposure) -> str:
        return _told(
            self._drug(drug).removesuffix(f"; {drug.get_role_display()}"),
            self._doses(drug, self._amount),
            self._doses(drug, lambda dose: dose.route or dose.route_code),
            self._doses(drug, self._dates),
            _named("for", self._indications(drug)),
        )

    def _history(self) -> Iterable[str]:
        patient = self.patient
        yield patient.history_text
        for one in self.whole.all(MedicalHistory):
            family = "family: " if one.is_family_history else ""
            going_on = "continuing" if one.is_continuing else ""
            yield _told(
                f"{family}{one.term or one.meddra_code}",
                self._when("from", one.start),
                self._when("to", one.end),
                going_on,
                one.comments,
            )
        for drug in self.whole.all(PastDrug):
            yield _told(
                f"earlier drug: {drug.name}",
                self._when("from", drug.start),
                self._when("to", drug.end),
                _named("for", drug.indication),
                _named("reaction", drug.reaction),
                drug.get_response_display() if drug.response else "",
            )
        yield self._when("last menstrual period", patient.last_menstrual_period)
        yield _named("weight", _with_unit(patient.weight_kg, "kg"))
        yield _named("height", _with_unit(patient.height_cm, "cm"))
        for parent in self.whole.all(Parent):
            yield _told(f"parent: {parent}", parent.history_text)
        for test in self.whole.all(Examination):
            if test.phase == Phase.BACKGROUND:
                yield f"before the reaction: {self._test(test)}"

    # IV. Who reports

    def _sender_name(self) -> str:
        sender = self.whole.one(Sender)
        return (sender.organisation_name if sender else "") or self.whole.case.organisation.name

    def _manufacturer(self) -> str:
        sender = self.whole.one(Sender) or Sender()
        place = " ".join(filter(None, (sender.postcode, sender.city)))
        return _lines([self._sender_name(), sender.street, place, sender.region, sender.country])

    def _source(self) -> list[tuple[str, bool]]:
        whole = self.whole
        reporters = {one.qualification for one in whole.all(Reporter)}
        return [
            ("Study", whole.case.report_type == TYPE_OF_STUDY or bool(whole.all(Study))),
            ("Literature", bool(whole.all(LiteratureReference))),
            ("Health professional", bool(reporters & set(HEALTH_PROFESSIONALS))),
            ("Other", bool(reporters - set(HEALTH_PROFESSIONALS) - {""})),
        ]

    def _reporters(self) -> Iterable[str]:
        for one in self.whole.all(Reporter):
            name = " ".join(filter(None, (one.title, one.given_name, one.middle_name, one.family_name)))
            place = " ".join(filter(None, (one.postcode, one.city)))
            yield ", ".join(
                filter(
                    None,
                    (
                        name,
                        one.department,
                        one.reporter_organisation,
                        one.street,
                        place,
                        one.region,
                        one.country,
                    ),
                )
            )
        for publication in self.whole.all(LiteratureReference):
            yield _told(publication.citation, _named("doi", publication.doi))

    def _is_followup(self) -> bool:
        case = self.whole.case
        return bool(
            case.first_received and case.latest_information and case.latest_information > case.first_received
        )

    # Words

    def _day(self, moment: Moment | None) -> list[str] | str:
        """Day, month and year for three boxes where it is a date; else words."""
        if moment is None or moment.date is None:
            return "" if moment is None else self._when("", moment)
        year, month, day = [*moment.date.parts[:3], None, None][:3]
        return [
            str(day) if day and moment.date.precision >= Precision.DAY else "",
            MONTHS[month - 1] if month else "",
            str(year),
        ]

    def _when(self, what: str, moment: Moment | None) -> str:
        return _named(what, tell(moment, self.events)) if moment is not None else ""

    def _numbered(self, rows: Iterable[Any], say: Callable[[Any], str]) -> Iterable[str]:
        rows = list(rows)
        for number, row in enumerate(rows, 1):
            told = say(row)
            if told:
                yield f"{number}) {told}" if len(rows) > 1 else told

    def _headed(self, heading: str, lines: Iterable[str]) -> Iterable[str]:
        told = [line for line in lines if line.strip()]
        if told:
            yield f"{heading}: " + (
                "\n".join(told) if len(told) == 1 else "".join(f"\n– {one}" for one in told)
            )


def _found(row: Any, present: str = "present", absent: str = "absent") -> str:
    """The result of a finding in words; where it was told in words only, in those of the report."""
    told = {"positive": present, "negative": absent, "qualitative": row.verbatim or "abnormal"}
    return told.get(row.result, row.get_result_display().lower())


def _features(skin: SkinExamination) -> Iterable[str]:
    if skin.extent_percent is not None:
        yield f"{plain(skin.extent_percent)} % of body surface"
    if skin.extent:
        yield skin.get_extent_display()
    yield skin.distribution
    for name in ("facial_oedema", "infiltration", "purpura_beyond_legs", "scaling", "itch"):
        answer = getattr(skin, name)
        if answer is not None:
            yield f"{'' if answer else 'no '}{name.replace('_', ' ')}"


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(line for line in lines if line and line.strip())


def _told(first: str, *more: str) -> str:
    return "; ".join(part for part in (first, *more) if part and part.strip())


def _named(name: str, value: str) -> str:
    return f"{name} {value}".strip() if value else ""


def _beside(text: str, more: str) -> str:
    return f"{text} ({more})" if more and more != text else text


def _with_unit(number: Decimal | None, unit: str) -> str:
    return f"{plain(number)} {unit}".strip() if number is not None else ""
