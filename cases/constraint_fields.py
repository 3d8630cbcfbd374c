"""Which fields a constraint is about, so that its sentence is shown where the value was entered."""

from collections.abc import Iterator

from django.db.models import BaseConstraint, F, Q


def fields_of(constraint: BaseConstraint) -> list[str]:
    """The names of the fields that a constraint compares, each once, in the order in which it names them."""
    expressions = getattr(constraint, "expressions", ())
    compared = (getattr(constraint, "condition", None), *expressions)
    names = [*getattr(constraint, "fields", ()), *(name for part in compared for name in _named(part))]
    return list(dict.fromkeys(names))


def _named(condition: object) -> Iterator[str]:
    """The fields that a condition names: in lookups, in what they compare with, and in expressions."""
    if isinstance(condition, F):
        yield str(condition.name)  # type: ignore[attr-defined] # missing in the stubs
    elif isinstance(condition, tuple):
        lookup, value = condition
        yield lookup.split("__")[0]
        yield from _named(value)
    else:
        for part in _parts(condition):
            yield from _named(part)


def _parts(condition: object) -> list[object]:
    if isinstance(condition, Q):
        return list(condition.children)
    sources = getattr(condition, "get_source_expressions", None)
    return sources() if sources else []
