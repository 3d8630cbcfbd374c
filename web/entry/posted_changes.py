"""The changes of rows that a posted case form asks for, in the order in which they can be made."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.core.exceptions import PermissionDenied, ValidationError

from cases.amendment import Amendment
from cases.models import CaseRow
from web.entry.django_types import AnyFormSet, AnyModelForm
from web.entry.entry_form import nested_formsets
from web.entry.service_errors import ServiceError


@dataclass
class PostedChange:
    """One row to be added, changed or removed; `form` is where an error of it is shown."""

    verb: Literal["add", "change", "remove"]
    row: CaseRow
    form: AnyModelForm | None = None
    parent: tuple[str, CaseRow] | None = None

    def apply(self, amendment: Amendment) -> None:
        """Make the change. Raises ServiceError, which names the form."""
        if self.parent:
            setattr(self.row, *self.parent)
        try:
            getattr(amendment, self.verb)(self.row)
        except (ValidationError, PermissionDenied) as error:
            prefix = self.form.prefix if self.form is not None else None
            raise ServiceError(error, prefix, self._name()) from error

    def _name(self) -> str:
        return f"{self.row._meta.verbose_name} “{self.row}”".capitalize()


def posted_changes(formsets: Iterable[Any]) -> list[PostedChange]:
    """Everything that valid formsets and the formsets nested in them ask for."""
    # Rows that name others of the same page come when those are there.
    in_order = sorted(formsets, key=lambda formset: formset.names_other_rows)
    changes = [change for formset in in_order for change in _walk(formset)]
    removals = [change for change in changes if change.verb == "remove"]
    # What goes makes room first, the lowest rows before those above them.
    return [*reversed(removals), *(change for change in changes if change.verb != "remove")]


def _walk(formset: AnyFormSet, parent: CaseRow | None = None) -> Iterator[PostedChange]:
    # save() only sorts the forms into added, changed and removed; the admin's log reads that too.
    saved = formset.save(commit=False)
    _number(formset, saved)
    link = (formset.fk.name, parent) if parent else None
    for row in formset.deleted_objects:
        yield PostedChange("remove", row)
    saved_ids = {id(row) for row in saved}
    for form in formset.forms:
        if id(form.instance) in saved_ids:
            yield PostedChange("change" if form.instance.pk else "add", form.instance, form, link)
        if form not in formset.deleted_forms:
            for nested in nested_formsets(form):
                yield from _walk(nested, form.instance)


def _number(formset: AnyFormSet, saved: list[Any]) -> None:
    """Give rows that were left without a position in the order the next one."""
    positions = [getattr(row, "position", None) or 0 for row in formset.get_queryset()]
    last = max(positions, default=0)
    for row in saved:
        if hasattr(row, "position"):
            if row.position is None:
                row.position = last + 1
            last = max(last, row.position)
