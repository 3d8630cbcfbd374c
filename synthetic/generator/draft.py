"""A synthetic case while its rows are made."""

from collections import defaultdict

from synthetic.generator.chance import Chance
from synthetic.generator.story import Story, as_reported
from synthetic.generator.tables import Cell, Medicine, Row

# The rows of one case by table, in the order of `tables.COLUMNS`.
Plan = dict[str, list[Row]]


class Draft:
    """The story of the case and its rows so far; the sections add to them."""

    def __init__(
        self, number: str, labs: int, chance: Chance, story: Story, medicines: dict[str, Medicine]
    ) -> None:
        self.number, self.labs = number, labs
        self.chance, self.story, self.medicines = chance, story, medicines
        self.rows: Plan = defaultdict(list)
        # The main reaction and the first dose of the culprit, which moments refer to.
        self.onset, self.first_dose = chance.uuid(), chance.uuid()

    def add(self, table: str, *cells: Cell, uuid: str | None = None) -> str:
        """Add a row; returns its position in its table, by which rows below it refer to it."""
        rows = self.rows[table]
        rows.append((uuid or self.chance.uuid(), *cells))
        return str(len(rows) - 1)

    def is_reported(self) -> bool:
        """Whether the report gives the next detail; a new draw each time."""
        return self.chance.happens(self.story.thoroughness)

    def when(self, day: int) -> Cell:
        """A day counted from onset, as the report dates it; None if it doesn't."""
        if self.story.dating == "relative":
            return f"reaction:{self.onset}{'+' if day >= 0 else '-'}{abs(day)}d"
        if not self.is_reported():
            return None
        return as_reported(self.story.date_of(day), self.story.dating)
