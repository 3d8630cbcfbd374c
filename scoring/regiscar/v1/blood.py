"""Eosinophilia and atypical lymphocytes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from scoring.facts import IN_WORDS, NO_RESULT, Fact, Facts, ResultKind, Steroid, Test
from scoring.regiscar.v1.blood_samples import (
    COUNTS,
    OF_EOSINOPHILS,
    ZERO,
    Range,
    Sample,
    grades_of_count,
    samples_of,
)
from scoring.regiscar.v1.signs import ItemSigns, ids, sign_inputs, signs_of, terms
from scoring.regiscar.v1.table import MARKED, MODERATE, PARAMETERS
from scoring.result import NO, UNKNOWN, YES, Basis, Reading, closed, missing, reported
from values.numbers import plain_number
from values.spans import Span

DISAGREES = "Elsewhere the report says that there were none."
BOTH = (NO, YES)
EOSINOPHILIA, ATYPICAL = "eosinophilia", "atypical"
GRADES = (NO, MODERATE, MARKED)
LIMITS = ("below 0.700", "0.700 to 1.499", "1.500 or more")
COUNT_NEEDED = "The highest absolute eosinophil count of the reaction."
LEUKOCYTES_NEEDED = "Leukocytes of the sample with {}."
EXACT_NEEDED = "The exact counts of the sample with {}."
UNIT_NEEDED = "The unit of {} (Laboratory, Unit): for a count 10*9/L or /uL, for a share %."
SMEAR_NEEDED = "A blood smear: atypical lymphocytes present or absent."
MOST = len(GRADES) - 1


@dataclass(frozen=True, slots=True)
class _Blood:
    """What the report says of eosinophils: in numbers, in numbers that can't be read, in words, as signs."""

    samples: list[Sample]
    unread: list[Test]
    in_words: list[Test]
    denied: list[Test]
    signs: ItemSigns
    steroids: tuple[Steroid, ...]


def eosinophilia_inputs(facts: Facts) -> tuple[Fact, ...]:
    """The facts that `eosinophilia` reads; a steroid only beside results."""
    tests = [test for test in facts.tests if test.name in COUNTS]
    signs = sign_inputs(facts, EOSINOPHILIA)
    return (*tests, *signs, *(facts.steroids if tests or signs else ()))


def eosinophilia(facts: Facts) -> Reading:
    """By the highest count of the reaction; a percentage only with few leukocytes in the same sample."""
    tests = [test for test in facts.tests if test.name in COUNTS]
    if not tests and not facts.signs:
        return missing(GRADES, "Nothing is recorded on eosinophils.", COUNT_NEEDED)
    blood = _blood(facts, tests)
    if blood.samples:
        return _by_samples(blood)
    return _without_count(blood)


def _blood(facts: Facts, tests: list[Test]) -> _Blood:
    others = [t for t in tests if t.number is None and t.name in OF_EOSINOPHILS and t.kind not in NO_RESULT]
    unread = [t for t in others if t.kind is ResultKind.MEASURED or t.value is not None]
    return _Blood(
        samples_of([test for test in tests if test.number is not None]),
        unread,
        [t for t in others if t.kind in IN_WORDS and t not in unread],
        [t for t in tests if t.kind is ResultKind.NEGATIVE and t.name in OF_EOSINOPHILS],
        signs_of(facts, EOSINOPHILIA),
        facts.steroids,
    )


def _without_count(blood: _Blood) -> Reading:
    """Eosinophilia in words is 0 to 2; a denial closes the item where nothing speaks against it."""
    evidence, words = _evidence_in_words(blood), " ".join(_words(blood))
    needs = _needs(blood, [], is_covered=False)
    if blood.in_words or blood.signs.reported:
        return reported(UNKNOWN, GRADES, words, evidence, needs)
    if _is_denied(blood):
        return closed(NO, Basis.DENIED, "The report says that there was no eosinophilia.", evidence)
    return missing(GRADES, words or "Nothing is recorded on eosinophils.", needs, evidence)


