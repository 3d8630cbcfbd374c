"""The tab of the report: reporter, literature, linked cases, sender, identifiers, documents, study."""

from typing import Any

from django.db.models import ForeignKey
from django.http import HttpRequest

from accounts.requests import user_of
from cases.models import (
    LinkedCase,
    OtherIdentifier,
    Reporter,
    Sender,
    Study,
    StudyRegistration,
)
from cases.visibility import visible_to
from web.entry.django_types import AnyModelChoice
from web.entry.rows import RowInline, SingleRowInline
from web.entry.tabs.documents import DocumentInline, LiteratureInline

# Parts of an address that reporter and sender share.
ADDRESS = (("department", "street"), ("city", "region"), ("postcode", "telephone"))


def folded(title: str, *fields: Any) -> tuple[str, Any]:
    """A part of a form that most reports don't need."""
    return (title, {"classes": ("collapse",), "fields": fields})


class ReporterInline(RowInline):
    model = Reporter
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("given_name", "family_name"),
                    ("reporter_organisation", "country"),
                    ("qualification", "is_primary"),
                    "verbatim",
                )
            },
        ),
        folded("Address", ("title", "middle_name"), *ADDRESS),
    )


class LinkedCaseInline(RowInline):
    model = LinkedCase
    rare = True
    fk_name = "case"
    verbose_name = "linked case"
    verbose_name_plural = "linked cases"
    autocomplete_fields = ("other",)
    joined = ("other",)
    is_whole_in_record = False  # it has the rows of this case alone
    fields = (("number", "other"), ("relation", "verbatim"))

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> AnyModelChoice | None:
        if db_field.name == "other":
            kwargs["queryset"] = visible_to(user_of(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class SenderInline(SingleRowInline):
    model = Sender
    fieldsets = (
        (None, {"fields": (("sender_type", "organisation_name"),)}),
        folded(
            "Person and address",
            ("title", "given_name"),
            ("middle_name", "family_name"),
            *ADDRESS,
            ("country", "fax"),
            ("email", "verbatim"),
        ),
    )


class OtherIdentifierInline(RowInline):
    model = OtherIdentifier
    rare = True
    fields = (("source", "identifier"), "verbatim")


class StudyInline(SingleRowInline):
    model = Study
    fieldsets = (folded("In a report from a study", ("study_type", "sponsor_number"), "name", "verbatim"),)


class StudyRegistrationInline(RowInline):
    model = StudyRegistration
    rare = True
    fields = (("number", "country"), "verbatim")


INLINES = (
    ReporterInline,
    LiteratureInline,
    LinkedCaseInline,
    SenderInline,
    OtherIdentifierInline,
    DocumentInline,
    StudyInline,
    StudyRegistrationInline,
)
