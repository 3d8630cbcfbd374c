"""The forms in which rows of a case are entered: what all inlines of the case form share."""

from functools import cached_property
from typing import Any

from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.forms import Field
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpRequest
from unfold.admin import StackedInline
from unfold.forms import PaginationInlineFormSet
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from accounts.admin_permissions import RowPermissions
from cases.field_labels import label_of
from cases.form_addresses import table_name
from cases.models import Case
from cases.models.fields import MomentField
from cases.record.case_record import CaseRecord
from cases.record.read_cases import read_rows
from e2b.elements import ICH
from web.entry.bound_fields import RowBoundField
from web.entry.column_info import apply_column
from web.entry.django_types import AnyModelChoice, Column, FieldsMixin
from web.entry.entry_form import EntryForm, nested_formsets
from web.entry.entry_state import case_on_page, entry_state
from web.entry.fast_widgets import FastRenderer
from web.entry.fields import (
    DayInput,
    ExistingRow,
    MomentInput,
    PlainNumber,
    PlainText,
    StoredAutocomplete,
    StoredChoice,
)
from web.entry.form_templates import FormTemplate
from web.entry.page_rows import PageRows
from web.entry.regional import ask_regions, regional_fieldsets
from web.entry.service_errors import field_at_fault

BIRTH_DATE = "birth_date"
RENDERER = FastRenderer()  # one for all: each finds the template tags of every app anew
FORM_FIELDS: dict[type[Column], dict[str, Any]] = {
    MomentField: {"form_class": MomentInput, "widget": UnfoldAdminTextInputWidget},
    models.DateField: {"form_class": DayInput},
    models.CharField: {"form_class": PlainText},
    models.TextField: {"form_class": PlainText, "widget": UnfoldAdminTextareaWidget(attrs={"rows": 2})},
    # As text: a box for numbers lets nobody type a comma or the sign of a bound.
    models.DecimalField: {
        "form_class": PlainNumber,
        "widget": UnfoldAdminTextInputWidget(attrs={"inputmode": "decimal"}),
    },
}


