"""Which dates and intervals a case can have: what lies outside is a slip of the pen, or an attack.

From 1850, before the birth of anybody whose report could still come in, to 2199: late enough for a date that
is meant as "never", and so far from year 9999 that whatever is counted from a date stays in the calendar. An
interval is at most 150 years, longer than anybody has lived.
"""

from datetime import date
from decimal import Decimal

from values.dates import PartialDate
from values.moments import Moment
from values.spans import TimeUnit

FIRST_YEAR, LAST_YEAR = 1850, 2199
FIRST_DAY, LAST_DAY = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
# The longest interval in each unit; of hours and minutes a number has no more digits.
LONGEST = {
    TimeUnit.YEAR: Decimal(150),
    TimeUnit.MONTH: Decimal(1800),
    TimeUnit.WEEK: Decimal(7999),
    TimeUnit.DAY: Decimal(54999),
    TimeUnit.HOUR: Decimal(999999),
    TimeUnit.MINUTE: Decimal(999999),
}
IN_WORDS = f"Dates lie between {FIRST_YEAR} and {LAST_YEAR}"


def out_of_bounds(moment: Moment) -> str:
    """Why no case can have this moment, as a sentence; empty where one can."""
    if moment.offset is not None:
        longest, unit = LONGEST[moment.offset.unit], moment.offset.unit
        if max(moment.offset.low, moment.offset.high or Decimal(0)) >= longest + 1:
            return f"{moment} is out of any life: an interval is at most {longest} {unit}. Check the number."
        return ""
    dates = moment.date
    ends = (dates,) if isinstance(dates, PartialDate) else (dates.start, dates.end) if dates else ()
    if all(FIRST_YEAR <= end.parts[0] <= LAST_YEAR for end in ends):
        return ""
    return f"{moment} is out of any life. {IN_WORDS}: check the year."
