"""The tests of a narrative: all results of a test in one sentence, in the order of the rows."""

from collections.abc import Iterable, Iterator

from cases.models import Examination, Phase
from exchange.icsr.row_texts import RowDescriber
from scoring.facts import ResultKind
from values.numbers import plain_number

PHASES = {Phase.BACKGROUND: "before the reaction, ", Phase.AFTER: "after the reaction, "}
WORDS = {
    ResultKind.POSITIVE: "positive",
    ResultKind.NEGATIVE: "negative",
    ResultKind.NOT_DONE: "not done",
}


def test_sentences(rows: Iterable[Examination], describer: RowDescriber) -> Iterator[str]:
    """ "ALT: 312 U/L (upper limit 50) on 3 Oct 2026; 289 U/L on 10 Oct 2026"; phases apart."""
    by_test: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        words = _result(row, describer)
        if words:
            by_test.setdefault((row.phase, row.name or row.meddra_code), []).append(words)
    for (phase, name), results in by_test.items():
        yield f"{PHASES.get(Phase(phase), '')}{name}: {'; '.join(results)}"


def _result(row: Examination, describer: RowDescriber) -> str:
    result = row.result_text if row.value is not None else row.text or WORDS.get(ResultKind(row.result), "")
    if not result:
        return ""
    limits = [
        f"{name} limit {plain_number(limit)}"
        for name, limit in (("lower", row.lower_limit), ("upper", row.upper_limit))
        if limit is not None
    ]
    normal = f" ({', '.join(limits)})" if limits else ""
    peak = ", the highest of the reaction" if row.is_peak else ""
    return f"{result}{normal}{peak}{f', {describer.moment(row.when)}' if row.when else ''}"
