"""A case with much to draw: six drugs, thirty doses, ten tests, a relapse, and baseline values."""

from datetime import date, timedelta

from cases.amendment import Amendment
from cases.models import (
    BiopsyDetail,
    Case,
    Dose,
    Examination,
    Exposure,
    LymphNodeExamination,
    LymphNodeSite,
    MedicalHistory,
    OrganInvolvement,
    Reaction,
    SkinExamination,
    Symptom,
    Temperature,
    Treatment,
    ViralTest,
)
from cases.opening import opening
from values.dates import PartialDate
from values.moments import Moment

ONSET = date(2021, 3, 15)
HOURS = {"allopurinol": (12, 30), "canakinumab": (624, 624), "amoxicillin": (1, "1.3")}
# Test, name, unit, upper limit, then days from onset with values.
SERIES = (
    ("eosinophils", "Eosinophils", "10*9/L", None, {-30: 0.2, 0: 0.6, 3: 1.4, 7: 4.8, 14: 2.1, 28: 0.4}),
    ("alt", "ALT", "U/L", 40, {-30: 22, 1: 95, 4: 310, 9: 420, 16: 180, 30: 44}),
    ("creatinine", "Creatinine", "umol/L", None, {-30: 70, 2: 88, 8: 142, 20: 80}),
    ("leukocytes", "Leukocytes", "10*9/L", None, {0: 9.1, 7: 18.4, 14: 12}),
    ("bilirubin_total", "Bilirubin", "umol/L", 21, {4: 18, 9: 33}),
    ("crp", "CRP", "mg/L", None, {0: 44, 7: 120, 14: 20}),
    ("", "Ferritin", "ug/L", None, {7: 2100}),
)


def on(day: int) -> Moment:
    return Moment(date=PartialDate.of(ONSET + timedelta(days=day)))


def open_rich_case(by, number: str = "RICH-1") -> Case:
    """Enter the case through the door."""
    with opening(number, by=by, reason="a case with much to draw") as amendment:
        _drugs(amendment)
        _course(amendment)
        _tests(amendment)
        _signs(amendment)
    return amendment.case


def _drug(amendment: Amendment, name: str, role: str = "2", **fields) -> Exposure:
    low, high = HOURS.get(name, (None, None))
    stated = {"stated_half_life_low_hours": low, "stated_half_life_high_hours": high}
    return amendment.add(Exposure(name=name, role=role, **stated, **fields))


def _drugs(amendment: Amendment) -> None:
    def dose(exposure, **fields):
        amendment.add(Dose(exposure=exposure, **fields))

    pill = {"interval": 1, "interval_unit": "d", "unit": "mg", "route": "oral"}
    allopurinol = _drug(amendment, "allopurinol", "1", is_ongoing_at_onset=True, action_taken="1")
    dose(allopurinol, amount=100, start=on(-38), end=on(-25), **pill)
    dose(allopurinol, amount=300, start=on(-24), end=on(1), position=2, **pill)
    canakinumab = _drug(amendment, "canakinumab", "1", is_ongoing_at_onset=True)
    for at in range(3):
        dose(canakinumab, amount=150, unit="mg", start=on(-66 + 28 * at), position=at + 1)
    amoxicillin = _drug(amendment, "amoxicillin")
    for at in range(24):
        dose(amoxicillin, amount=1, unit="g", start=on(-12 + at // 3), position=at + 1)
    bisoprolol = _drug(amendment, "bisoprolol", is_ongoing_at_onset=True, action_taken="4")
    dose(bisoprolol, amount=5, start=Moment.parse("2016"), **pill)
    ibuprofen = _drug(amendment, "ibuprofen with a name that is longer than any line has room for")
    dose(ibuprofen, amount=400, unit="mg", start=Moment.parse("2021-02"))
    dose(_drug(amendment, "vitamin D"), text="drops")


def _course(amendment: Amendment) -> None:
    amendment.add(
        Reaction(
            term="DRESS", is_assessed=True, onset=on(0), end=on(31), relapse=on(48), outcome="1",
            is_resolved=True,
        )
    )  # fmt: skip
    steroid = {"is_systemic_steroid": True, "unit": "mg/kg/d"}
    amendment.add(
        Treatment(
            name="methylprednisolone", amount=2, route="intravenous", start=on(5), end=on(9),
            response="effective", response_at=on(8), **steroid,
        )
    )  # fmt: skip
    amendment.add(
        Treatment(
            name="prednisolone", amount=1, route="oral", start=on(10), end=Moment.parse("2021-05"), **steroid
        )
    )
    amendment.add(Treatment(name="clobetasol cream", route="topical", start=on(2)))


def _tests(amendment: Amendment) -> None:
    for test, name, unit, limit, values in SERIES:
        for day, value in values.items():
            result = {"value": str(value), "unit": unit, "upper_limit": limit, "when": on(day)}
            phase = "background" if day < 0 else "reaction"
            amendment.add(Examination(test=test, name=name, phase=phase, **result))
    amendment.add(Examination(test="alt", name="ALT", result="qualitative", text="much raised", when=on(6)))
    for day, result in ((3, "negative"), (12, "positive"), (24, "not_done")):
        pcr = amendment.add(Examination(kind="viral", name="HHV-6 DNA", result=result, when=on(day)))
        amendment.add(ViralTest(examination=pcr, virus="hhv6", assay="pcr"))
    biopsy = amendment.add(
        Examination(kind="biopsy", name="punch biopsy", result="positive", when=Moment.parse("2021-03"))
    )
    amendment.add(BiopsyDetail(examination=biopsy, tissue="skin", conclusion="compatible"))
    for day, celsius in ((0, "38.2"), (2, "39.4"), (6, "38.9"), (12, "36.8")):
        amendment.add(Temperature(celsius=celsius, when=on(day)))


def _signs(amendment: Amendment) -> None:
    amendment.add(SkinExamination(description="maculopapular", extent_percent=70, when=on(2)))
    nodes = amendment.add(LymphNodeExamination(result="positive", when=on(3)))
    amendment.add(LymphNodeSite(examination=nodes, site="cervical", size_cm=2))
    amendment.add(OrganInvolvement(organ="liver", result="positive", basis="ALT", when=on(4)))
    amendment.add(OrganInvolvement(organ="lung", result="negative", basis="X-ray", when=on(4)))
    amendment.add(Symptom(term="malaise", when=on(-2)))
    amendment.add(Symptom(term="sore throat"))
    amendment.add(MedicalHistory(term="gout", start=Moment.parse("2019")))
    amendment.add(MedicalHistory(term="hernia repair", start=Moment.parse("2011"), end=Moment.parse("2011")))
