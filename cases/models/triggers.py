"""Database triggers: changes of evidence are counted, append-only rows stay unchanged."""

from collections.abc import Callable
from typing import Any, TypeVar

import pgtrigger
from django.db import models

ModelType = TypeVar("ModelType", bound=type[models.Model])

# Whatever changes evidence raises the counter of its case, in the same transaction, once per
# statement. Summaries are locked in id order, so that two statements can't wait for each other.
_COUNT = """
    PERFORM 1 FROM cases_casesummary WHERE case_id IN ({cases}) ORDER BY case_id FOR UPDATE;
    UPDATE cases_casesummary SET evidence_version = evidence_version + 1 WHERE case_id IN ({cases});
    RETURN NULL;
"""
_OLD, _NEW = "SELECT {column} FROM old_rows", "SELECT {column} FROM new_rows"
_EVENTS = (
    ("insert", pgtrigger.Insert, pgtrigger.Referencing(new="new_rows"), (_NEW,)),
    ("update", pgtrigger.Update, pgtrigger.Referencing(old="old_rows", new="new_rows"), (_OLD, _NEW)),
    ("delete", pgtrigger.Delete, pgtrigger.Referencing(old="old_rows"), (_OLD,)),
)


def counts_as_evidence(column: str = "case_id") -> Callable[[ModelType], ModelType]:
    """Class decorator: every change of a row raises the evidence counter of its case."""

    def decorate(model: ModelType) -> ModelType:
        pgtrigger.register(*(_counter(column, *event) for event in _EVENTS))(model)
        return model

    return decorate


def _counter(
    column: str, name: str, operation: Any, referencing: Any, sources: tuple[str, ...]
) -> pgtrigger.Trigger:
    cases = " UNION ".join(source.format(column=column) for source in sources)
    return pgtrigger.Trigger(
        name=f"evidence_{name}",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=referencing,
        func=_COUNT.format(cases=cases),
    )


def append_only(model: ModelType) -> ModelType:
    """Class decorator: rows are written once and neither changed nor removed."""
    pgtrigger.register(pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete))(
        model
    )
    return model