class RowForm(EntryForm):
    """One row. Left as it is, it is neither validated nor saved, and costs no query."""

    bound_field_class = RowBoundField
    undecided: tuple[str, ...] = ()
    page_rows = PageRows(None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and self.instance.pk is None:
            self.page_rows.add(self.prefix or "", self.instance)
        for name, field in self.fields.items():
            if isinstance(field, MomentInput):
                field.page_rows = self.page_rows
                if name == BIRTH_DATE:
                    field.is_birth, field.widget.attrs["data-moment"] = True, "birth"
            if isinstance(field, StoredChoice) and getattr(self.instance, f"{name}_id"):
                field.set_stored(getattr(self.instance, name))
        if "position" in self.fields:
            self.fields["position"].required = False
            self.fields["position"].label = "Order"
        if self.instance.pk is None:
            self.initial.update(dict.fromkeys(("position", *self.undecided)))

    @property
    def is_open(self) -> bool:
        """Whether the row is shown unfolded: a new one, one that was touched, one with something wrong."""
        if self.instance.pk is None or (self.is_bound and self.has_changed()) or self.errors:
            return True
        below = (row for formset in nested_formsets(self) for row in formset.forms)
        return self.is_bound and any(row.errors or row.has_changed() for row in below)

    def _post_clean(self) -> None:
        if self.instance.pk is None or self.has_changed():
            super()._post_clean()
        if self.service_error and self.service_error.prefix == self.prefix:
            for name, messages in self.service_error.by_field.items():
                self.add_error(name if name in self.fields else None, messages)

    def add_error(self, field: str | None, error: Any) -> None:
        """Show at a field what would otherwise belong to none: stacked rows have nowhere else to show it."""
        if not isinstance(error, ValidationError):
            error = ValidationError(error)
        if hasattr(error, "error_dict"):
            for name, errors in error.error_dict.items():
                self.add_error(None if name == NON_FIELD_ERRORS else name, ValidationError(errors))
            return
        if field == "null_flavors":
            field = self._field_of_reason(error)
        visible = [name for name, shown in self.fields.items() if not shown.widget.is_hidden]
        for single in error.error_list:
            name = field or field_at_fault(self._meta.model, single.messages[0], visible)
            super().add_error(name if name in visible else visible[0], single)


class RowFormSet(PaginationInlineFormSet):
    """The rows of one table. Which of them exist is read once, not once per row."""

    names_other_rows = False  # whether its rows name rows of other tables, which then have to be there first
    record: CaseRecord | None = None  # the case, where it was read as a whole

    def get_queryset(self) -> Any:
        """The stored rows: those of the record, else read here."""
        if not hasattr(self, "_queryset") and self.record is not None:
            self._queryset = self._rows_of(self.record)
        return super().get_queryset()

    def _rows_of(self, record: CaseRecord) -> list[Any]:
        model: Any = self.model
        return record.all(model)

    @cached_property
    def empty_form(self) -> Any:
        """Made once: the page asks for it up to seven times."""
        return super().empty_form

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if DELETION_FIELD_NAME in form.fields:
            row = form.instance if form.instance.pk else form._meta.model._meta.verbose_name
            form.fields[DELETION_FIELD_NAME].widget.attrs["aria-label"] = f"Remove {row}"
        pk = form._meta.model._meta.pk.name
        if pk in form.fields:
            form.fields[pk] = ExistingRow(self.get_queryset(), initial=form.fields[pk].initial)


class NestedFormSet(RowFormSet):
    """The rows below a row, taken from what was read together with the rows above."""

    _queryset: Any

    def get_queryset(self) -> Any:
        if not hasattr(self, "_queryset") and self.record is None:
            self._queryset = self._read() if self.instance.pk else []
        return super().get_queryset()

    def _rows_of(self, record: CaseRecord) -> list[Any]:
        model: Any = self.model
        return record.below(model, self.fk.name, self.instance)

    def _read(self) -> list[models.Model]:
        relation = self.fk.remote_field
        if relation.one_to_one:
            row = getattr(self.instance, relation.get_accessor_name(), None)
            return [] if row is None else [row]
        return list(getattr(self.instance, relation.get_accessor_name()).all())


def _has_lines(db_field: Column) -> bool:
    return any(ICH[element].has_lines for element in getattr(db_field, "ich", ()))


class FormFields(FieldsMixin):
    """How columns become form fields, in every form of the case admin."""

    formfield_overrides = FORM_FIELDS
    labelled: dict[str, str] = {}  # where the name of a column would not do as a label

    def formfield_for_dbfield(self, db_field: Column, request: HttpRequest, **kwargs: Any) -> Field | None:
        if _has_lines(db_field):
            # A box of one line would join the lines of an address.
            kwargs["widget"] = UnfoldAdminTextareaWidget(attrs={"rows": 2})
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is None:
            return None
        if isinstance(field.widget, RelatedFieldWidgetWrapper):
            # Adding a drug or a case from within a case would lead away from what is being typed.
            field.widget = field.widget.widget
        field.label = self.labelled.get(db_field.name) or label_of(db_field)
        apply_column(field, db_field)
        if db_field.name == "verbatim":
            field.widget.attrs["title"], field.help_text = field.help_text, ""
        return field

    def formfield_for_choice_field(self, db_field: Column, request: HttpRequest, **kwargs: Any) -> Any:
        if not db_field.has_default() or db_field.name in getattr(self, "undecided", ()):
            # Without this, the browser shows the first choice, and takes it for what was found.
            kwargs["choices"] = db_field.get_choices(include_blank=True, blank_choice=[("", "Select value")])
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def formfield_for_foreignkey(
        self, db_field: "models.ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> AnyModelChoice | None:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["form_class"] = StoredChoice
            kwargs["widget"] = StoredAutocomplete(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class RowInline(RowPermissions, FormFields, StackedInline):
    """One table of the case form. `joined` and `fetched` are read along with its rows."""

    form = RowForm
    formset = RowFormSet
    template = FormTemplate("inline.html")
    rows = FormTemplate("rows.html")
    rare = False  # whether most reports have none; folded away while there is none
    single = False  # whether there is at most one row, which is always open
    extra = 0
    joined: tuple[str, ...] = ()
    fetched: tuple[str, ...] = ()
    tab_key = "general"
    undecided: tuple[str, ...] = ()  # choices that a new row leaves open, whatever the column's default
    is_whole_in_record = True  # whether the record of a case has all that is shown of a row
    in_new_case = True  # whether a case that isn't saved yet has anything to offer here

    class Media:
        css = {"all": ("entry/entry.css", "entry/lab_grid.css")}
        js = (
            "entry/rows.js",
            "entry/box_help.js",
            "entry/boxes.js",
            "entry/readings.js",
            "entry/long_lists.js",
            "entry/null_flavors.js",
            "entry/keys.js",
            "entry/unsaved_rows.js",
            "entry/lab_grid.js",
            "entry/lab_rows.js",
        )

    @classmethod
    def prefix(cls) -> str:
        """What the names of all boxes of the table begin with."""
        return table_name(cls.model)

    @classmethod
    def shown_fields(cls) -> list[str]:
        """The names of the boxes of a row."""
        return flatten_fieldsets(cls.fieldsets or [(None, {"fields": cls.fields or ()})])

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).select_related(*self.joined).prefetch_related(*self.fetched)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if not self.has_change_permission(request, obj):
            return fieldsets
        return [*fieldsets, *regional_fieldsets(self.model, case_on_page(request, obj))]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        # Questions of FDA and EMA are no columns, from which Django makes the form.
        kwargs["fields"] = flatten_fieldsets(super().get_fieldsets(request, obj))
        formset: Any = super().get_formset(request, obj, **kwargs)
        if self.has_change_permission(request, obj):
            ask_regions(formset.form, case_on_page(request, obj))
        formset.form.service_error = entry_state(request).service_error
        formset.form.undecided = self.undecided
        formset.form.page_rows = _page_rows(request, obj)
        formset.record = entry_state(request).record if self.is_whole_in_record else None
        formset.renderer = RENDERER
        return formset


def _page_rows(request: HttpRequest, parent: Any) -> PageRows:
    """The rows of the page of a request, read once for all of its forms, those of nested rows too."""
    state = entry_state(request)
    if state.page_rows is None:
        case = parent if isinstance(parent, Case) and parent.pk else None
        if case is not None and request.method != "POST":
            state.record = read_rows(case)
        state.page_rows = PageRows(case, request.POST, state.record)
    return state.page_rows


class SingleRowInline(RowInline):
    """The one row of its kind that a case has: always there to be filled in, never removed."""

    extra = max_num = 1
    single = True
    can_delete = False


class NestedInline(RowInline):
    """A table below a row of another table."""

    formset = NestedFormSet

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """The same for all rows above, of which there may be hundreds: made once."""
        state = entry_state(request)
        key = (type(self), state.page_rows, state.service_error)
        if key not in state.nested_formsets:
            state.nested_formsets[key] = super().get_formset(request, obj, **kwargs)
        return state.nested_formsets[key]


class DetailInline(NestedInline):
    """The details of one kind of examination, which go with their examination."""

    extra = max_num = 1
    single = True
    can_delete = False
