"""Where the report came from."""

from cases.admin.rows import RowInline
from cases.models import LinkedCase, LiteratureReference, Reporter
from cases.queries.visibility import visible_to


class ReporterInline(RowInline):
    model = Reporter
    fields = (
        ("given_name", "family_name"),
        ("reporter_organisation", "country"),
        ("qualification", "is_primary"),
        "verbatim",
    )


class LiteratureInline(RowInline):
    model = LiteratureReference
    fields = ("citation", ("doi", "verbatim"))


class LinkedCaseInline(RowInline):
    model = LinkedCase
    fk_name = "case"
    verbose_name = "linked case"
    verbose_name_plural = "linked cases"
    autocomplete_fields = ("other",)
    joined = ("other",)
    fields = (("number", "other"), ("relation", "verbatim"))

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "other":
            kwargs["queryset"] = visible_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


INLINES = (ReporterInline, LiteratureInline, LinkedCaseInline)
