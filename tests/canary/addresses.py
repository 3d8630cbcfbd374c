"""Every address of the product, from the resolver, with its arguments filled from what is stored.

An argument that nobody knows how to fill raises UnknownArgument: a new page can't be forgotten.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib import admin
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from accounts.models import ApiToken, User
from assessments.models import Assessment
from cases.models import Case, CaseShare, CaseVersion, Document, Drug, ExportLog, LiteratureReference
from exchange.models import Answer, Batch, ReceivedMessage, Submission
from exchange.receipt_models import Receipt
from jobs.models import Job

# Models whose rows an argument names, for the addresses that don't say it by their own name.
ROWS = {
    "mfa_remove_webauthn": Authenticator,
    "mfa_edit_webauthn": Authenticator,
    "case-half-life": Drug,
    "case_left": Case,
    "case_present": Case,
    "exchange-import": Batch,
    "exchange-file": Batch,
    "exchange-aside": ReceivedMessage,
    "exchange-decide": ReceivedMessage,
    "exchange-match": Answer,
    "exchange-message": Submission,
    "exchange-again": Submission,
    "exchange-receipt": Receipt,
    "revoke-own-token": ApiToken,
}
# Arguments that name no row of ours: nothing is behind the address but an error.
NOTHING_BEHIND = {"uidb36": "1", "key": "no-such-key"}
# What names nothing, by the argument.
ABSENT = {
    "number": "NO-SUCH-CASE",
    "uuid": "00000000-0000-0000-0000-000000000000",
    "receipt": "00000000-0000-0000-0000-000000000000",
    **dict.fromkeys(("pk", "object_id", "share", "id"), 987654321),
}
UUIDS = (Document, LiteratureReference, Assessment, ExportLog)


class UnknownArgument(AssertionError):
    """An address takes an argument that the walk can't fill: teach `_values` where its values are stored."""


@dataclass(frozen=True)
class Address:
    """A name of the resolver, with its namespace, and one path of it."""

    name: str
    path: str


@dataclass(frozen=True)
class Pattern:
    """One pattern of the resolver."""

    name: str
    route: str
    arguments: tuple[str, ...]


def patterns() -> Iterator[Pattern]:
    """All patterns of the product."""
    yield from _below(get_resolver(), "", "")


def _below(resolver: URLResolver, namespace: str, route: str) -> Iterator[Pattern]:
    for entry in resolver.url_patterns:
        below = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _below(entry, inner, below)
        else:
            yield Pattern(_name(entry, namespace, below), below, _arguments(below))


def _name(entry: URLPattern, namespace: str, route: str) -> str:
    return f"{namespace}{entry.name}" if entry.name else f"unnamed {route}"


def _arguments(route: str) -> tuple[str, ...]:
    return tuple(re.findall(r"(?:<(?:\w+:)?|\(\?P<)(\w+)>", route))


def addresses(numbers: list[str], rows: int) -> Iterator[Address]:
    """Every address, for so many rows of each table. `numbers`: by which the case may be known."""
    for pattern in patterns():
        if pattern.name.startswith("unnamed "):
            yield from (Address(pattern.name, path) for path in _unnamed(pattern))
            continue
        for values in product(*(_values(pattern, name, numbers, rows) for name in pattern.arguments)):
            arguments = dict(zip(pattern.arguments, values, strict=True))
            yield Address(pattern.name, _reversed(pattern, arguments))


def pairs(number: str) -> Iterator[tuple[Address, Address]]:
    """Every address of something stored, beside the same of something that isn't there."""
    for pattern in patterns():
        if pattern.name.startswith("unnamed ") or not ABSENT.keys() & set(pattern.arguments):
            continue
        stored = {name: _values(pattern, name, [number], 1)[0] for name in pattern.arguments}
        absent = stored | {name: value for name, value in ABSENT.items() if name in stored}
        yield tuple(Address(pattern.name, _reversed(pattern, values)) for values in (stored, absent))


def _unnamed(pattern: Pattern) -> list[str]:
    """Paths that end where nothing is: what answers them is an error page."""
    if pattern.route == "api/":
        return ["/api/v1/nowhere/"]
    if pattern.route == "admin/(?P<url>.*)$":
        return ["/admin/nowhere/"]
    if pattern.route.startswith("admin/") and pattern.route.endswith("<path:object_id>/"):
        return [f"/{pattern.route.removesuffix('<path:object_id>/')}1/"]
    if not pattern.arguments:
        return [f"/{pattern.route}"]
    raise UnknownArgument(f"{pattern.route} has no name: give it one.")


def _reversed(pattern: Pattern, arguments: dict[str, Any]) -> str:
    try:
        return reverse(pattern.name, kwargs=arguments)
    except NoReverseMatch as error:
        raise UnknownArgument(f"{pattern.name}: {error}") from None


def _values(pattern: Pattern, argument: str, numbers: list[str], rows: int) -> list[Any]:
    """The values that an argument is given in turn."""
    if argument in NOTHING_BEHIND:
        return [NOTHING_BEHIND[argument]]
    if argument == "number":
        return numbers
    if argument == "uuid":
        return [uuid for model in UUIDS for uuid in _stored(model, "uuid", rows)]
    if argument == "version":
        return _stored(CaseVersion, "number", rows)
    if argument == "format":
        return ["json", "xml", "pdf"]
    if argument == "receipt":
        return _stored(Job, "uuid", rows)
    if argument == "share":
        return _stored(CaseShare, "pk", rows)
    if argument in ("pk", "object_id"):
        return _keys(pattern, rows)
    if argument == "id":  # of a user whose password is changed
        return _stored(User, "pk", rows)
    if argument == "app_label":
        return sorted({model._meta.app_label for model in admin.site._registry})
    if argument == "content_type_id":
        return [apps.get_model("contenttypes", "ContentType").objects.get_for_model(Case).pk]
    raise UnknownArgument(f"{pattern.name} takes {argument!r}: tell the walk where its values are stored.")


def _keys(pattern: Pattern, rows: int) -> list[Any]:
    name = pattern.name.removeprefix("admin:")
    if name in ROWS:
        return _stored(ROWS[name], "pk", rows)
    model = next((model for model in admin.site._registry if name.startswith(_prefix(model))), None)
    if model is None and pattern.name == "admin:view_on_site":
        return _stored(Case, "pk", rows)
    if model is None:
        raise UnknownArgument(
            f"{pattern.name} takes a key of rows that the walk doesn't know: name their model."
        )
    return _stored(model, "pk", rows)


def _prefix(model: Any) -> str:
    return f"{model._meta.app_label}_{model._meta.model_name}_"


def _stored(model: Any, column: str, rows: int) -> list[Any]:
    """The values of the first rows; a row that isn't there, where there are none."""
    values = list(dict.fromkeys(model._default_manager.order_by("pk").values_list(column, flat=True)[:rows]))
    return values or [1 if column != "uuid" else "00000000-0000-0000-0000-000000000000"]
