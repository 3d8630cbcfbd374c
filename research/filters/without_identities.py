"""The filters as readers without the right to identities have them, derived from the table of
`research.deidentified`: nothing is searched by what isn't shown.

A filter whose columns are shown as they are stays as it is. One on texts finds recognised names alone, one on
ages takes whole years, one on dates whole calendar years; any other is withheld.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Exists, Field, Model, OuterRef, Q
from django_filters import Filter

from assessments.models import Standing
from assessments.standings import relation_of
from cases.models import Case, Drug
from research.age_bands import HIGHEST
from research.deidentified import TABLE, Leaves, leaves, words_of
from research.filters.conditions import Allele, AtLeast, AtMost, Bound, Condition, Contains, Named
from research.filters.form_fields import AgeField, YearField
from research.recognised import Recogniser, Words
from scoring.instruments import PRIMARY

Column = tuple[type[Model], str]
NUMBER_ONLY = "Part of the case number that you are shown."


def narrowed(filters: Mapping[str, Filter]) -> dict[str, Filter]:
    """The filters that remain, by name, each as it may be used."""
    kept = {name: _narrowed(item) for name, item in filters.items()}
    return {name: item for name, item in kept.items() if item is not None}


def _narrowed(item: Filter) -> Filter | None:
    if not isinstance(item, Condition):
        return item  # a switch reads no column
    if isinstance(item, Contains):
        return _of_names(item)
    rules = {rule_of(item.subject.model, path) for path in item.paths}
    if rules & {Leaves.NOT, Leaves.AS_DAYS}:
        return None
    if isinstance(item, Bound) and rules & {Leaves.BANDED, Leaves.BY_YEAR}:
        return _of_years(item, is_age=Leaves.BANDED in rules)
    return item


def rule_of(model: type[Model], path: str) -> Leaves:
    """How the column leaves to which a path of Django leads. Other tables than those of a case are open."""
    table, column = column_of(model, path)
    return leaves(table)[column] if table in TABLE else Leaves.AS_IS


def column_of(model: type[Model], path: str) -> Column:
    """The table and the column to which a path such as `examination__value__gt` leads."""
    field: Field[Any, Any] | None = None
    for name in path.split("__"):
        if field is not None and not field.is_relation:
            break  # what follows is a lookup
        if field is not None:
            model = field.related_model  # type: ignore[assignment] # a relation has one
        if model is Case and name == relation_of(PRIMARY):
            model, field = Standing, None  # joined under this name
        else:
            field = model._meta.get_field(name)  # type: ignore[assignment]
    if field is None:
        raise ValueError(f"{path!r} names no column.")
    return model, field.name


class Names(Contains):
    """The text is part of a recognised name in one of the columns, as these names are shown."""

    def __init__(
        self, item: Contains, columns: Iterable[str], rows: Iterable[Column] = (), help_text: str = ""
    ) -> None:
        help_text = help_text or item.extra["help_text"]
        super().__init__(item.subject, tuple(columns), item.label, help_text)
        self.rows, self.starts = tuple(rows), isinstance(item, Allele)

    def holds(self, value: str, certainty: str) -> Q:
        recogniser, condition = Recogniser(), Q(pk__in=[])
        for path in self.columns:
            condition |= self._in_column(path, value, recogniser)
        for model, column in self.rows:
            rows = model._default_manager.filter(_named(model, column, self._is_in(value), recogniser))
            condition |= Q(Exists(rows.filter(case=OuterRef("pk"))))
        return condition

    def _in_column(self, path: str, value: str, recogniser: Recogniser) -> Q:
        model, column = column_of(self.subject.model, path)
        if model not in TABLE or rule_of(self.subject.model, path) is Leaves.AS_IS:
            return Q(**{f"{path}__{'istartswith' if self.starts else 'icontains'}": value})
        relation = path.removesuffix(column)
        return _named(model, column, self._is_in(value), recogniser, relation)

    def _is_in(self, value: str) -> Any:
        wanted = value.casefold()
        if self.starts:
            bare = wanted.removeprefix("hla-")
            return lambda name: name.casefold().removeprefix("hla-").startswith(bare)
        return lambda name: wanted in name.casefold()


def _named(model: type[Model], column: str, is_wanted: Any, recogniser: Recogniser, relation: str = "") -> Q:
    """The rows whose text in a column is shown as a name that is wanted."""
    words = words_of(model)[column]
    manager = model._default_manager
    texts = manager.order_by(column).values_list(column, flat=True).distinct()
    wanted = [text for text in texts if text and is_wanted(recogniser.shown(words, text))]
    condition = Q(**{f"{relation}{column}__in": wanted})
    if words is not Words.DRUG or not _has_drug(model):
        return condition
    drugs = [key for key, name in Drug.objects.values_list("pk", "name") if is_wanted(name)]
    return Q(**{f"{relation}drug__in": drugs}) | (condition & Q(**{f"{relation}drug": None}))


def _has_drug(model: type[Model]) -> bool:
    return any(field.name == "drug" for field in model._meta.concrete_fields)


def _of_names(item: Contains) -> Names | None:
    """The filter on those of its columns that are shown, case numbers by their pseudonyms; None for none."""
    rows = item.rows if isinstance(item, Named) else ()
    paths = list(_shown_paths(item.subject.model, item.columns, has_rows=bool(rows)))
    named = [(model, column) for model, column in rows if rule_of(model, column) is Leaves.RECOGNISED]
    is_number_only = paths == ["summary__pseudonym"] and not named
    return Names(item, paths, named, NUMBER_ONLY if is_number_only else "") if paths else None


def _shown_paths(model: type[Model], paths: Iterable[str], *, has_rows: bool) -> Iterator[str]:
    for path in paths:
        if path == "number" and has_rows:
            yield "summary__pseudonym"
        elif rule_of(model, path) in (Leaves.AS_IS, Leaves.RECOGNISED):
            yield path


class AgeTo(AtMost):
    """The age in whole years is not above the value."""

    def holds(self, value: Any, certainty: str) -> Q:
        return _below(super().holds(value + 1, certainty))


def _below(condition: Q) -> Q:
    """The same bounds, the value itself left out."""
    parts = [
        (part[0].replace("__lte", "__lt"), part[1]) if isinstance(part, tuple) else _below(part)
        if isinstance(part, Q) else part
        for part in condition.children
    ]  # fmt: skip
    return Q(*parts, _connector=condition.connector)


def _of_years(item: Bound, *, is_age: bool) -> Bound:
    is_least = isinstance(item, AtLeast)
    kind: Any = AtLeast if is_least else AgeTo if is_age else AtMost
    field = AgeField if is_age else YearField
    extra = {"highest": HIGHEST} if is_age else {"ends": not is_least}
    help_text = f"{item.extra['help_text']} In whole years."
    return kind(item.subject, (item.low, item.high), item.label, help_text, field, **extra)  # type: ignore[no-any-return]
