"""How the filters are taken: which class they speak of, what ranges include, and which cases are left out."""

from collections.abc import Sequence

import django_filters

from research.filters.class_by import CLASS_BY
from research.filters.conditions import CERTAINLY, POSSIBLY

LEAVE_OUT, INCLUDE, ONLY = "leave_out", "include", "only"
Choices = Sequence[tuple[str, str]]


class Switch(django_filters.ChoiceFilter):
    """No condition of its own. The first choice holds unless another one is set.

    `token`: how a choice is put among the filters that are set: "Ranges fit possibly".
    """

    def __init__(self, label: str, choices: Choices, help_text: str, token: str) -> None:
        keys = ", ".join(key for key, _ in choices)
        super().__init__(
            label=label,
            choices=choices,
            empty_label=None,
            help_text=help_text,
            error_messages={"invalid_choice": f"There is no “%(value)s” here. Choose among: {keys}."},
        )
        self.offered, self.token = choices, token

    @property
    def default(self) -> str:
        return self.offered[0][0]

    def in_words(self, value: str) -> str:
        """A choice in a few words: what stands before the colon of its label."""
        short = dict(self.offered)[value].split(":")[0]
        return self.token.format(short[:1].lower() + short[1:])


def class_by() -> Switch:
    """The switch between the ways to count classes."""
    choices = [(key, counted.label) for key, counted in CLASS_BY.items()]
    return Switch("Classes by", choices, "Which class of a case is searched and counted.", "Classes by {}")


def certainty() -> Switch:
    """The switch whether ranges include cases whose report leaves open if they fit."""
    choices = [
        (CERTAINLY, "Certainly: unknown and imprecise values don't fit"),
        (POSSIBLY, "Possibly: they fit unless they can't"),
    ]
    explained = "How dates, ages, latencies and peaks that are imprecise or unknown are taken."
    return Switch("Ranges fit", choices, explained, "Ranges fit {}")


def nullified() -> Switch:
    """The switch whether nullified cases are found and counted."""
    choices = [
        (LEAVE_OUT, "Left out: unless “nullified” is chosen as the state"),
        (INCLUDE, "Included: found and counted like others"),
        (ONLY, "Only: no others"),
    ]
    return Switch(
        "Nullified cases", choices, "Whether nullified cases are found and counted.", "Nullified cases: {}"
    )
