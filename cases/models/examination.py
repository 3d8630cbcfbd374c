"""Examinations and tests: F.r, one row per test and date, with details where a kind of test has its own.

A laboratory result is a row of `Examination` and nothing more. Viral tests, biopsies, genetic and
functional tests add a detail row, one to one. All share one order and leave as F.r blocks.
"""

from django.db import models
from django.db.models import Q

from cases.models import ich
from cases.models.base import RESULT_CHOICES, CaseRow, Finding, case_key, evidence
from scoring.facts import BiopsyConclusion, Qualifier, ResultKind
from scoring.vocabulary import TESTS
from values.numbers import plain_number

# A person looked and found that the name means none of the known tests.
NO_TEST = "none"


class ExaminationKind(models.TextChoices):
    LABORATORY = "laboratory", "Laboratory"
    VIRAL = "viral", "Virus"
    BIOPSY = "biopsy", "Biopsy"
    GENETIC = "genetic", "Genetic"
    FUNCTIONAL = "functional", "Functional"


# F.r.3.2: whether the number is exact or a bound.
QUALIFIER_CHOICES = [
    (Qualifier.EQUAL.value, "="),
    (Qualifier.LESS.value, "<"),
    (Qualifier.AT_MOST.value, "≤"),
    (Qualifier.MORE.value, ">"),
    (Qualifier.AT_LEAST.value, "≥"),
]


