"""k-anonymity of a de-identified download: how many of its cases are alike in what others know of a patient.

Cases are alike when none of the attributes of `OVER` tells them apart as the download shows it; k is the
size of the smallest group of such cases. A text that is shown as "uncoded" is compared as it was typed, so
that k is never stated higher than it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import EmptyResultSet, PermissionDenied
from django.db import connection
from django.db.models import QuerySet

from cases.models import Case
from cases.models.exposure import SUSPECT_ROLES
from cases.models.reaction import Outcome
from research.age_bands import HIGHEST, MONTHS_BELOW, PER_YEAR, YEARS
from research.deidentified import TABLE, words_of
from research.protected_counts import protected_parts
from research.recognised import Words
from research.small_cells import WITHHELD, Count

OVER = (
    "age band",
    "sex",
    "country",
    "site",
    "suspect drugs",
    "year of onset",
    "HLA alleles",
    "death",
)
LISTED = f"{', '.join(OVER[:-1])} and {OVER[-1]}"
REMEDY = "Widen the search, or ask two administrators to allow it."


@dataclass(frozen=True)
class Anonymity:
    """How alike some cases are. `k` is None where there is no case.

    `in_small_groups`: cases in groups smaller than the floor. `allowed_by`: the administrators who allowed a
    download below the floor.
    """

    k: int | None
    cases: int
    in_small_groups: int
    floor: int
    allowed_by: str = ""

    @property
    def is_below(self) -> bool:
        return self.k is not None and self.k < self.floor

    @property
    def statement(self) -> str:
        """What it is, as a sentence for anybody."""
        if self.k is None:
            return "There is no case in it, and so no k to state."
        groups = f" {self._small_groups}." if self.is_below else ""
        return f"k-anonymity is {self.k} over {LISTED}; the floor is {self.floor}.{groups}"

    @property
    def refusal(self) -> str:
        """Why cases that stand below the floor aren't handed out, and what to do."""
        return f"This download is refused. {self.statement} {REMEDY}"

    @property
    def _small_groups(self) -> str:
        return f"{self._how_many} of its {self.cases:,} cases stand in groups of fewer than {self.floor}"

    @property
    def _how_many(self) -> str:
        if self.cases < settings.SMALL_CELLS_BELOW:
            return "Some"
        count = self.shown_in_small_groups
        words: dict[Count, str] = {WITHHELD: "Most", self.cases: "All"}
        return words.get(count, str(count).replace("<", "Fewer than "))

    @property
    def shown_in_small_groups(self) -> Count:
        """The cases in small groups as readers without identities are shown counts."""
        if not self.is_below:
            return 0
        return protected_parts({"small": self.in_small_groups}, self.cases)["small"]

    def as_json(self) -> dict[str, Any]:
        """For manifests and the API."""
        return {
            "k": self.k,
            "over": list(OVER),
            "floor": self.floor,
            "cases_in_smaller_groups": self.shown_in_small_groups,
            "allowed_by": self.allowed_by,
        }

    def for_log(self) -> dict[str, Any]:
        """The columns of a line of the export log."""
        return {
            "k": self.k,
            "cases_in_small_groups": self.in_small_groups,
            "allowed_by": self.allowed_by,
        }


class DownloadRefused(PermissionDenied):
    """A de-identified download that would single people out: two administrators may allow it."""


class BelowFloor(DownloadRefused):
    """A download whose cases are too few alike. `anonymity` says how few."""

    def __init__(self, anonymity: Anonymity) -> None:
        super().__init__(anonymity.refusal)
        self.anonymity = anonymity


def anonymity_of(cases: QuerySet[Case]) -> Anonymity:
    """How alike these cases are. One query, which groups them once."""
    floor = settings.K_ANONYMITY_FLOOR
    try:
        chosen, parameters = cases.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return Anonymity(None, 0, 0, floor)
    with connection.cursor() as cursor:
        cursor.execute(_statement(chosen), [*parameters, floor])
        k, count, in_small_groups = cursor.fetchone()
    return Anonymity(k, int(count), int(in_small_groups), floor)


# Values of a case in their order, so that cases with the same ones are equal.
LIST = """
    LEFT JOIN (
        SELECT case_id, array_agg(DISTINCT value ORDER BY value) AS list FROM ({rows}) x
        WHERE case_id IN (SELECT id FROM chosen) GROUP BY case_id
    ) {name} ON {name}.case_id = c.id"""


