"""The four classes of RegiSCAR, as constants of its rules."""

from enum import StrEnum


class Category(StrEnum):
    """The four classes of RegiSCAR, in rising order."""

    NO_CASE = "no_case"
    POSSIBLE = "possible"
    PROBABLE = "probable"
    DEFINITE = "definite"

    @property
    def rank(self) -> int:
        """0 for the lowest class to 3 for the highest."""
        return _RANKS[self]


_RANKS = {category: rank for rank, category in enumerate(Category)}
