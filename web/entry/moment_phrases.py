"""Dates and durations in the phrases of the form: parsed as typed, and written out for people."""

import re
from collections.abc import Mapping

from values.calendar_text import WrittenOn, format_date
from values.moment_reading import parse_moment
from values.moment_text import UnknownEventError, format_moment
from values.moments import Moment

_OF_A_DRUG = re.compile(
    r".*\b(?:dose|start|beginning|initiation|end|stop|discontinuation)\s+of\s+.+|.*\bdose\b.*"
)
# Where an event that a date counts from is entered, by its name.
REMEDIES = (
    (
        _OF_A_DRUG,
        "Enter the drug with a dose under “What was taken”; the amount or the words of the dose are enough",
    ),
    (re.compile(r".*\b(?:onset|reaction|symptoms?)\b.*"), "Enter the reaction under “What happened”"),
    (re.compile(r".*\btreatment\b.*"), "Enter the treatment under “What happened”"),
)
ANY_EVENT = (
    "Enter it: a drug with a dose under “What was taken”, a reaction or a treatment under “What happened”, "
    "an earlier condition under “Patient”"
)


def parse_phrase(text: str, events: Mapping[str, str], written_on: WrittenOn) -> Moment:
    """The moment that a text means; `events` are names of events -> anchors.

    Raises MomentParseError, with the remedy.
    """
    try:
        return parse_moment(text, events, written_on)
    except UnknownEventError as error:
        place = next((place for pattern, place in REMEDIES if pattern.fullmatch(error.name)), ANY_EVENT)
        raise UnknownEventError(
            f"{error} {place}: on this page, before or after this row. Or give a date, or leave this box "
            "empty and put its words under “As reported”: a date that hangs on nothing can't be kept.",
            error.name,
        ) from None


def moment_phrase(moment: Moment, events: Mapping[str, str]) -> str:
    """What a moment means: "15 Mar 2016", "about 15 Mar 2016: 12 to 18 Mar 2016"."""
    words = format_moment(moment, events)
    if not moment.is_about:
        return words
    return f"{words}: {format_date(moment.possible) if moment.possible else _distance(moment)}"


def _distance(moment: Moment) -> str:
    is_before = moment.offset is not None and moment.offset.before
    return f"{-moment.span} before it" if is_before else f"{moment.span} after it"
