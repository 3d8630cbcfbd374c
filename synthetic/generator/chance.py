"""Repeatable random draws: one stream of numbers for each case, seeded by its number."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

from synthetic.generator.tables import Cell

T = TypeVar("T")


class Chance:
    """The draws of one case."""

    def __init__(self, seed: int, labs: int, ordinal: int) -> None:
        self._random = Random(f"{seed}/{labs}/{ordinal}")  # noqa: S311 - repeatable, not secret
        self._draw = self._random.random

    def happens(self, probability: float) -> bool:
        return self._draw() < probability

    def pick(self, choices: Sequence[T]) -> T:
        return choices[int(self._draw() * len(choices))]

    def weighted(self, choices: Sequence[tuple[T, float]]) -> T:
        """One of several, each with its share; the shares sum to 1, the last takes what is left."""
        remaining = self._draw()
        for choice, share in choices:
            remaining -= share
            if remaining < 0:
                return choice
        return choices[-1][0]

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self._draw()

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self._draw() * (high - low + 1))

    def skewed(self, median: float, spread: float) -> float:
        """Log-normal: `spread` is the standard deviation of the logarithm."""
        return self._random.lognormvariate(0, spread) * median

    def three_valued(self, is_stated: float, is_true: float) -> Cell:
        """Yes, no, or not stated: the probabilities that the report answers, and that the answer is yes."""
        if self._draw() >= is_stated:
            return None
        return "t" if self._draw() < is_true else "f"

    def uuid(self) -> str:
        """A version 4 UUID with hyphens, as moments of other rows refer to it."""
        digits = f"{self._random.getrandbits(128):032x}"
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"
