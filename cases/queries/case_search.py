"""Search cases by whatever people have at hand: a number, a drug, a term, a word of the story."""

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.text import smart_split, unescape_string_literal

from cases.models import (
    Case,
    CaseRow,
    Drug,
    Exposure,
    LinkedCase,
    Narrative,
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
# The expression of the index "narrative_words", to the letter.
STORY = SearchVector("case_narrative", "reporter_comments", "sender_comments", config=NARRATIVE_LANGUAGE)


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
    # One array: a placeholder for each of 100,000 cases would take seconds to write down.
    return found | Q(pk__in=RawSQL("SELECT unnest(%s::bigint[])", [_telling(word)]))


def _telling(word: str) -> list[int]:
    """The cases whose story has a word, always by the index.

    PostgreSQL takes splitting a text into words for a hundred times cheaper than it is. For a word that is
    in nearly every story it would split them all, which takes a minute for 100,000 cases.
    """
    query = SearchQuery(word, config=NARRATIVE_LANGUAGE, search_type="phrase")
    told = Narrative.objects.annotate(story=STORY).filter(story=query)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        found = list(told.values_list("case_id", flat=True))
        cursor.execute("SET LOCAL enable_seqscan = on")
    return found


def _in(fields: tuple[str, ...], word: str) -> Q:
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__icontains": word})
    return found
