"""Terms that nobody has coded yet, in one case or in all of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from cases.checks.coded import CODED, Coded
from cases.models import Case, Reaction


@dataclass(frozen=True)
class Uncoded:
    """A term in the words of the reports, and how many cases have it without a code."""

    term: str
    what: str  # "reaction", "past drug: indication"
    dictionary: str
    cases: int


def uncoded(cases: QuerySet[Case]) -> list[Uncoded]:
    """The uncoded terms of these cases, the most frequent first. One query for each line of the table."""
    terms = [term for coded in CODED for term in _uncoded(coded, cases)]
    return sorted(terms, key=lambda term: (-term.cases, term.what, term.term))


def with_uncoded_reactions(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Those of these cases that couldn't be sent, as a reaction has no code."""
    return cases.filter(Exists(Reaction.objects.filter(_lacks_code(CODED[0]), case=OuterRef("pk"))))


def _uncoded(coded: Coded, cases: QuerySet[Case]) -> Iterator[Uncoded]:
    terms = (
        coded.model.objects.filter(_lacks_code(coded), case__in=cases.order_by().values("pk"))
        .order_by()
        .values_list(coded.verbatim)
        .annotate(Count("case", distinct=True))
    )
    for term, count in terms:
        yield Uncoded(term, _name(coded), coded.dictionary, count)


def _lacks_code(coded: Coded) -> Q:
    return ~Q(**{coded.verbatim: ""}) & Q(**{code: "" for code, _ in coded.codes})


def _name(coded: Coded) -> str:
    """The table, and the term where the table has several."""
    name = str(coded.model._meta.verbose_name)
    several = sum(other.model is coded.model for other in CODED) > 1
    return f"{name}: {coded.verbatim.replace('_', ' ')}" if several else name
