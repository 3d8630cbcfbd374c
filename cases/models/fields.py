"""The model field of a moment, and the spellings that its column accepts."""

from django.core.exceptions import ValidationError
from django.db import models

from values.moments import ANCHOR, Moment
from values.spans import TimeUnit

_NUMBER = r"\d{1,6}(?:\.\d{1,6})?"
_DATE = r"\d{4}(?:-\d{2}(?:-\d{2}(?:T\d{2}(?::\d{2}(?::\d{2}(?:\.\d{1,6})?)?)?(?:[+-]\d{2}:\d{2})?)?)?)?"
# The shapes of a moment's canonical text; PostgreSQL and Python read this spelling alike.
DATED = rf"^{_DATE}$"
RELATIVE = rf"^{ANCHOR}[+-]{_NUMBER}(?:\.\.(?:{_NUMBER})?)?(?:{'|'.join(TimeUnit)})$"
SHAPE = f"{DATED}|{RELATIVE}"

MOMENT_HELP = "A date as precise as it is known (2016, 2016-03, 2016-03-15), or an event and an interval."


class MomentField(models.Field):
    """A `values.moments.Moment`, stored as its canonical text; NULL when nothing was reported.

    The column refuses text of any other shape.
    """

    description = "When something happened, as reported"

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def db_type(self, connection):
        return "varchar(120)"

    def db_check(self, connection):
        if any(field.name == "pgh_id" for field in self.model._meta.local_fields):
            return None  # history rows have passed the check already
        column = connection.ops.quote_name(self.column)
        # The first character decides between date and anchor: a fifth of the cost of both patterns.
        return (
            f"CASE WHEN ascii({column}) BETWEEN 48 AND 57 THEN {column} ~ '{DATED}' "
            f"ELSE {column} ~ '{RELATIVE}' END"
        )

    def get_internal_type(self):
        return "CharField"

    def from_db_value(self, value, expression, connection):
        return None if value is None else Moment.parse(value)

    def to_python(self, value):
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

    def get_prep_value(self, value):
        value = self.to_python(value)
        return None if value is None else str(value)

    def value_to_string(self, obj):
        value = self.value_from_object(obj)
        return "" if value is None else str(value)

    def formfield(self, **kwargs):
        return super().formfield(**{"max_length": 120, "help_text": self.help_text or MOMENT_HELP, **kwargs})