def _by_samples(blood: _Blood) -> Reading:
    graded = [(*sample.grades(), sample) for sample in blood.samples]
    low, _, best = max(graded, key=lambda g: (g[0], _low(g[2].absolute), _low(g[2].percent)))
    high = max([most for _, most, _ in graded])
    if low == MOST:
        return closed(MARKED, Basis.MEASURED, _sentence(best, low), best.ids)
    evidence, covers = [*best.ids, *_evidence_in_words(blood)], _covers(blood)
    if low == 0 and _is_denied(blood):
        rule = f"{_sentence(best, low)} The report says that there was no eosinophilia."
        return closed(NO, Basis.DENIED, rule, evidence)
    if covers and low == high:
        words = " ".join([_sentence(best, low), covers, *_words(blood)])
        return closed(GRADES[low], Basis.MEASURED, words, evidence)
    undecided = [sample for least, most, sample in graded if most > low]
    attainable = GRADES[low : (high if covers else MOST) + 1]
    return _open_upwards(blood, attainable, covers, best, undecided)


def _open_upwards(
    blood: _Blood, attainable: tuple[str, ...], covers: str, best: Sample, undecided: list[Sample]
) -> Reading:
    steroids = _maybe_begun_before(blood.steroids, best.day)
    reasons = [covers] if covers else list(_reasons(blood, best))
    low = GRADES.index(attainable[0])
    rows = [row for sample in (best, *undecided) for row in sample.ids] + _evidence_in_words(blood)
    in_words = not covers and bool(blood.in_words or blood.signs.reported)
    undecided_count = grades_of_count(best.absolute)[1] > 0
    return reported(
        UNKNOWN if low == 0 and (in_words or undecided_count) else GRADES[low],
        attainable,
        " ".join([_sentence(best, low), *reasons, *_lacking(undecided), *_words(blood)]),
        {*rows, *[steroid.id for steroid in steroids]},
        _needs(blood, undecided, is_covered=bool(covers)),
    )


def _reasons(blood: _Blood, best: Sample) -> Iterator[str]:
    """Why the highest recorded count need not be the highest of the reaction."""
    yield "Whether a count was higher is not said."
    begun = _begun_before(blood.steroids, best.day)
    for name, surely in sorted({(s.name, s in begun) for s in _maybe_begun_before(blood.steroids, best.day)}):
        yield f"The systemic steroid {name} {'had' if surely else 'may have'} begun before it."


def _lacking(samples: list[Sample]) -> Iterator[str]:
    """What leukocytes of a sample could change, where they are not recorded."""
    for sample in samples:
        if sample.leukocytes is None:
            yield f"Leukocytes of the sample with {_amount(sample)} could raise it."


def _is_denied(blood: _Blood) -> bool:
    """Whether eosinophilia is denied, other than under a steroid, and nothing speaks against it."""
    if blood.in_words or blood.unread or blood.signs.reported:
        return False
    days = [test.day for test in blood.denied]
    if not blood.signs.suggests:
        days += [sign.day for sign in blood.signs.denied]
    return any(not _begun_before(blood.steroids, day) for day in days)


def _begun_before(steroids: Iterable[Steroid], day: Span) -> list[Steroid]:
    """The steroids that had surely begun by a day."""
    return [s for s in steroids if s.began.high is not None and day.surely_at_least(s.began.high)]


def _maybe_begun_before(steroids: Iterable[Steroid], day: Span) -> list[Steroid]:
    """The steroids that can have begun by a day: all whose start is not surely later."""
    return [s for s in steroids if day.high is None or not _is_later(s.began, day.high)]


def _is_later(day: Span, limit: Decimal) -> bool:
    return day.low is not None and day.low > limit


