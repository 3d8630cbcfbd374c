"""Search of cases by free text: a number or whole pseudonym, a drug, a term, a word of the narrative."""

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.text import smart_split, unescape_string_literal

from cases.models import (
    Case,
    CaseRow,
    Drug,
    Exposure,
    LinkedCase,
    OtherIdentifier,
    Reaction,
    Substance,
)
from cases.models.report import NARRATIVE_LANGUAGE

# Further words are ignored: they would slow down the search and hardly narrow it.
MAX_WORDS = 8

CASE_FIELDS = ("number", "safety_report_id", "worldwide_id")
# Tables of a case that are searched, and their columns.
ROW_FIELDS: tuple[tuple[type[CaseRow], tuple[str, ...]], ...] = (
    (OtherIdentifier, ("identifier",)),
    (LinkedCase, ("number",)),
    (Exposure, ("name",)),
    (Substance, ("name",)),
    (Reaction, ("term", "translation", "meddra_code")),
)
DRUG_FIELDS = ("name", "substance", "atc")


def narrative_matches(words: str, parser: str) -> Q:
    """Cases whose narrative matches the words. `parser`: PostgreSQL's `phraseto` or `websearch_to`."""
    statement = (
        f"SELECT case_id FROM cases_narrative WHERE words @@ {parser}_tsquery('{NARRATIVE_LANGUAGE}', %s)"  # noqa: S608
    )
    return Q(pk__in=RawSQL(statement, [words]))  # noqa: S611


def search(cases: QuerySet[Case], text: str) -> QuerySet[Case]:
    """The cases that have every word in one of the fields; words in quotes are a phrase. No duplicates."""
    for word in _words(text):
        cases = cases.filter(_anywhere(word))
    return cases


def _words(text: str) -> list[str]:
    quoted = [
        unescape_string_literal(word) if word[0] in "\"'" and word[0] == word[-1] and len(word) > 1 else word
        for word in smart_split(text.replace("\x00", ""))
    ]
    return [word for word in quoted if word.strip()][:MAX_WORDS]


def _anywhere(word: str) -> Q:
    """One subquery for each table: joins to the rows would give a case more than once."""
    condition = _in(CASE_FIELDS, word) | Q(summary__pseudonym=word.upper())
    for model, fields in ROW_FIELDS:
        condition |= Q(pk__in=model.objects.filter(_in(fields, word)).values("case"))
    drugs = Drug.objects.filter(_in(DRUG_FIELDS, word)).values("pk")
    condition |= Q(pk__in=Exposure.objects.filter(drug__in=drugs).values("case"))
    return condition | narrative_matches(word, "phraseto")


def _in(fields: tuple[str, ...], word: str) -> Q:
    condition = Q()
    for field in fields:
        condition |= Q(**{f"{field}__icontains": word})
    return condition
