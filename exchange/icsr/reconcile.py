"""What a follow-up changes in a case of the registry.

Reactions and drugs are matched by the ids of the message, or by their names; everything else by its
content, then by the elements that name it, then by its order. Rows of ICH blocks that the message no longer
has are removed. What E2B can't hold stays: findings, adjudications, reported scores, relative dates, and the
columns of rows that are no elements. Regional elements stay where the message has none. What a person here
has changed of a received case stays (see `own_changes`).
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import models

from cases.models import (
    Case,
    CaseRow,
    CausalityAssessment,
    DrugReaction,
    Examination,
    Reaction,
    Temperature,
)
from cases.record.case_record import CaseRecord, keys_to_rows
from exchange.icsr.builder import values_of
from exchange.icsr.derived import derived_temperatures, derived_uuid
from exchange.icsr.examinations import DETAIL_TAGS, onset_of, phase_of
from exchange.icsr.incoming import IncomingCase
from exchange.icsr.null_defaults import NULL_DEFAULTS
from exchange.icsr.own_changes import (
    OUR_BLOCKS,
    OwnValue,
    SentBefore,
    differ,
    own_values,
    say_the_same,
)
from exchange.icsr.plan import BLOCK_MODELS, PLANS, SECTIONS, kinds_in
from exchange.icsr.preserved_elements import preserved_values
from exchange.icsr.row_changes import UnreadableValue, changes, elements_of, unreadable_values
from values.dates import PartialDate

# The elements that name a row of a kind: rows with different names are never changed into each other.
NAMED_BY = {
    "C.1.6.1.r": ("C.1.6.1.r.1",),
    "C.1.9.1.r": ("C.1.9.1.r.2",),
    "C.1.10.r": ("C.1.10.r",),
    "C.4.r": ("C.4.r.1",),
    "D.7.1.r": ("D.7.1.r.1b", "D.7.1.r.5"),
    "D.8.r": ("D.8.r.1", "D.8.r.2b", "D.8.r.3b"),
    "D.10.7.1.r": ("D.10.7.1.r.1b", "D.10.7.1.r.5"),
    "D.10.8.r": ("D.10.8.r.1", "D.10.8.r.2b", "D.10.8.r.3b"),
    "E.i": ("E.i.1.1a", "E.i.2.1b"),
    "F.r": ("F.r.1", "F.r.2.1", "F.r.2.2b"),
    "G.k": ("G.k.2.2",),
    "G.k.2.3.r": ("G.k.2.3.r.1", "G.k.2.3.r.2b"),
    "G.k.9.i.2.r": ("G.k.9.i.2.r.1", "G.k.9.i.2.r.2"),
}
# Elements whose change changes what a test is, and in which way it was reported.
_OF_RESULT = {"F.r.3.1", "F.r.3.2", "F.r.3.4"}
_FIXED = {"id", "uuid", "case", "examination", "null_flavors", "verbatim"}


@dataclass
class Reconciliation:
    """Everything that a follow-up does to a case; nothing is saved yet.

    `added` rows hang below rows that are saved, or below each other, those first that others hang below.
    What hangs below a removed row goes with it; of rows that are both removed, the lower one comes first.
    """

    case_values: dict[str, Any] = field(default_factory=dict)
    added: list[CaseRow] = field(default_factory=list)
    changed: list[tuple[CaseRow, dict[str, Any]]] = field(default_factory=list)
    removed: list[CaseRow] = field(default_factory=list)
    unchanged: list[CaseRow] = field(default_factory=list)
    unreadable: list[UnreadableValue] = field(default_factory=list)
    own: list[OwnValue] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether the follow-up changes anything."""
        return bool(self.case_values or self.added or self.changed or self.removed)


def reconcile(
    incoming: IncomingCase,
    record: CaseRecord,
    *,
    keeps_stored: bool = False,
    before: Callable[[], IncomingCase | None] = lambda: None,
) -> Reconciliation:
    """Compare a message with the case that it follows up.

    `keeps_stored`: where a value of the message can't be read, the stored one stays. Else it becomes empty,
    with what was received preserved; `unreadable` names these either way. `before` reads the message that
    came before, if a person here has changed the case since; `own` names what stays as that person left it.
    """
    return _Reconciler(incoming, record, keeps_stored, before).run()


