"""Search cases by whatever people have at hand: a number, a drug, a term, a word of the story."""

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

# Beyond this many words a search says no more, and only costs.
MOST_WORDS = 8

OF_CASE = ("number", "safety_report_id", "worldwide_id")
# Rows of a case in which a word is looked for, and where.
OF_ROWS: tuple[tuple[type[CaseRow], tuple[str, ...]], ...] = (
    (OtherIdentifier, ("identifier",)),
    (LinkedCase, ("number",)),
    (Exposure, ("name",)),
    (Substance, ("name",)),
    (Reaction, ("term", "translation", "meddra_code")),
)
OF_DICTIONARY = ("name", "substance", "atc")


def telling(words: str, reading: str) -> Q:
    """The cases whose story has these words, as PostgreSQL reads them: `phraseto` or `websearch_to`."""
    told = f"SELECT case_id FROM cases_narrative WHERE words @@ {reading}_tsquery('{NARRATIVE_LANGUAGE}', %s)"  # noqa: S608
    return Q(pk__in=RawSQL(told, [words]))  # noqa: S611


def search(cases: QuerySet[Case], text: str) -> QuerySet[Case]:
    """The cases that have every word somewhere; words in quotes belong together. No case comes twice."""
    for word in _words(text):
        cases = cases.filter(_anywhere(word))
    return cases


def _words(text: str) -> list[str]:
    quoted = [
        unescape_string_literal(word) if word[0] in "\"'" and word[0] == word[-1] and len(word) > 1 else word
        for word in smart_split(text.replace("\x00", ""))
    ]
    return [word for word in quoted if word.strip()][:MOST_WORDS]


def _anywhere(word: str) -> Q:
    """Each table is asked once for the cases it knows the word of; rows are never joined to cases."""
    found = _in(OF_CASE, word)
    for model, fields in OF_ROWS:
        found |= Q(pk__in=model.objects.filter(_in(fields, word)).values("case"))
    known = Drug.objects.filter(_in(OF_DICTIONARY, word)).values("pk")
    found |= Q(pk__in=Exposure.objects.filter(drug__in=known).values("case"))
    return found | telling(word, "phraseto")


def _in(fields: tuple[str, ...], word: str) -> Q:
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__icontains": word})
    return found