def _covers(blood: _Blood) -> str:
    """Why no count can have been higher than those recorded, as a sentence; "" where one can."""
    if any(sample.is_peak for sample in blood.samples):
        return "The report says that this was the highest."
    if blood.in_words or blood.unread or not _spans_the_reaction(blood):
        return ""
    return "Counts before any systemic steroid cover the reaction."


def _spans_the_reaction(blood: _Blood) -> bool:
    """Whether counts from onset on are enough, far enough apart, late enough, and before any steroid."""
    if len(blood.samples) < PARAMETERS.eosinophil_counts:
        return False
    days = [sample.day for sample in blood.samples if sample.day.is_known and sample.day.surely_at_least(0)]
    if len(days) < PARAMETERS.eosinophil_counts:
        return False
    first, last = min([day.high or ZERO for day in days]), max([day.low or ZERO for day in days])
    return (
        last - first >= PARAMETERS.eosinophil_days_apart
        and last >= PARAMETERS.eosinophil_last_day
        and not any(_maybe_begun_before(blood.steroids, day) for day in days)
        and not any(_is_later(sign.day, last) for sign in blood.signs.reported)
    )


def _words(blood: _Blood) -> Iterator[str]:
    """What the report says without a number that can be used, a sentence each."""
    yield from sorted({_unread(test) for test in blood.unread})
    if blood.in_words:
        days = ", ".join(sorted({f"day {day}" for t in blood.in_words if (day := exact_day(t.day))}))
        yield f"Eosinophilia is reported{f' on {days}' if days else ''} without a count."
    if blood.signs.reported:
        yield f"The report speaks of {terms(blood.signs.reported)}."
    if blood.signs.suggests:
        yield f"{terms(blood.signs.suggests)} may mean eosinophilia."
    if blood.denied or blood.signs.denied:
        yield "Elsewhere it says that there was no eosinophilia."


def exact_day(day: Span) -> str:
    """A day from onset that is exactly known; "" for any other."""
    return plain_number(day.low) if day.low is not None and day.low == day.high else ""


def _unread(test: Test) -> str:
    if test.value is None:
        return "A number of eosinophils can't be compared: its unit is missing or not read."
    return f"{_name(test)} is more or less than a patient can have: the number or its unit is wrong."


def _name(test: Test) -> str:
    if test.value is None:
        return "the eosinophils"
    return f"{plain_number(test.value)} {'%' if test.name == 'eosinophils_percent' else '×10⁹/L'} eosinophils"


def _needs(blood: _Blood, undecided: list[Sample], *, is_covered: bool) -> str:
    """Just what is lacking."""
    needs = [] if is_covered else [COUNT_NEEDED]
    for sample in undecided:
        need = LEUKOCYTES_NEEDED if sample.leukocytes is None else EXACT_NEEDED
        needs.append(need.format(_amount(sample)))
    needs += sorted(UNIT_NEEDED.format(_name(test)) for test in blood.unread)
    return " ".join(dict.fromkeys(needs))


def _evidence_in_words(blood: _Blood) -> list[str]:
    tests = (*blood.unread, *blood.in_words, *blood.denied)
    signs = (*blood.signs.reported, *blood.signs.denied, *blood.signs.suggests)
    return [*[test.id for test in tests], *ids(signs)]


def _sentence(sample: Sample, grade: int) -> str:
    if sample.absolute is None:
        return f"Highest share of eosinophils {_text(sample.percent, 1)} %, without a count."
    count = f"Highest eosinophils {_text(sample.absolute, 3)} ×10⁹/L"
    least, most = grades_of_count(sample.absolute)
    if grade > least:
        share = _text(sample.percent, 1)
        return f"{count}, {share} % of fewer than 4.0 ×10⁹/L leukocytes: the percentage decides."
    return f"{count}: {LIMITS[grade]}." if least == most else f"{count}."


