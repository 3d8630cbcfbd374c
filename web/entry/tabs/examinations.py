"""The tab of examinations and tests: one table in the database, one section of the form for each kind."""

from functools import cache
from operator import itemgetter
from typing import Any

from django.db.models import QuerySet
from django.forms import Field
from django.http import HttpRequest
from unfold.widgets import UnfoldAdminSelectWidget

from cases.models import (
    BiopsyDetail,
    Examination,
    ExaminationKind,
    FunctionalDetail,
    GeneticDetail,
    ViralTest,
)
from cases.models.examination import NO_TEST
from cases.record.case_record import CaseRecord
from vocabulary.test_names import TESTS
from web.entry.django_types import Column
from web.entry.form_templates import FormTemplate
from web.entry.rows import DetailInline, RowFormSet, RowInline
from web.entry.tabs.report import folded
from web.entry.typed_results import FIELDS as RESULT_FIELDS
from web.entry.typed_results import ExaminationForm

# Groups of the list of tests, by the organ that the vocabulary gives; what has none is of the blood.
GROUPS = {
    "": "Blood, inflammation, infections",
    "liver": "Liver",
    "kidney": "Kidney",
    "muscle_heart": "Muscle and heart",
    "pancreas": "Pancreas",
    "lung": "Lung",
    "skin": "Skin",
    "other": "Other organs",
}

# The box that holds all tests: that of the row that stands for rows to come.
WHOLE_LIST = f"{ExaminationKind.LABORATORY}-__prefix__-test"


@cache
def grouped_tests() -> list[tuple[str, Any]]:
    """The choices of the test of a row, under the organ that each is of."""
    groups = [
        (
            label,
            sorted(
                ((test.key, test.label) for test in TESTS.values() if test.organ == organ), key=itemgetter(1)
            ),
        )
        for organ, label in GROUPS.items()
    ]
    return [("", "Select value"), (NO_TEST, "None of these tests"), *groups]


class TestSelect(UnfoldAdminSelectWidget):
    """The test of a row. All tests stand once in a page; elsewhere the page's script fills them in."""

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> Any:
        if name == WHOLE_LIST:
            return super().optgroups(name, value, attrs)
        labels = labels_of_tests()
        keys = [key for key in dict.fromkeys(("", *value)) if key in labels]
        options = [self.create_option(name, key, labels[key], key in value, 0) for key in keys]
        return [(None, options, 0)]


@cache
def labels_of_tests() -> dict[str, str]:
    """The choices of the test of a row, without their groups."""
    grouped = grouped_tests()
    return {**dict(grouped[:2]), **{key: label for _, group in grouped[2:] for key, label in group}}


class ExaminationFormSet(RowFormSet):
    """The examinations of one kind."""

    kind = ExaminationKind.LABORATORY

    @classmethod
    def get_default_prefix(cls) -> str:
        return str(cls.kind)

    def _rows_of(self, record: CaseRecord) -> list[Any]:
        return [row for row in record.all(Examination) if row.kind == self.kind]

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]  # not in the stubs
        form.instance.kind = self.kind
        return form


class ExaminationInline(RowInline):
    """Examinations of one kind, with the detail that this kind has."""

    model = Examination
    form = ExaminationForm
    kind = ExaminationKind.LABORATORY

    @classmethod
    def prefix(cls) -> str:
        return str(cls.kind)

    def formfield_for_dbfield(self, db_field: Column, request: HttpRequest, **kwargs: Any) -> Field | None:
        if db_field.name in RESULT_FIELDS:
            kwargs["form_class"] = RESULT_FIELDS[db_field.name]
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_choice_field(self, db_field: Column, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_choice_field(db_field, request, **kwargs)
        if db_field.name == "test":
            field.widget = TestSelect(attrs={"data-long-list": "tests"})
            field.choices = grouped_tests()
        return field

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(kind=self.kind)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        own = type("KindFormSet", (ExaminationFormSet,), {"kind": self.kind})
        return super().get_formset(request, obj, **{"formset": own, **kwargs})


WHEN = (("when", "phase"),)
MEASURED = (("value", "qualifier"), ("unit", "result"))
MORE = (
    ("lower_limit", "upper_limit"),
    ("is_peak",),
    ("meddra_code", "meddra_version"),
    ("result_code", "has_more_information"),
    ("comment", "position"),
)


class LaboratoryInline(ExaminationInline):
    above_rows = FormTemplate("lab_grid.html")
    verbose_name = "laboratory result"
    verbose_name_plural = "laboratory results"
    fieldsets = (
        (None, {"fields": (("name", "test"), *MEASURED, *WHEN, ("text", "sample"), "verbatim")}),
        folded("More", *MORE),
    )


class ViralDetailInline(DetailInline):
    model = ViralTest
    fields = (("virus", "assay"), ("specimen", "verbatim"))


class ViralInline(ExaminationInline):
    kind = ExaminationKind.VIRAL
    verbose_name = "virus test"
    verbose_name_plural = "virus tests"
    joined = ("viraltest",)
    inlines = (ViralDetailInline,)
    fieldsets = (
        (None, {"fields": (("name", "result"), ("value", "unit"), *WHEN, ("text", "verbatim"))}),
        folded("More", ("qualifier", "sample"), "test", *MORE),
    )


# A result in words, as biopsies, genes and functions have.
IN_WORDS = (("name", "result"), *WHEN, ("text", "verbatim"))
MORE_OF_WORDS = folded("More", ("test", "sample"), *MEASURED[:1], "unit", *MORE)


class BiopsyDetailInline(DetailInline):
    model = BiopsyDetail
    fields = (
        ("tissue", "keratinocyte_necrosis"),
        ("infiltrate", "conclusion"),
        ("conclusion_verbatim", "verbatim"),
    )


class BiopsyInline(ExaminationInline):
    kind = ExaminationKind.BIOPSY
    verbose_name = "biopsy"
    verbose_name_plural = "biopsies"
    joined = ("biopsydetail",)
    inlines = (BiopsyDetailInline,)
    fieldsets = ((None, {"fields": IN_WORDS}), MORE_OF_WORDS)


class GeneticDetailInline(DetailInline):
    model = GeneticDetail
    fields = (("gene", "allele"), "verbatim")


class GeneticInline(ExaminationInline):
    kind = ExaminationKind.GENETIC
    verbose_name = "genetic test"
    verbose_name_plural = "genetic tests"
    joined = ("geneticdetail",)
    inlines = (GeneticDetailInline,)
    fieldsets = ((None, {"fields": IN_WORDS}), MORE_OF_WORDS)


class FunctionalDetailInline(DetailInline):
    model = FunctionalDetail
    fields = (("function", "verbatim"),)


class FunctionalInline(ExaminationInline):
    kind = ExaminationKind.FUNCTIONAL
    verbose_name = "functional test"
    verbose_name_plural = "functional tests"
    joined = ("functionaldetail",)
    inlines = (FunctionalDetailInline,)
    fieldsets = ((None, {"fields": IN_WORDS}), MORE_OF_WORDS)


INLINES = (LaboratoryInline, ViralInline, BiopsyInline, GeneticInline, FunctionalInline)
