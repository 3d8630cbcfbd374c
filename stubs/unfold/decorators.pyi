"""Decorators of admin methods: both leave the method's own signature as it is."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from django.db.models.expressions import BaseExpression, Combinable

_Method = TypeVar("_Method", bound=Callable[..., Any])

def action(
    *,
    permissions: Iterable[str] | None = None,
    description: str | None = None,
    url_path: str | None = None,
    attrs: Mapping[str, Any] | None = None,
    icon: str | None = None,
    variant: Any = ...,
    dialog: Any = None,
) -> Callable[[_Method], _Method]: ...
def display(
    *,
    boolean: bool | None = None,
    image: bool | None = None,
    ordering: str | Combinable | BaseExpression | None = None,
    description: str | None = None,
    empty_value: str | None = None,
    dropdown: bool | None = None,
    label: bool | str | Mapping[Any, str] | None = None,
    header: bool | None = None,
) -> Callable[[_Method], _Method]: ...
