"""What a service refuses while a form is saved, kept until the form is shown once more with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db.models import Model

from cases.constraint_fields import fields_of


@dataclass(eq=False)
class ServiceError(Exception):
    """Nothing was saved. `prefix` names the form of the row at fault, None the case as a whole."""

    error: ValidationError | PermissionDenied
    prefix: str | None = None
    row: str = ""

    @property
    def by_field(self) -> dict[str, list[str]]:
        """The messages by field; those of no field in particular under NON_FIELD_ERRORS."""
        if isinstance(self.error, PermissionDenied):
            return {NON_FIELD_ERRORS: [str(self.error)]}
        if hasattr(self.error, "error_dict"):
            return {name: ValidationError(errors).messages for name, errors in self.error.error_dict.items()}
        return {NON_FIELD_ERRORS: self.error.messages}

    @property
    def summary(self) -> str:
        messages = " ".join(message for messages in self.by_field.values() for message in messages)
        return f"Nothing was saved. {self.row}: {messages}" if self.row else f"Nothing was saved. {messages}"


@contextmanager
def service_errors_raised() -> Iterator[None]:
    """Turn what services refuse in here into a ServiceError of the whole form."""
    try:
        yield
    except (ValidationError, PermissionDenied) as error:
        raise ServiceError(error) from error


def field_at_fault(model: type[Model], message: str, among: list[str]) -> str | None:
    """The field at which to show the message of a constraint of the model, if it is one of these."""
    for constraint in model._meta.constraints:
        if message == constraint.get_violation_error_message():
            return next((name for name in fields_of(constraint) if name in among), None)
    return None
