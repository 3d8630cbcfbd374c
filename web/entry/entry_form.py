"""What forms of the case and of its rows share: null flavours, and remarks of the checks at their fields."""

from collections.abc import Iterator
from typing import Any

from web.entry.django_types import AnyFormSet
from web.entry.null_flavors import NullFlavorsForm
from web.entry.regional import RegionalForm
from web.entry.service_errors import ServiceError


class EntryForm(RegionalForm, NullFlavorsForm):
    """A form of the case or of one of its rows.

    `remarks` are messages of the checks by field, `to_look_at` how many there are here and in rows below.
    """

    service_error: ServiceError | None = None
    to_look_at = 0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.remarks: dict[str, list[str]] = {}
        super().__init__(*args, **kwargs)

    def add_remark(self, field: str, message: str) -> None:
        self.remarks.setdefault(field, []).append(message)


def nested_formsets(form: Any) -> Iterator[AnyFormSet]:
    """The formsets of the rows below a row, as unfold hangs them on its form."""
    for nested in getattr(form, "nested_formsets", ()):
        yield nested.formset
