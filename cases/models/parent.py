"""The parent, in a report on a child or foetus: D.10."""

from django.db import models

from cases.models import ich
from cases.models.base import CaseRow, case_key, not_before, tracked, within
from cases.models.patient import Condition, EarlierDrug, period_unit


@tracked
class Parent(CaseRow):
    """D.10: the parent through whom the child was exposed."""

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="parent")
    identification = ich.text("D.10.1")
    birth_date = ich.moment("D.10.2.1")
    age = ich.number("D.10.2.2a")
    age_unit = period_unit("D.10.2.2b")
    last_menstrual_period = ich.moment("D.10.3")
    weight_kg = ich.number("D.10.4", verbose_name="weight in kg")
    height_cm = ich.number("D.10.5", verbose_name="height in cm")
    sex = ich.code("D.10.6")
    history_text = ich.text("D.10.7.2", verbose_name="history in words")

    class Meta:
        constraints = [
            within("parent_age_not_negative", "age", 0, None, "An age can't be negative."),
            within("parent_weight_plausible", "weight_kg", 0, 650, "A weight is between 0 and 650 kg."),
            within("parent_height_plausible", "height_cm", 10, 280, "A height is between 10 and 280 cm."),
        ]

    def __str__(self) -> str:
        return self.identification or "Parent"


@tracked
class ParentMedicalHistory(Condition):
    """D.10.7.1.r: a condition of the parent."""

    case = case_key("parent_medical_history")
    meddra_version = ich.text("D.10.7.1.r.1a")
    meddra_code = ich.text("D.10.7.1.r.1b")
    start = ich.moment("D.10.7.1.r.2")
    is_continuing = ich.flag("D.10.7.1.r.3")
    end = ich.moment("D.10.7.1.r.4")
    comments = ich.text("D.10.7.1.r.5")

    class Meta:
        verbose_name_plural = "parent medical history"
        constraints = [
            not_before(
                "parent_history_end_not_before_start",
                "start",
                "end",
                "A condition can't end before it begins: check both dates.",
            ),
        ]


@tracked
class ParentPastDrug(EarlierDrug):
    """D.10.8.r: a drug that the parent took before."""

    case = case_key("parent_past_drugs")
    name = ich.text("D.10.8.r.1")
    mpid_version = ich.text("D.10.8.r.2a")
    mpid = ich.text("D.10.8.r.2b")
    phpid_version = ich.text("D.10.8.r.3a")
    phpid = ich.text("D.10.8.r.3b")
    start = ich.moment("D.10.8.r.4")
    end = ich.moment("D.10.8.r.5")
    indication_meddra_version = ich.text("D.10.8.r.6a")
    indication_meddra_code = ich.text("D.10.8.r.6b")
    reaction_meddra_version = ich.text("D.10.8.r.7a")
    reaction_meddra_code = ich.text("D.10.8.r.7b")

    class Meta:
        constraints = [
            not_before(
                "parent_past_drug_end_not_before_start",
                "start",
                "end",
                "A treatment can't end before it begins: check both dates.",
            ),
        ]
