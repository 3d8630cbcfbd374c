"""Errors of the database as validation errors, with the sentence of the constraint that was violated."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError
from django.db.models import BaseConstraint


@contextmanager
def as_validation_errors() -> Iterator[None]:
    """Turn an error of the database into a ValidationError that a person understands.

    The transaction is lost by then; whoever opened it must let it roll back.
    """
    try:
        yield
    except IntegrityError as error:
        raise ValidationError(_message(error)) from error
    except DataError as error:
        raise ValidationError(f"A value does not fit its field: {_primary(error)}.") from error


def _message(error: IntegrityError) -> str:
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
    constraint = _constraints().get(name)
    if constraint is not None:
        return str(constraint.get_violation_error_message())
    if name.endswith("_of_same_case"):
        return "An entry can only hang below another entry of the same case."
    return f"The database refused this: {_primary(error)}."


def _primary(error: Exception) -> str:
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "message_primary", None) or str(error)


@cache
def _constraints() -> dict[str, BaseConstraint]:
    return {
        constraint.name: constraint for model in apps.get_models() for constraint in model._meta.constraints
    }