class _Reconciler:
    def __init__(
        self,
        incoming: IncomingCase,
        record: CaseRecord,
        keeps_stored: bool,
        before: Callable[[], IncomingCase | None],
    ) -> None:
        self._keeps_stored, self._before = keeps_stored, before
        self._incoming, self._new, self._old = incoming, incoming.record, record
        self._done = Reconciliation()
        self._new_temperatures = {row.uuid: row for row in self._new.all(Temperature)}
        self._old_temperatures = {row.uuid: row for row in record.all(Temperature)}
        self._derived = {row.uuid: row for row in derived_temperatures(record)}
        self._old_onset = _onset(record)
        self._stored: dict[int, CaseRow] = {}  # id of an incoming row -> the stored row that it matches

    def run(self) -> Reconciliation:
        self._done.case_values = self._changes(self._new.case, self._old.case)
        for kind, section in SECTIONS.items():
            for model in section:
                if model is not Case:
                    self._compare(self._new.all(model), self._old.all(model))  # type: ignore[arg-type]
            for inner in kinds_in(kind):
                self._level(inner, None, None)
        for kind in ("E.i", "F.r", "G.k"):
            self._level(kind, None, None)
        self._done.removed.reverse()
        gone = {id(row) for row in self._done.removed}
        touched = gone | {id(row) for row, _ in self._done.changed}
        self._done.unchanged = [
            row for row in self._old if id(row) not in touched and not _hangs_below(row, gone)
        ]
        return self._done

    @cached_property
    def _sent_before(self) -> SentBefore | None:
        """What the message before has of each stored row; None if none came, or nobody changed the case."""
        earlier = self._before()
        if earlier is None:
            return None
        return _Reconciler(earlier, self._old, False, lambda: None).as_sent_before()

    def as_sent_before(self) -> SentBefore:
        """The message as rows, by the stored rows that they match."""
        self.run()
        rows: dict[int, models.Model] = {id(self._old.case): self._new.case}
        rows |= {id(stored): row for row in self._new if (stored := self._stored.get(id(row)))}
        return SentBefore(self._new, rows)

    def _level(self, kind: str, new_parent: CaseRow | None, old_parent: CaseRow | None) -> None:
        """The rows of one kind below two rows that match, or below the case."""
        model, key = BLOCK_MODELS[kind], PLANS[BLOCK_MODELS[kind]].parent
        new = self._new.below(model, key, new_parent) if new_parent else self._new.all(model)
        old = self._old.below(model, key, old_parent) if old_parent else self._old.all(model)
        self._compare(new, old, old_parent)

    def _compare(self, new: list[CaseRow], old: list[CaseRow], old_parent: CaseRow | None = None) -> None:
        received, theirs = self._without_ours(new, old, old_parent)
        pairs = self._pairs(received, theirs)
        stored = {id(row): match for row, match in pairs}
        self._stored |= stored
        matched = {id(match) for _, match in pairs}
        for row in theirs:
            if id(row) not in matched and not self._is_own_pair(row):
                self._remove(row)
        last = max((row.position for row in old if hasattr(row, "position")), default=0)
        for row in received:
            if match := stored.get(id(row)):
                self._change(row, match)
            elif not _is_empty(row):
                self._add(row, old_parent, last)

    def _without_ours(
        self, new: list[CaseRow], old: list[CaseRow], old_parent: CaseRow | None
    ) -> tuple[list[CaseRow], list[CaseRow]]:
        """Without stored blocks that a person here has added, and received ones that a person has removed."""
        rows = new or old
        if not rows or PLANS[type(rows[0])].kind not in OUR_BLOCKS or not differ(new, old):
            return new, old
        if self._sent_before is None:
            return new, old
        sent = self._sent_before
        ours = [row for row in old if sent.of(row) is None]
        settled = [*ours, *sent.removed_here(type(rows[0]), old_parent)]
        theirs = [row for row in old if sent.of(row) is not None]
        return [row for row in new if not say_the_same(row, settled)], theirs

    def _is_own_pair(self, row: CaseRow) -> bool:
        """Whether a person here has assessed a drug and a reaction that the message doesn't pair any more."""
        if not isinstance(row, DrugReaction) or self._sent_before is None:
            return False
        of = self._sent_before.of
        return of(row) is None or any(
            of(below) is None for below in self._old.below(CausalityAssessment, "pair", row)
        )

    def _pairs(self, new: list[CaseRow], old: list[CaseRow]) -> list[tuple[CaseRow, CaseRow]]:
        kind = PLANS[type((new or old)[0])].kind if new or old else ""
        if kind in SECTIONS:
            return list(zip(new, old, strict=False))
        left, right, pairs = list(new), list(old), []
        for name_of in self._ways(kind):
            matches = _same_name(left, right, name_of)
            pairs += matches
            matched = {id(row) for pair in matches for row in pair}
            left = [row for row in left if id(row) not in matched]
            right = [row for row in right if id(row) not in matched]
        return pairs + _same_but_unreadable(left, right, NAMED_BY.get(kind, ()))

    def _ways(self, kind: str) -> Iterator[Callable[[CaseRow, bool], Hashable]]:
        """The names by which rows of a kind are matched, surest first. A row named None matches nothing."""
        if kind in ("E.i", "G.k"):
            yield lambda row, is_new: str(row.uuid)
            yield lambda row, is_new: self._incoming.refs.get(id(row)) if is_new else str(row.uuid)
        if kind == "G.k.9.i":
            yield self._reaction
            return
        if kind in ("D.7.1.r", "D.10.7.1.r"):
            yield lambda row, is_new: (row.term, frozenset(elements_of(row).items()))  # type: ignore[attr-defined]
        yield lambda row, is_new: frozenset(elements_of(row).items())
        if kind in NAMED_BY:
            yield lambda row, is_new: _name(row, NAMED_BY[kind])
        else:
            yield lambda row, is_new: kind  # in their order

    def _reaction(self, pair: CaseRow, is_new: bool) -> Hashable:
        reaction = pair.reaction  # type: ignore[attr-defined]
        return id(self._stored.get(id(reaction), reaction))

    def _add(self, row: CaseRow, old_parent: CaseRow | None, last: int) -> None:
        plan = PLANS[type(row)]
        if plan.parent and old_parent is not None:
            setattr(row, plan.parent, old_parent)
        if plan.numbered:
            row.position += last  # type: ignore[attr-defined]
        if isinstance(row, DrugReaction):
            row.reaction = self._stored.get(id(row.reaction), row.reaction)
        self._done.added.append(row)
        if isinstance(row, Examination):
            if (key := derived_uuid(row)) in self._new_temperatures:
                self._done.added.append(self._new_temperatures[key])
            for model in DETAIL_TAGS:
                self._done.added += self._new.below(model, "examination", row)
        for kind in kinds_in(plan.kind):
            inside = PLANS[BLOCK_MODELS[kind]]
            # What belongs to a section hangs below the case, and is compared there.
            for inner in self._new.below(BLOCK_MODELS[kind], inside.parent, row) if inside.parent else ():
                self._add(inner, None, 0)

    def _remove(self, row: CaseRow) -> None:
        self._done.removed.append(row)
        if isinstance(row, Examination) and (key := derived_uuid(row)) in self._derived:
            # What is derived from this test, and from nothing else, goes with it.
            self._done.removed.append(self._derived[key])

    def _change(self, row: CaseRow, stored: CaseRow) -> None:
        values = self._changes(row, stored)
        tagged = self._incoming.tagged.get(id(row), {})
        if isinstance(row, Examination) and isinstance(stored, Examination):
            tagged = {**self._of_result(row, stored), **self._of_onset(row, stored), **tagged}
            self._details(row, stored)
        values |= {name: value for name, value in tagged.items() if getattr(stored, name) != value}
        if values:
            self._done.changed.append((stored, values))
        if isinstance(row, Examination) and isinstance(stored, Examination) and values:
            self._temperature(row, stored)
        own = PLANS[type(row)].kind
        for kind in kinds_in(own) if own not in SECTIONS else ():
            self._level(kind, row, stored)

    def _changes(self, new: models.Model, old: models.Model) -> dict[str, Any]:
        own = list(own_values(new, old, lambda: self._sent_before))
        self._done.own += own
        kept = {value.element for value in own}
        unreadable = [value for value in unreadable_values(new, old) if value.element not in kept]
        self._done.unreadable += unreadable
        if self._keeps_stored:
            kept |= {value.element for value in unreadable}
        return changes(new, old, kept=kept)

    def _keeps_result(self, stored: Examination) -> bool:
        """Whether the number of a test stays, because the message's can't be read."""
        return self._keeps_stored and any(
            value.row is stored and value.element in _OF_RESULT for value in self._done.unreadable
        )

    def _of_result(self, row: Examination, stored: Examination) -> dict[str, Any]:
        """The qualifier is part of the number; the way of reporting follows a result that has changed."""
        new, old = elements_of(row), elements_of(stored)
        if self._keeps_result(stored):
            return {}
        if row.qualifier == stored.qualifier and all(new.get(name) == old.get(name) for name in _OF_RESULT):
            return {}
        return {"qualifier": row.qualifier, "result": row.result}

    def _of_onset(self, row: Examination, stored: Examination) -> dict[str, Any]:
        """A phase that followed from the dates follows from the new ones; one that a person chose stays."""
        by_dates = phase_of(elements_of(stored).get("F.r.1"), self._old_onset)
        return {"phase": row.phase} if stored.phase == by_dates else {}

    def _details(self, row: Examination, stored: CaseRow) -> None:
        """Details change only where tags state them: a guess doesn't overrule a person."""
        if id(row) not in self._incoming.tagged:
            return
        for model in DETAIL_TAGS:
            new = next(iter(self._new.below(model, "examination", row)), None)
            old = next(iter(self._old.below(model, "examination", stored)), None)
            if new and old:
                values = {
                    column.name: getattr(new, column.name)
                    for column in model._meta.fields
                    if column.name not in _FIXED and getattr(new, column.name) != getattr(old, column.name)
                }
                if values:
                    self._done.changed.append((old, values))
            elif new:
                new.examination = stored  # type: ignore[assignment]
                self._done.added.append(new)
            elif old:
                self._done.removed.append(old)

    def _temperature(self, row: Examination, stored: Examination) -> None:
        """A change of a body temperature among the tests changes the temperature derived from it."""
        if self._keeps_result(stored):
            return
        new = self._new_temperatures.get(derived_uuid(row))
        old = self._old_temperatures.get(derived_uuid(stored))
        if new and old:
            self._done.changed.append((old, {"celsius": new.celsius, "when": new.when}))
        elif new:
            new.uuid = derived_uuid(stored)
            self._done.added.append(new)
        elif old:
            self._done.removed.append(old)


