"""What a posted case form wants done to the rows of its case, in the order in which it can be done."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseInlineFormSet, ModelForm

from cases.amendment import Amendment
from cases.models import CaseRow
from web.entry.service_errors import ServiceError


@dataclass
class Change:
    """One row to be added, changed or removed; `form` is where a refusal of it is shown."""

    verb: str
    row: CaseRow
    form: ModelForm | None = None
    parent: tuple[str, CaseRow] | None = None

    def apply(self, amendment: Amendment) -> None:
        """Do it. Raises ServiceError, which names the form."""
        if self.parent:
            setattr(self.row, *self.parent)
        try:
            getattr(amendment, self.verb)(self.row)
        except (ValidationError, PermissionDenied) as error:
            raise ServiceError(error, self.form and self.form.prefix, self._name()) from error

    def _name(self) -> str:
        return f"{self.row._meta.verbose_name} “{self.row}”".capitalize()


def changes_in(formsets: Iterable[BaseInlineFormSet]) -> list[Change]:
    """Everything that valid formsets and the formsets nested in them ask for."""
    # Rows that name others of the same page come when those are there.
    in_order = sorted(formsets, key=lambda formset: formset.names_other_rows)
    wanted = [change for formset in in_order for change in _walk(formset)]
    removals = [change for change in wanted if change.verb == "remove"]
    # What goes makes room first, the lowest rows before those above them.
    return [*reversed(removals), *(change for change in wanted if change.verb != "remove")]


def _walk(formset: BaseInlineFormSet, parent: CaseRow | None = None) -> Iterator[Change]:
    # save() only sorts the forms into added, changed and removed; the admin's log reads that too.
    saved = formset.save(commit=False)
    _number(formset, saved)
    link = (formset.fk.name, parent) if parent else None
    for row in formset.deleted_objects:
        yield Change("remove", row)
    kept = {id(row) for row in saved}
    for form in formset.forms:
        if id(form.instance) in kept:
            verb = "change" if form.instance.pk else "add"
            yield Change(verb, form.instance, form, link)
        if form not in formset.deleted_forms:
            for nested in getattr(form, "nested_formsets", ()):
                yield from _walk(nested.formset, form.instance)


def _number(formset: BaseInlineFormSet, saved: list[CaseRow]) -> None:
    """Give rows that were left without a place in the order the next one."""
    taken = [getattr(row, "position", None) or 0 for row in formset.get_queryset()]
    last = max(taken, default=0)
    for row in saved:
        if hasattr(row, "position"):
            if row.position is None:
                row.position = last + 1
            last = max(last, row.position)