def _statement(chosen: str) -> str:
    """Takes the parameters of `chosen`, which selects the keys of cases, and the floor."""
    joins = " ".join(LIST.format(name=name, rows=rows) for name, rows in _lists().items())
    return f"""
        WITH chosen (id) AS MATERIALIZED ({chosen}), alike AS (
            SELECT count(*) AS size FROM cases_case c
            LEFT JOIN cases_casesummary s ON s.case_id = c.id
            LEFT JOIN cases_patient p ON p.case_id = c.id
            {joins}
            WHERE c.id IN (SELECT id FROM chosen)
            GROUP BY {", ".join(_attributes())}
        )
        SELECT min(size), COALESCE(sum(size), 0), COALESCE(sum(size) FILTER (WHERE size < %s), 0) FROM alike
    """  # noqa: S608 - names of models, and statements of Django


@cache
def _attributes() -> tuple[str, ...]:
    """What is compared: columns of a case, its summary and its patient, and the lists joined to them."""
    return (
        *(_years("s.age_low"), f"NULLIF({_years('s.age_high')}, {HIGHEST})", *_reported_age(), "p.age_group"),
        "p.sex",
        "countries.list",
        "c.organisation_id",
        "drugs.list",
        *("extract(year FROM s.onset_earliest)", "extract(year FROM s.onset_latest)"),
        "alleles.list",
        "p.death_date IS NOT NULL OR deaths.list IS NOT NULL",
    )


def _years(column: str) -> str:
    """As `age_bands.banded_years`."""
    months, years = f"{column} * {PER_YEAR}", column
    return (
        f"CASE WHEN {column} IS NULL THEN NULL WHEN {column} < {MONTHS_BELOW} "
        f"THEN {_whole(months)} / {PER_YEAR} ELSE LEAST({_whole(years)}, {HIGHEST}) END"
    )


def _reported_age() -> tuple[str, str]:
    """Number and unit, as `age_bands.banded_age`."""
    in_months = " ".join(
        f"WHEN '{unit}' THEN p.age * {times * PER_YEAR} / {parts}" for unit, (times, parts) in YEARS.items()
    )
    months = _whole(f"CASE p.age_unit {in_months} END")
    infant = MONTHS_BELOW * PER_YEAR
    years = f"LEAST({_whole(f'{months} / {PER_YEAR}')}, {HIGHEST})"
    number = (
        f"CASE WHEN p.age IS NULL THEN NULL WHEN {months} < {infant} THEN {months} "
        f"WHEN {months} IS NOT NULL THEN {years} ELSE LEAST(p.age, {HIGHEST // 10}) END"
    )
    return (
        number,
        f"CASE WHEN {months} < {infant} THEN 'mo' WHEN {months} IS NOT NULL THEN 'a' ELSE p.age_unit END",
    )


def _whole(number: str) -> str:
    return f"floor(round({number}, 4))"


DRUGS = """
    SELECT case_id, COALESCE(drug_id::text, lower(btrim(name))) AS value FROM cases_exposure
    WHERE role IN ({roles})"""
ALLELES = """
    SELECT g.case_id, concat_ws(' ', g.gene, g.allele, e.result) AS value
    FROM cases_geneticdetail g JOIN cases_examination e ON e.id = g.examination_id"""
DEATHS = """
    SELECT case_id, true AS value FROM cases_reaction
    WHERE outcome = '{fatal}' OR reporter_death OR company_death
    UNION ALL SELECT case_id, true FROM cases_reportedcauseofdeath
    UNION ALL SELECT case_id, true FROM cases_autopsycauseofdeath"""


@cache
def _lists() -> dict[str, str]:
    """What a case has several of: statements that select `case_id` and `value`."""
    return {
        "countries": " UNION ALL ".join(_countries()),
        "drugs": DRUGS.format(roles=", ".join(f"'{role.value}'" for role in SUSPECT_ROLES)),
        "alleles": ALLELES,
        "deaths": DEATHS.format(fatal=Outcome.FATAL.value),
    }


def _countries() -> Iterator[str]:
    """Every column of a case that holds a country."""
    for model in TABLE:
        for column, words in words_of(model).items():
            if words is Words.COUNTRY:
                table = model._meta.db_table
                yield f"SELECT case_id, btrim({column}) AS value FROM {table} WHERE {column} <> ''"  # noqa: S608