def _onset(record: CaseRecord) -> PartialDate | None:
    return onset_of([values_of(reaction).get("E.i.4") for reaction in record.all(Reaction)])


def _is_empty(row: CaseRow) -> bool:
    """Whether a section's row has no element but the null flavors that ICH requires."""
    kind, values = PLANS[type(row)].kind, elements_of(row)
    return kind in SECTIONS and all(value == NULL_DEFAULTS.get(name) for name, value in values.items())


def _name(row: CaseRow, elements: Iterable[str]) -> Hashable:
    values = elements_of(row)
    names = tuple(values.get(element) for element in elements)
    return names if any(names) else None


def _same_name(
    new: list[CaseRow], old: list[CaseRow], name_of: Callable[[CaseRow, bool], Hashable]
) -> list[tuple[CaseRow, CaseRow]]:
    """Pairs of rows that have the same name, in their order."""
    unmatched: dict[Hashable, list[CaseRow]] = defaultdict(list)
    for row in old:
        unmatched[name_of(row, False)].append(row)
    pairs = []
    for row in new:
        name = name_of(row, True)
        if name is not None and unmatched.get(name):
            pairs.append((row, unmatched[name].pop(0)))
    return pairs


def _same_but_unreadable(
    new: list[CaseRow], old: list[CaseRow], elements: tuple[str, ...]
) -> list[tuple[CaseRow, CaseRow]]:
    """Pairs of rows whose names are the same, but for elements that can't be read in the new one."""
    pairs, left = [], list(old)
    for row in new:
        unread = preserved_values(row.null_flavors).keys()
        names = [name for name in elements if name not in unread]
        if len(names) == len(elements):
            continue
        name = _name(row, names)
        match = next((other for other in left if name is not None and _name(other, names) == name), None)
        if match is not None:
            pairs.append((row, match))
            left.remove(match)
    return pairs


def _hangs_below(row: CaseRow, gone: set[int]) -> bool:
    parents = [getattr(row, key.name) for key in keys_to_rows(type(row))]
    return any(id(parent) in gone or _hangs_below(parent, gone) for parent in parents if parent)
