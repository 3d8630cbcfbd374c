"""Scoring one case with its explanation, beside building the same objects with nothing decided."""

import statistics
import time
from collections.abc import Callable
from decimal import Decimal

from scoring.canonical import encode, encode_facts
from scoring.facts import (
    Biopsy,
    BiopsyConclusion,
    Course,
    Facts,
    NodeExamination,
    Organ,
    OrganFinding,
    ResultKind,
    SkinExamination,
    Temperature,
    Test,
)
from scoring.regiscar import v1
from scoring.result import Item, Result
from values.spans import Span


def main() -> None:
    facts = case_with_ten_labs()
    result = v1.assess(facts)
    ours = median_microseconds(lambda: v1.assess(facts))
    ceiling = median_microseconds(lambda: bare(result))
    print(f"score one case, 10 labs        {ours:8.1f} us   goal: below 100 us")
    print(f"build its objects, undecided   {ceiling:8.1f} us   ratio {ours / ceiling:5.1f}")
    print(f"canonical text of its facts    {median_microseconds(lambda: encode_facts(facts)):8.1f} us")
    print(f"canonical text of its result   {median_microseconds(lambda: encode(result)):8.1f} us")


def median_microseconds(work: Callable[[], object], rounds: int = 3000) -> float:
    times = []
    for _ in range(rounds):
        began = time.perf_counter_ns()
        work()
        times.append(time.perf_counter_ns() - began)
    return statistics.median(times) / 1000


def bare(result: Result) -> Result:
    """The result and its ten items, built from values that are given."""
    items = tuple(
        Item(i.key, i.answer, i.points, i.low, i.high, i.basis, i.rule, i.evidence, i.needs)
        for i in result.items
    )
    return Result(
        result.instrument,
        result.rule_version,
        sum(i.points for i in items),
        result.low,
        result.high,
        result.category,
        result.categories,
        items,
        result.decisive,
    )


def case_with_ten_labs() -> Facts:
    """A case like those of the letter, with a dated series of counts and liver tests."""
    series = [
        Test(f"e{n}", "eosinophils", ResultKind.MEASURED, Decimal(n) / 2, sample=str(n), day=Span.days(n))
        for n in range(5)
    ]
    series += [
        Test(f"a{n}", "alt", ResultKind.MEASURED, Decimal(40 + 30 * n), Decimal(40), day=Span.days(n))
        for n in range(5)
    ]
    return Facts(
        temperatures=(Temperature("t", ResultKind.POSITIVE),),
        nodes=(NodeExamination("n", ResultKind.NEGATIVE),),
        tests=tuple(series),
        skin=(SkinExamination("s", is_widespread=True),),
        biopsies=(Biopsy("b", ResultKind.POSITIVE, BiopsyConclusion.COMPATIBLE),),
        organs=(OrganFinding("o", Organ.ALL_OTHERS, ResultKind.NEGATIVE),),
        course=Course("c", is_resolved=True, days_from_treatment=Span.days(0, 14)),
    )


if __name__ == "__main__":
    main()
