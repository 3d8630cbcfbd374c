"""Insert synthetic cases in bulk: the twin of `cases.opening` for sets of cases.

Each chunk is one transaction with its history context, an event and a score for every case. Rows are written
by COPY, for which the history triggers fire as for any insert. Cases of patients are never changed.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

import pghistory
from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from accounts.models import Organisation, User
from assessments.assessing import make_current
from cases.copying import NULL, as_text, copy_lines, defaults, fresh_keys
from cases.database_errors import as_validation_errors
from cases.drugs.half_lives import write_half_lives
from cases.models import Case, CaseEvent, Drug
from cases.workers import spread
from synthetic.generator import COLUMNS, PARENTS, Medicine, Plan, number_of, plan_case
from synthetic.versions import copy_versions

CHUNK = 250
REASON = "Synthetic case, made by the generator"


@dataclass(frozen=True)
class Order:
    """What to make, and as which user. `labs`: laboratory results a case."""

    seed: int
    labs: int
    by_id: int
    is_scored: bool


@dataclass(frozen=True)
class Made:
    """Counts of one chunk: cases made now, and those that an earlier run had made."""

    made: int
    existing: int


def synthesize(
    count: int, *, seed: int, labs: int = 10, jobs: int = 1, is_scored: bool = True, chunk: int = CHUNK
) -> Iterator[Made]:
    """Make cases 1 to `count` of a seed; the same seed gives the same cases, if the dictionary is the same.

    Yields after each committed chunk; an interrupted run is continued by the same call.
    Raises ValidationError when the database refuses a row, ValueError without a drug dictionary.
    """
    if not medicines():
        raise ValueError("The drug dictionary is empty. Load it first: `make run` does.")
    order = Order(seed, labs, synthesizer().pk, is_scored)
    chunks = (range(first, min(first + chunk, count + 1)) for first in range(1, count + 1, chunk))
    yield from spread(partial(make, order), chunks, jobs)


def synthesizer() -> User:
    """The user as whom cases are made; nobody can log in as it."""
    organisation, _ = Organisation.objects.get_or_create(
        identifier="SYNTHETIC", defaults={"name": "Synthetic cases"}
    )
    user, is_new = User.objects.get_or_create(
        username="synthesizer", defaults={"organisation": organisation, "role": "assessor"}
    )
    if is_new:
        user.set_unusable_password()
        user.save()
    return user


def medicines() -> dict[str, Medicine]:
    """The substances of the dictionary, with the half-lives that an exposure copies."""
    drugs = Drug.objects.filter(is_class=False).prefetch_related("half_lives").order_by("name")
    return {drug.name: _medicine(drug) for drug in drugs}


def _medicine(drug: Drug) -> Medicine:
    rows = list(drug.half_lives.all())
    default = next((row for row in rows if row.is_default), None)
    low, high = (str(default.low_hours), str(default.high_hours)) if default else (None, None)
    return Medicine(str(drug.pk), drug.name, low, high, write_half_lives(rows), drug.release)


def make(order: Order, ordinals: range) -> Made:
    """Make the cases of one chunk that don't exist yet, and score what is outdated."""
    numbers = [number_of(order.seed, order.labs, ordinal) for ordinal in ordinals]
    existing = dict(Case.objects.filter(number__in=numbers).values_list("number", "pk"))
    drugs = medicines()
    plans = [
        plan_case(order.seed, order.labs, ordinal, drugs)
        for ordinal, number in zip(ordinals, numbers, strict=True)
        if number not in existing
    ]
    keys = write_plans(plans, User.objects.get(pk=order.by_id)) if plans else []
    if order.is_scored:
        make_current([*existing.values(), *keys])
    return Made(len(plans), len(existing))


def write_plans(plans: list[Plan], by: User) -> list[int]:
    """Write whole cases in one transaction; returns their keys.

    A case is written after its rows, whose foreign keys are checked at the end of the transaction: as long as
    it has no score row, no trigger counts the evidence of eighteen tables row by row.
    """
    # History rows name the first event of their transaction, as after any amendment.
    events = fresh_keys(CaseEvent, len(plans))
    constant = {"opened_by_id": str(by.pk), "organisation_id": str(by.organisation_id), "is_synthetic": "t"}
    with (
        transaction.atomic(),
        pghistory.context(user=by.pk, username=by.get_username(), reason=REASON, event=events[0]),
        as_validation_errors(),
    ):
        keys = _Keys(plans)
        # COPY sets no history context itself: a tracked statement sets it for the rest of the transaction.
        Case.objects.filter(pk=keys.cases[0]).update(state="draft")
        for table in COLUMNS:
            if table != "CaseVersion":
                _copy_table(table, plans, keys, constant)
        copy_versions(plans, keys.cases, by)
        _copy_events(plans, keys.cases, events, by)
    return keys.cases


class _Keys:
    """Primary keys for the cases, and for the rows that other rows refer to."""

    def __init__(self, plans: list[Plan]) -> None:
        self.cases = fresh_keys(Case, len(plans))
        self._of: dict[str, list[list[str]]] = {}
        for table in {parent for parents in PARENTS.values() for parent in parents.values()}:
            fresh = iter(fresh_keys(_model(table), sum(len(plan.get(table, ())) for plan in plans)))
            self._of[table] = [
                [str(key) for key in islice(fresh, len(plan.get(table, ())))] for plan in plans
            ]
        self._of["Case"] = [[str(key)] for key in self.cases]

    def of(self, table: str) -> list[list[str]] | None:
        """The keys of the rows of a table, case by case; None where the database assigns them."""
        return self._of.get(table)


def _model(table: str) -> type[models.Model]:
    return apps.get_model("cases", table)


def _copy_table(table: str, plans: list[Plan], keys: _Keys, constant: dict[str, str]) -> None:
    """Write the rows of one table: planned cells, keys, then the values that are the same in every row."""
    own, model = keys.of(table), _model(table)
    head = [*COLUMNS[table], *(["id"] if own else []), *([] if table == "Case" else ["case_id"])]
    rest = defaults(model, head)
    rest |= {column: value for column, value in constant.items() if column in rest}
    links = [(COLUMNS[table].index(name), keys.of(parent)) for name, parent in PARENTS.get(table, {}).items()]
    tail = "".join(f"\t{value}" for value in rest.values())
    lines = []
    for case_number, (plan, case) in enumerate(zip(plans, keys.cases, strict=True)):
        for row_number, row in enumerate(plan.get(table, ())):
            cells = [NULL if cell is None else cell for cell in row]
            for column, parents in links:
                cells[column] = parents[case_number][int(cells[column])]  # type: ignore[index]
            if own:
                cells.append(own[case_number][row_number])
            if table != "Case":
                cells.append(str(case))
            lines.append("\t".join(cells) + tail)
    copy_lines(model, [*head, *rest], lines)


def _copy_events(plans: list[Plan], cases: list[int], events: list[int], by: User) -> None:
    columns = ("id", "case_id", "case_number", "action", "changes", "reason", "by_id", "by_name", "at")
    now = timezone.now().isoformat()
    lines = []
    for plan, case, event in zip(plans, cases, events, strict=True):
        number = plan["Case"][0][COLUMNS["Case"].index("number")]
        changes = json.dumps([f"added {sum(map(len, plan.values()))} rows"])
        cells = (event, case, number, "synthesized", changes, REASON, by.pk, by.get_username(), now)
        lines.append("\t".join(map(as_text, cells)))
    copy_lines(CaseEvent, columns, lines)
