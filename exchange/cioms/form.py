"""The boxes of CIOMS Form I for a case, as text. The printed form itself is cioms.typ.

Source of the boxes and their rules: CIOMS Form I and its later print with boxes for congenital anomaly and
other medically important conditions; ICH E2B(R3) element ids beside each.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from cases.event_names import name_events
from cases.models import (
    Case,
    CaseState,
    Dose,
    DrugReaction,
    Examination,
    Exposure,
    Indication,
    LiteratureReference,
    MedicalHistory,
    Parent,
    PastDrug,
    Patient,
    Phase,
    Reaction,
    Reporter,
    Sender,
    Study,
)
from cases.models.exposure import Action, Dechallenge, Recurrence, Role
from cases.models.reaction import SERIOUSNESS
from cases.record.case_record import CaseRecord
from exchange.cioms.description import Description
from exchange.cioms.typesetting import PrintedForm, typeset
from exchange.cioms.wording import beside, country_name, dated, in_lines, joined, named, numbered, with_unit
from exchange.icsr.row_texts import RowDescriber
from values.dates import PartialDate, Precision
from values.moments import Moment
from values.numbers import plain_number

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
# Box 20, by the dechallenge as recorded. A drug that was not stopped (G.k.8) has none; recovery after a
# withdrawal need not follow from it, and leaves the box blank.
ABATED: dict[str, str] = {
    Dechallenge.ABATED: "yes",
    Dechallenge.DID_NOT_ABATE: "no",
    Dechallenge.NOT_STOPPED: "na",
}
NOT_STOPPED = (Action.INCREASED, Action.NOT_CHANGED, Action.NOT_APPLICABLE)
# Box 21, by G.k.9.i.4; blank where the outcome of a rechallenge is unknown.
REAPPEARED: dict[str, str] = {
    Recurrence.RECURRED: "yes",
    Recurrence.DID_NOT_RECUR: "no",
    Recurrence.NO_RECHALLENGE: "na",
}
ANSWERS = {"yes": "yes", "no": "no", "na": "NA"}
HEALTH_PROFESSIONALS = ("1", "2", "3")
ABSENT = {"MSK": "privacy", "UNK": "unknown", "ASKU": "unknown", "NASK": "not asked"}
TYPE_OF_STUDY = "2"


def cioms(record: CaseRecord, *, today: date | None = None) -> PrintedForm:
    """The form of one case as PDF."""
    return typeset("cioms.typ", Form(record).boxes(today or date.today()))


def file_name(case: Case) -> str:
    """The file name of the form of a case: its number, without signs that mean a path."""
    return f"CIOMS-{re.sub(r'[^A-Za-z0-9._-]+', '_', case.number)}.pdf"


class Form:
    """The boxes of one case, as text."""

    def __init__(self, record: CaseRecord) -> None:
        self.record = record
        self.events = name_events(record.anchor_rows)
        self.describer = RowDescriber(record)
        self.description = Description(record, self.events)
        self.patient = record.single(Patient) or Patient()
        self.reactions = record.all(Reaction)
        self.assessed = [reaction for reaction in self.reactions if reaction.is_assessed] or self.reactions
        self.suspects = [drug for drug in record.all(Exposure) if drug.role in SUSPECT]

    def boxes(self, today: date) -> dict[str, Any]:
        """The data of cioms.typ, by box."""
        case, suspects = self.record.case, self.suspects
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
            "describe": in_lines(self.description.lines()),
            "drugs": self._per_drug(suspects, self._drug),
            "doses": self._per_drug(suspects, lambda drug: self._doses(drug, self._amount)),
            "routes": self._per_drug(
                suspects, lambda drug: self._doses(drug, lambda dose: dose.route or dose.route_code)
            ),
            "indications": self._per_drug(suspects, self._indications),
            "dates": self._per_drug(suspects, lambda drug: self._doses(drug, self._dates)),
            "duration": self._per_drug(
                suspects,
                lambda drug: self._doses(drug, self._duration),
            ),
            "abated": self._answered(self._abated),
            "reappeared": self._answered(self._reappeared),
            "concomitants": in_lines(self._concomitants()),
            "history": in_lines(self._history()),
            "manufacturer": self._manufacturer(),
            "received": str(case.latest_information or case.first_received or ""),
            "source": self._source(),
            "reporter": in_lines(self._reporters()),
            "report_date": str(today),
            "followup": self._is_followup(),
        }

    # I. The reaction

    def _country(self) -> str:
        reporters = sorted(self.record.all(Reporter), key=lambda reporter: not reporter.is_primary)
        countries = [
            *(reaction.country for reaction in self.assessed),
            *(reporter.country for reporter in reporters),
        ]
        return country_name(next(filter(None, countries), ""))

    def _age(self) -> str:
        patient = self.patient
        if patient.age is None:
            return patient.get_age_group_display() if patient.age_group else ""
        return f"{plain_number(patient.age)} {patient.get_age_unit_display()}"

    def _serious(self) -> dict[str, bool]:
        serious = {
            key: any(
                getattr(reaction, f"{judge}_{key}") is True
                for reaction in self.reactions
                for judge in ("reporter", "company")
            )
            for key, _, _ in SERIOUSNESS
        }
        serious["death"] |= self.patient.death_date is not None
        return serious

    # II. The suspect drugs

    def _per_drug(self, drugs: list[Exposure], describe: Callable[[Any], str]) -> str:
        return in_lines(numbered(drugs, describe))

    def _drug(self, drug: Exposure) -> str:
        generic = drug.drug.substance or drug.drug.name if drug.drug else ""
        batches = dict.fromkeys(dose.batch for dose in self._doses_of(drug) if dose.batch)
        return joined(
            beside(drug.name, generic),
            named("batch", ", ".join(batches)),
            drug.get_role_display() if drug.role != Role.SUSPECT else "",
        )

    def _doses_of(self, drug: Exposure) -> list[Dose]:
        return self.record.below(Dose, "exposure", drug)

    def _doses(self, drug: Exposure, describe: Callable[[Any], str]) -> str:
        return "; ".join(dict.fromkeys(filter(None, map(describe, self._doses_of(drug)))))

    def _amount(self, dose: Dose) -> str:
        every = named("every", with_unit(dose.interval, dose.interval_unit))
        return joined(with_unit(dose.amount, dose.unit), every, dose.text, dose.form)

    def _dates(self, dose: Dose) -> str:
        start, end = self._therapy_date(dose.start), self._therapy_date(dose.end)
        return f"{start or '?'} to {end}" if end else start

    def _therapy_date(self, moment: Moment | None) -> str:
        """A moment as the date that follows from it, or the dates between which it lies; else in words."""
        if moment is None or not moment.is_relative:
            return self._when("", moment)
        return self.describer.dates_of(moment).removeprefix("on ") or self._when("", moment)

    def _duration(self, dose: Dose) -> str:
        """As reported; else in days, the first and the last included, where both are dated to the day."""
        if dose.duration is not None:
            return with_unit(dose.duration, dose.duration_unit)
        first, last = self.describer.day_of(dose.start), self.describer.day_of(dose.end)
        return with_unit(Decimal((last - first).days + 1), "d") if first and last else ""

    def _indications(self, drug: Exposure) -> str:
        rows = self.record.below(Indication, "exposure", drug)
        return "; ".join(beside(row.text or row.meddra_code, row.meddra_code) for row in rows)

    def _answered(self, of_drug: Callable[[Exposure], str]) -> dict[str, str]:
        """One box where all drugs have the same answer; else every drug that has one with its own."""
        answers = [of_drug(drug) for drug in self.suspects]
        if len(set(answers)) == 1:
            return {"answer": answers[0], "words": ""}
        pairs = zip(self.suspects, answers, strict=True)
        words = (f"{drug.name}: {ANSWERS[answer]}" for drug, answer in pairs if answer)
        return {"answer": "", "words": in_lines(words)}

    def _abated(self, drug: Exposure) -> str:
        recorded = self._of_pairs(drug, lambda pair: pair.dechallenge, ABATED)
        return "na" if not recorded and drug.action_taken in NOT_STOPPED else recorded

    def _reappeared(self, drug: Exposure) -> str:
        return self._of_pairs(drug, lambda pair: pair.recurrence, REAPPEARED)

    def _of_pairs(
        self, drug: Exposure, recorded: Callable[[DrugReaction], str], answers: Mapping[str, str]
    ) -> str:
        """Yes where it is of one reaction; else the answer that all reactions with one share."""
        pairs = self.record.below(DrugReaction, "exposure", drug)
        given = {answers.get(recorded(pair), "") for pair in pairs if recorded(pair)}
        return "yes" if "yes" in given else given.pop() if len(given) == 1 else ""

    # III. What else was taken and known

    def _concomitants(self) -> Iterable[str]:
        others = [drug for drug in self.record.all(Exposure) if drug.role not in SUSPECT]
        yield from numbered(others, self._concomitant)

    def _concomitant(self, drug: Exposure) -> str:
        return joined(
            self._drug(drug).removesuffix(f"; {drug.get_role_display()}"),
            self._doses(drug, self._amount),
            self._doses(drug, lambda dose: dose.route or dose.route_code),
            self._doses(drug, self._dates),
            named("for", self._indications(drug)),
        )

    def _history(self) -> Iterable[str]:
        patient = self.patient
        yield patient.history_text
        for condition in self.record.all(MedicalHistory):
            family = "family: " if condition.is_family_history else ""
            yield joined(
                f"{family}{condition.term or condition.meddra_code}",
                self._when("from", condition.start),
                self._when("to", condition.end),
                "continuing" if condition.is_continuing else "",
                condition.comments,
            )
        for drug in self.record.all(PastDrug):
            yield joined(
                f"earlier drug: {drug.name}",
                self._when("from", drug.start),
                self._when("to", drug.end),
                named("for", drug.indication),
                named("reaction", drug.reaction),
                drug.get_response_display() if drug.response else "",
            )
        yield self._when("last menstrual period", patient.last_menstrual_period)
        yield named("weight", with_unit(patient.weight_kg, "kg"))
        yield named("height", with_unit(patient.height_cm, "cm"))
        for parent in self.record.all(Parent):
            yield joined(f"parent: {parent}", parent.history_text)
        for test in self.record.all(Examination):
            if test.phase == Phase.BACKGROUND:
                yield f"before the reaction: {self.description.test(test)}"

    # IV. Who reports

    def _sender_name(self) -> str:
        sender = self.record.single(Sender)
        return (sender.organisation_name if sender else "") or self.record.case.organisation.name

    def _manufacturer(self) -> str:
        sender = self.record.single(Sender) or Sender()
        place = " ".join(filter(None, (sender.postcode, sender.city)))
        return in_lines(
            [self._sender_name(), sender.street, place, sender.region, country_name(sender.country)]
        )

    def _source(self) -> list[tuple[str, bool]]:
        record = self.record
        qualifications = {reporter.qualification for reporter in record.all(Reporter)}
        return [
            ("Study", record.case.report_type == TYPE_OF_STUDY or bool(record.all(Study))),
            ("Literature", bool(record.all(LiteratureReference))),
            ("Health professional", bool(qualifications & set(HEALTH_PROFESSIONALS))),
            ("Other", bool(qualifications - set(HEALTH_PROFESSIONALS) - {""})),
        ]

    def _reporters(self) -> Iterable[str]:
        for reporter in self.record.all(Reporter):
            names = (reporter.title, reporter.given_name, reporter.middle_name, reporter.family_name)
            parts = (
                " ".join(filter(None, names)),
                reporter.department,
                reporter.reporter_organisation,
                reporter.street,
                " ".join(filter(None, (reporter.postcode, reporter.city))),
                reporter.region,
                country_name(reporter.country),
            )
            yield ", ".join(filter(None, parts))
        for publication in self.record.all(LiteratureReference):
            yield joined(publication.citation, named("doi", publication.doi))

    def _is_followup(self) -> bool:
        case = self.record.case
        return bool(
            case.first_received and case.latest_information and case.latest_information > case.first_received
        )

    # Words

    def _day(self, moment: Moment | None) -> list[str] | str:
        """Day, month and year for three boxes where it is a date; else words."""
        if moment is None or moment.is_about or not isinstance(moment.date, PartialDate):
            return "" if moment is None else self._when("", moment)
        year, month, day = [*moment.date.parts[:3], None, None][:3]
        return [
            str(day) if day and moment.date.precision >= Precision.DAY else "",
            MONTHS[month - 1] if month else "",
            str(year),
        ]

    def _when(self, what: str, moment: Moment | None) -> str:
        return dated(what, moment, self.events)