@evidence
class Examination(Finding):
    """F.r: one test and its result. Value and unit stay as reported."""

    case = case_key("examinations")
    position = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(
        max_length=12, choices=ExaminationKind.choices, default=ExaminationKind.LABORATORY
    )
    when = ich.moment("F.r.1")
    name = ich.text("F.r.2.1")
    meddra_version = ich.text("F.r.2.2a")
    meddra_code = ich.text("F.r.2.2b")
    test = models.CharField(
        max_length=32,
        blank=True,
        choices=[*((key, known.label) for key, known in TESTS.items()), (NO_TEST, "None of these tests")],
        help_text="The test as the score knows it; empty if nobody has chosen and the name leads to none.",
    )
    result = models.CharField(max_length=12, choices=RESULT_CHOICES, default=ResultKind.MEASURED.value)
    result_code = ich.code("F.r.3.1", help_text="As coded by the source, where it was.")
    qualifier = models.CharField(max_length=2, choices=QUALIFIER_CHOICES, default=Qualifier.EQUAL.value)
    value = ich.number("F.r.3.2")
    unit = ich.text("F.r.3.3", help_text="UCUM or as reported: 10*9/L, /mm3, U/L.")
    text = ich.text("F.r.3.4", help_text="The result in words.")
    lower_limit = ich.number("F.r.4", help_text="Lower limit of normal, in the unit of the result.")
    upper_limit = ich.number("F.r.5", help_text="Upper limit of normal, in the unit of the result.")
    is_peak = models.BooleanField(
        "highest of the reaction",
        default=False,
        help_text="No higher one was measured. Only then does a single low count exclude more.",
    )
    comment = ich.text("F.r.6")
    has_more_information = ich.flag("F.r.7")
    sample = models.CharField(
        max_length=40, blank=True, help_text="Same text for results of one blood sample, such as its day."
    )

    class Meta:
        ordering = ["case", "position", "id"]
        constraints = [
            models.CheckConstraint(
                name="examination_value_not_negative",
                # A base excess can be negative; a count, an enzyme or a number of copies can't.
                condition=Q(value__isnull=True)
                | Q(value__gte=0)
                | Q(test="", kind=ExaminationKind.LABORATORY),
                violation_error_message="The result of this test can't be a negative number.",
            ),
            models.CheckConstraint(
                name="examination_measured_has_number",
                condition=Q(value__isnull=False) | ~Q(result=ResultKind.MEASURED.value),
                violation_error_message="A measured result needs its number; for a result in words choose "
                "“In words only”.",
            ),
            models.CheckConstraint(
                name="examination_negative_virus_has_no_copies",
                condition=~Q(kind=ExaminationKind.VIRAL, result=ResultKind.NEGATIVE.value)
                | Q(value__isnull=True),
                violation_error_message="A negative virus test has no copies: clear the number or result.",
            ),
            models.CheckConstraint(
                name="examination_not_done_has_no_number",
                condition=~Q(result__in=[ResultKind.NOT_DONE.value, ResultKind.NOT_STATED.value])
                | Q(value__isnull=True),
                violation_error_message="A test that was not done or not stated has no number.",
            ),
            models.CheckConstraint(
                name="examination_percentage_at_most_100",
                condition=~Q(unit="%", test__in=["eosinophils_percent", "atypical_lymphocytes"])
                | Q(value__isnull=True)
                | Q(value__lte=100),
                violation_error_message="A share of leukocytes is at most 100 %%.",
            ),
            models.CheckConstraint(
                name="examination_limits_right_way_up",
                condition=Q(lower_limit__isnull=True)
                | Q(upper_limit__isnull=True)
                | Q(upper_limit__gte=models.F("lower_limit")),
                violation_error_message="The upper limit of normal can't be below the lower.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.result_text}"

    @property
    def result_text(self) -> str:
        """The result as a person reads it."""
        if self.value is None:
            return self.text or self.get_result_display()
        qualifier = "" if self.qualifier == Qualifier.EQUAL else self.get_qualifier_display()
        number = plain_number(self.value)
        word = "" if self.result == ResultKind.MEASURED.value else f"{self.result}, "
        return f"{word}{qualifier}{number} {self.unit}".strip()


class Detail(CaseRow):
    """Details of one kind of examination that the columns of F.r don't hold."""

    examination = models.OneToOneField(Examination, on_delete=models.CASCADE, related_name="%(class)s")

    class Meta:
        abstract = True


class Virus(models.TextChoices):
    HHV6 = "hhv6", "HHV-6"
    HHV7 = "hhv7", "HHV-7"
    EBV = "ebv", "EBV"
    CMV = "cmv", "CMV"
    OTHER = "other", "Other virus"


class Assay(models.TextChoices):
    PCR = "pcr", "PCR"
    SEROLOGY = "serology", "Serology"
    NOT_STATED = "", "Not stated"


@evidence
class ViralTest(Detail):
    """Which virus, by which method. Copies are the value of the examination."""

    case = case_key("viral_tests")
    virus = models.CharField(max_length=12, choices=Virus.choices)
    assay = models.CharField(max_length=12, choices=Assay.choices, default=Assay.PCR, blank=True)
    specimen = models.CharField(max_length=60, blank=True, help_text="Whole blood, plasma, serum, skin.")

    def __str__(self) -> str:
        return self.get_virus_display()


@evidence
class BiopsyDetail(Detail):
    """A biopsy: where from, what was seen, and what it means."""

    CONCLUSIONS = [
        (BiopsyConclusion.COMPATIBLE.value, "Compatible with DRESS"),
        (BiopsyConclusion.OTHER_DIAGNOSIS.value, "Another diagnosis"),
        (BiopsyConclusion.UNCLEAR.value, "Unclear"),
    ]

    case = case_key("biopsy_details")
    tissue = models.CharField(max_length=60, default="skin")
    keratinocyte_necrosis = models.CharField(
        max_length=60, blank=True, help_text="Absent, mild, confluent ..."
    )
    infiltrate = models.CharField(max_length=120, blank=True, help_text="Cells, density and place.")
    conclusion = models.CharField(max_length=16, choices=CONCLUSIONS, blank=True)
    conclusion_verbatim = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"Biopsy of {self.tissue}"


@evidence
class GeneticDetail(Detail):
    """A gene or HLA locus: mutation or allele, found or excluded."""

    case = case_key("genetic_details")
    gene = models.CharField(max_length=60, help_text="Such as MVK, NLRP3, HLA.")
    allele = models.CharField(max_length=60, blank=True, help_text="HLA in WHO form, such as B*58:01.")

    def __str__(self) -> str:
        return self.gene


@evidence
class FunctionalDetail(Detail):
    """A test of function rather than of a substance."""

    case = case_key("functional_details")
    function = models.CharField(max_length=120, help_text="Such as NK-cell degranulation.")

    def __str__(self) -> str:
        return self.function
