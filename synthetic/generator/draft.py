"""A case in the making: the story, the chance, and the rows so far."""

from collections import defaultdict

from synthetic.generator.chance import Chance
from synthetic.generator.story import Story, as_told
from synthetic.generator.tables import Cell, Medicine, Row

# The rows of one case by table, in the order of `tables.COLUMNS`.
Plan = dict[str, list[Row]]


class Draft:
    """What the sections add to."""

    def __init__(
        self, number: str, labs: int, chance: Chance, story: Story, medicines: dict[str, Medicine]
    ) -> None:
        self.number, self.labs = number, labs
        self.chance, self.story, self.medicines = chance, story, medicines
        self.rows: Plan = defaultdict(list)
        # The main reaction and the first dose of the culprit, which moments refer to.
        self.onset, self.first_dose = chance.uuid(), chance.uuid()

    def add(self, table: str, *cells: Cell, uuid: str | None = None) -> str:
        """Add a row; returns its place among those of its table, by which others hang below it."""
        rows = self.rows[table]
        rows.append((uuid or self.chance.uuid(), *cells))
        return str(len(rows) - 1)

    @property
    def tells(self) -> bool:
        """Whether the report says what could be said here."""
        return self.chance.happens(self.story.thoroughness)

    def when(self, day: int) -> Cell:
        """A moment of the reaction, counted from its onset, as the report gives it; None if it doesn't."""
        if self.story.dating == "relative":
            return f"reaction:{self.onset}{'+' if day >= 0 else '-'}{abs(day)}d"
        if not self.tells:
            return None
        return as_told(self.story.date_of(day), self.story.dating)