def _amount(sample: Sample) -> str:
    if sample.absolute is None:
        return f"{_text(sample.percent, 1)} % eosinophils"
    return f"{_text(sample.absolute, 3)} ×10⁹/L eosinophils"


def _text(number: Range | None, digits: int) -> str:
    if number is None:
        return "an unknown number of"
    low = f"{number.low:.{digits}f}"
    if number.high is None:
        return f"at least {low}"
    high = f"{number.high:.{digits}f}"
    if number.low == number.high:
        return high
    bound = "less than" if number.below_high else "at most"
    return f"{low} to {high}" if number.low else f"{bound} {high}"


def _low(number: Range | None) -> Decimal:
    return ZERO if number is None else number.low


def atypical_inputs(facts: Facts) -> tuple[Fact, ...]:
    """The facts that `atypical_lymphocytes` reads."""
    smears = [test for test in facts.tests if test.name == "atypical_lymphocytes"]
    return (*smears, *sign_inputs(facts, ATYPICAL))


def atypical_lymphocytes(facts: Facts) -> Reading:
    """Yes with any on a smear; No if looked for and absent."""
    smears = [t for t in facts.tests if t.name == "atypical_lymphocytes" and t.kind not in NO_RESULT]
    signs = signs_of(facts, ATYPICAL)
    present = [t.id for t in smears if t.kind is ResultKind.POSITIVE or t.surely_above(ZERO)]
    if present:
        return closed(YES, Basis.MEASURED, "Atypical lymphocytes were seen.", present)
    at_word = [t.id for t in smears if t.kind is ResultKind.QUALITATIVE and t.value is None]
    at_word += ids(signs.reported)
    return _at_word(smears, signs, at_word) if at_word else _not_seen(smears, signs)


def _at_word(smears: list[Test], signs: ItemSigns, evidence: list[str]) -> Reading:
    """In words only, which a denial or an empty smear leaves open: it may be of another day."""
    against = [t.id for t in smears if t.kind is ResultKind.NEGATIVE or t.surely_at_most(ZERO)]
    against += ids(signs.denied)
    rule = "Atypical lymphocytes in words only." + (f" {DISAGREES}" if against else "")
    return reported(YES, BOTH, rule, {*evidence, *against}, SMEAR_NEEDED)


def _not_seen(smears: list[Test], signs: ItemSigns) -> Reading:
    none_counted = [t.id for t in smears if t.surely_at_most(ZERO)]
    denied = [t.id for t in smears if t.kind is ResultKind.NEGATIVE]
    uncertain = [t for t in smears if t.id not in (*none_counted, *denied)]
    if uncertain:
        return _uncertain(uncertain)
    if none_counted:
        return closed(NO, Basis.MEASURED, "No atypical lymphocytes were counted.", none_counted)
    denied += [] if signs.suggests else ids(signs.denied)
    if denied:
        return closed(NO, Basis.DENIED, "The report says that there were none.", denied)
    if signs.suggests:
        rule = f"{terms(signs.suggests)} may mean atypical lymphocytes and doesn't say so."
        return missing(BOTH, rule, SMEAR_NEEDED, [*ids(signs.suggests), *ids(signs.denied)])
    return missing(BOTH, "Nothing is recorded on atypical lymphocytes.", SMEAR_NEEDED)


def _uncertain(smears: list[Test]) -> Reading:
    """Bounds such as "< 1 %", which may mean none, and numbers that can't be compared."""
    bounds = [t.number for t in smears if t.is_upper_bound and t.number is not None]
    evidence = [t.id for t in smears]
    if bounds:
        rule = (
            f"Fewer than {plain_number(max(bounds))} % atypical lymphocytes: none, or too few to be counted."
        )
        return reported(NO, BOTH, rule, evidence, SMEAR_NEEDED)
    rule = "Atypical lymphocytes are given as a number that is no share of 0 to 100 %."
    return missing(BOTH, rule, SMEAR_NEEDED, evidence)
