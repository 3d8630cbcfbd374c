"""What people and commands do with scores: assess, adjudicate, report, rescore, replay."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DataError, IntegrityError

from accounts.models import User
from assessments.facts import facts_of
from assessments.models import Assessment, AssessmentKind, ReviewerAnswer
from assessments.outdated import outdated
from assessments.rescoring import rescore_cases
from assessments.score_cases import score_cases
from cases.amendment import amend, door
from cases.models import Case, ReportedScore
from cases.record.read_cases import read_scored_cases
from cases.visibility import can_adjudicate
from cases.workers import spread
from scoring.adjudication import adjudicate as lay_over
from scoring.adjudication import check_answer, item_digest
from scoring.canonical import decode_answer, decode_facts, encode
from scoring.instrument import Rules, Subject
from scoring.instruments import INSTRUMENTS, PRIMARY, rules

# A chunk's cases are locked while it is scored: a writer waits so long at most.
CHUNK = 250
# What a single case can bring about. A server that is gone, or of another release, is none of it.
UNSCORABLE = (DataError, IntegrityError, ValueError, ArithmeticError, LookupError)


def assess(case: Case) -> None:
    """Score a case from its evidence as it is now."""
    score_cases([case.pk])


def make_current(case_ids: Iterable[int]) -> None:
    """Score those of these cases whose stored score is outdated."""
    for chunk in batched_ids(case_ids):
        if ids := list(outdated().filter(case_id__in=chunk).values_list("case_id", flat=True)):
            score_cases(ids)


def adjudicate(
    case: Case,
    key: str,
    answer: str,
    *,
    by: User,
    reason: str,
    seen_digest: str | None = None,
    instrument: str = PRIMARY,
) -> ReviewerAnswer:
    """CaseRecord a reviewer's answer to one item, and score the case with it. "" withdraws an earlier one.

    `seen_digest` is the digest of the item's evidence as it was shown to the reviewer. Raises
    PermissionDenied; ValidationError for an unknown item or answer, without a reason, or when the
    evidence has changed since it was shown.
    """
    if not can_adjudicate(by, case):
        raise PermissionDenied(f"{by} may not answer items of case {case}.")
    current = _case_rules(instrument)
    try:
        check_answer(current, key, answer or "unknown")
    except ValueError as error:
        raise ValidationError(str(error)) from None
    with door([case], by=by, reason=reason, action="adjudicated") as (amendment,):
        digest = item_digest(current, facts_of(read_scored_cases([case.pk])[case.pk]), key)
        if seen_digest is not None and seen_digest != digest:
            raise ValidationError(
                "The evidence of this item has changed since you opened the page. Look at it again, "
                "then answer."
            )
        amendment.changes.append(f"{key}: {answer or 'answer withdrawn'}")
        return ReviewerAnswer.objects.create(
            case=case,
            instrument=instrument,
            key=key,
            answer=answer,
            reason=reason,
            by=by,
            evidence_digest=digest,
        )


def report_score(
    case: Case,
    *,
    by: User,
    reason: str,
    source: str,
    total: int | None = None,
    category: str = "",
    instrument: str = PRIMARY,
) -> ReportedScore:
    """CaseRecord what the source published. Replaces an earlier entry, whose history stays."""
    with amend(case, by=by, reason=reason, action="score reported") as amendment:
        row = ReportedScore.objects.filter(case=case, instrument=instrument).first()
        row = row or ReportedScore(case=case, instrument=instrument)
        return amendment.change(row, total=total, category=category, source=source)


def _case_rules(instrument: str) -> Rules:
    """The current rules of an instrument whose items reviewers can answer. Raises ValidationError."""
    if instrument not in answerable():
        raise ValidationError(f"{instrument!r} is no instrument that assesses whole cases.")
    return INSTRUMENTS[instrument].rules


def answerable() -> list[str]:
    """The keys of the instruments whose items reviewers can answer: those that assess whole cases."""
    return [key for key, known in INSTRUMENTS.items() if known.subject is Subject.CASE]


@dataclass(frozen=True)
class Failure:
    """A case that could not be scored, and why. It stays outdated; the others go on."""

    case_id: int
    reason: str


@dataclass(frozen=True)
class Rescored:
    """What became of one chunk: how many cases were scored, and of how many anything changed."""

    done: int = 0
    changed: int = 0
    failures: tuple[Failure, ...] = ()


def rescore(case_ids: Iterable[int]) -> Iterator[int | Failure]:
    """Score many cases; yields numbers of cases done, and a Failure for each that could not be scored."""
    for chunk in rescore_in_chunks(case_ids):
        yield from chunk.failures
        if chunk.done:
            yield chunk.done


def rescore_in_chunks(
    case_ids: Iterable[int], *, jobs: int = 1, chunk: int = CHUNK, from_rows: bool = False
) -> Iterator[Rescored]:
    """Score many cases, chunk by chunk, each committed by itself, in as many processes as asked for.

    One bad case never stops the others. A run that is cut short leaves what it hasn't reached as it was.
    Current scores are computed again from their stored facts, unless `from_rows`.
    """
    task = partial(rescore_chunk, from_rows=from_rows)
    yield from spread(task, batched_ids(case_ids, chunk), jobs)


def rescore_chunk(case_ids: tuple[int, ...], *, from_rows: bool = False) -> Rescored:
    """Score one chunk; where that fails, case by case from rows, so that only the bad ones are left out."""
    score = score_cases if from_rows else rescore_cases
    try:
        return Rescored(len(case_ids), score(case_ids))
    except UNSCORABLE:
        return _one_by_one(case_ids)


def _one_by_one(case_ids: Iterable[int]) -> Rescored:
    done, changed, failures = 0, 0, []
    for case_id in case_ids:
        try:
            changed += score_cases([case_id])
            done += 1
        except UNSCORABLE as error:
            failures.append(Failure(case_id, f"{type(error).__name__}: {error}"))
    return Rescored(done, changed, tuple(failures))


def batched_ids(case_ids: Iterable[int], size: int = CHUNK) -> Iterator[tuple[int, ...]]:
    remaining = iter(case_ids)
    while chunk := tuple(islice(remaining, size)):
        yield chunk


@dataclass(frozen=True)
class Replayed:
    """One stored assessment, computed again from its own facts and rule version."""

    assessment: Assessment
    is_identical: bool
    problem: str = ""


def replay(assessments: Iterable[Assessment]) -> Iterator[Replayed]:
    """Compute stored assessments again; each must give the very bytes that were stored."""
    for assessment in assessments:
        try:
            again = _again(assessment)
        except (LookupError, ValueError) as error:
            yield Replayed(assessment, False, str(error))
        else:
            yield Replayed(assessment, again == assessment.result)


def _again(assessment: Assessment) -> str:
    released = rules(assessment.rule_version)
    facts = decode_facts(assessment.facts)
    if assessment.kind == AssessmentKind.COMPUTED:
        return encode(released.assess(facts))
    answers = [decode_answer(line) for line in assessment.answers.splitlines()]
    return encode(lay_over(released, facts, answers).result)
