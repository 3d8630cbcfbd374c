"""The model field of a moment, and the spellings that its column accepts."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from values.bounds import FIRST_DAY, IN_WORDS, LAST_DAY, out_of_bounds
from values.moments import ANCHOR, Moment
from values.spans import TimeUnit

# Whole numbers up to those of `values.bounds.LONGEST`, and years of its bounds.
_WHOLE = {
    TimeUnit.YEAR: r"(?:1[0-4]\d|150|\d{1,2})",
    TimeUnit.MONTH: r"(?:1[0-7]\d{2}|1800|\d{1,3})",
    TimeUnit.WEEK: r"[0-7]?\d{1,3}",
    TimeUnit.DAY: r"(?:5[0-4]\d{3}|[0-4]?\d{1,4})",
    TimeUnit.HOUR: r"\d{1,6}",
    TimeUnit.MINUTE: r"\d{1,6}",
}
_YEAR = r"(?:18[5-9]\d|19\d{2}|2[01]\d{2})"
_DATE = _YEAR + r"(?:-\d{2}(?:-\d{2}(?:T\d{2}(?::\d{2}(?::\d{2}(?:\.\d{1,6})?)?)?(?:[+-]\d{2}:\d{2})?)?)?)?"
# The shapes of a moment's canonical text; PostgreSQL and Python read this spelling alike.
DATED = rf"^~?{_DATE}(?:\.\.{_DATE})?$"
_INTERVALS = "|".join(
    rf"{whole}(?:\.\d{{1,6}})?(?:\.\.(?:{whole}(?:\.\d{{1,6}})?)?)?{unit}" for unit, whole in _WHOLE.items()
)
RELATIVE = rf"^~?{ANCHOR}[+-](?:{_INTERVALS})$"
SHAPE = f"{DATED}|{RELATIVE}"

MOMENT_HELP = "A date as precise as it is known (2016, Mar 2016, 15 Mar 2016), or an event and an interval."


if TYPE_CHECKING:
    _Field = models.Field[Moment | str | None, Moment | None]
    _DateField = models.DateField[date | str | None, date | None]
else:
    _Field, _DateField = models.Field, models.DateField


class DayField(_DateField):
    """A date known to the day, within what a case can have (`values.bounds`)."""

    default_validators = [
        MinValueValidator(FIRST_DAY, f"{IN_WORDS}: check the year."),
        MaxValueValidator(LAST_DAY, f"{IN_WORDS}: check the year."),
    ]

    def get_internal_type(self) -> str:
        return "DateField"

    def db_check(self, connection: BaseDatabaseWrapper) -> str | None:
        if any(field.name == "pgh_id" for field in self.model._meta.local_fields):
            return None  # as for moments
        return f"{connection.ops.quote_name(str(self.column))} BETWEEN '{FIRST_DAY}' AND '{LAST_DAY}'"


class MomentField(_Field):
    """A `values.moments.Moment`, stored as its canonical text; NULL when nothing was reported.

    The column refuses text of any other shape.
    """

    description = "When something happened, as reported"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "varchar(120)"

    def db_check(self, connection: BaseDatabaseWrapper) -> str | None:
        if any(field.name == "pgh_id" for field in self.model._meta.local_fields):
            return None  # history rows have passed the check already
        column = connection.ops.quote_name(str(self.column))
        # The first character decides between date and anchor: a fifth of the cost of both patterns.
        return (
            f"CASE WHEN ascii(ltrim({column}, '~')) BETWEEN 48 AND 57 THEN {column} ~ '{DATED}' "
            f"ELSE {column} ~ '{RELATIVE}' END"
        )

    def get_internal_type(self) -> str:
        return "CharField"

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Moment | None:
        return None if value is None else Moment.parse(value)

    def to_python(self, value: Any) -> Moment | None:
        if value is None or isinstance(value, Moment):
            return value
        if not str(value).strip():
            return None
        try:
            return Moment.parse(str(value))
        except ValueError as error:
            raise ValidationError(
                "%(error)s Write a date (2016, 2016-03, 2016-03-15), or an event and an interval "
                "(birth+16..17mo).",
                code="moment",
                params={"error": str(error)},
            ) from None

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if isinstance(value, Moment) and (reason := out_of_bounds(value)):
            raise ValidationError(reason, code="out_of_bounds")

    def get_prep_value(self, value: Any) -> str | None:
        moment = self.to_python(value)
        return None if moment is None else str(moment)

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else str(value)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"max_length": 120, "help_text": self.help_text or MOMENT_HELP, **kwargs})
