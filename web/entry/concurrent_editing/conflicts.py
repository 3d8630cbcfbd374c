"""What others did to a case while a form of it was open."""

from dataclasses import dataclass

from cases.history import Save


@dataclass(frozen=True)
class Conflict:
    """One field that two people changed. `mine` is what the form will save."""

    row: str
    label: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class OthersChanges:
    """What others saved since the form was opened. `quiet` are events that changed no field."""

    saves: list[Save]
    quiet: list[str]
    conflicts: list[Conflict]
