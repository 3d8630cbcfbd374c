"""What a test is beyond the elements of F.r, as a physician would comment on its result (F.r.6)."""

from typing import Any

from cases.models import BiopsyDetail, Examination, FunctionalDetail, GeneticDetail, Phase, ViralTest
from cases.models.examination import Detail
from cases.record.case_record import CaseRecord
from e2b import Null, Value, text_of
from exchange.icsr.examinations import added_elements, details_of, qualified
from exchange.icsr.recognition import result_of
from exchange.icsr.row_texts import RowDescriber, capital
from scoring.facts import NO_RESULT

_RESULTS = ("F.r.3.1", "F.r.3.2", "F.r.3.4")
_PHASES = {Phase.BACKGROUND.value: "before the reaction", Phase.AFTER.value: "after the reaction"}


def has_result(values: dict[str, Value]) -> bool:
    """Whether a test that was not done, or of which nothing is known, leaves all the same.

    One whose result is pending has words that say so.
    """
    words = text_of(values.get("F.r.3.4"))
    if words:
        return result_of(words) not in NO_RESULT
    return any(name in values and not isinstance(values[name], Null) for name in _RESULTS)


def commented(
    record: CaseRecord, row: Examination, values: dict[str, Value], describer: RowDescriber
) -> tuple[dict[str, Value], str]:
    """The elements of a test with its qualifier and a comment, and what it adds to the reporter's."""
    elements = qualified(row, values)
    elements = {**elements, **added_elements(row, elements)}
    sentences = list(_sentences(record, row, describer))
    if not sentences:
        return elements, ""
    addition = " ".join(f"{capital(sentence).rstrip('. ')}." for sentence in sentences)
    comment = "\n".join(filter(None, [text_of(values.get("F.r.6")), addition]))
    return {**elements, "F.r.6": comment}, addition


def _sentences(record: CaseRecord, row: Examination, describer: RowDescriber) -> list[str]:
    when = row.when
    sentences = [_PHASES.get(row.phase, "")]
    if when is not None and not when.is_single_date and describer.day_of(when) is None:
        sentences.append(describer.moment(when))
    if row.is_peak:
        sentences.append("the highest value of the reaction")
    for detail in details_of(record, row):
        sentences += _of_detail(row, detail)
    return list(filter(None, sentences))


def _of_detail(row: Examination, detail: Detail) -> list[str]:
    words: list[str] = []
    if isinstance(detail, ViralTest):
        words = [
            _unless_named(row, detail.get_virus_display()),
            _unless_named(row, detail.get_assay_display()),
        ]
        words = [word for word, value in zip(words, (detail.virus, detail.assay), strict=True) if value]
        words.append(f"specimen: {detail.specimen}" if detail.specimen else "")
    elif isinstance(detail, BiopsyDetail):
        words = _of_biopsy(row, detail)
    elif isinstance(detail, GeneticDetail):
        words = [_unless_named(row, detail.gene), _unless_named(row, detail.allele)]
    elif isinstance(detail, FunctionalDetail):
        words = [_unless_named(row, detail.function)]
    return words


def _of_biopsy(row: Examination, detail: Any) -> list[str]:
    quote = f": “{detail.conclusion_verbatim}”" if detail.conclusion_verbatim else ""
    text = row.text.lower()
    return [
        _unless_named(row, detail.tissue),
        f"keratinocyte necrosis: {detail.keratinocyte_necrosis}"
        if detail.keratinocyte_necrosis and "keratinocyte necrosis" not in text
        else "",
        f"infiltrate: {detail.infiltrate}" if detail.infiltrate and "infiltrate" not in text else "",
        f"{detail.get_conclusion_display()}{quote}" if detail.conclusion else "",
    ]


def _unless_named(row: Examination, words: str) -> str:
    """Words that the name of the test doesn't hold already."""
    return "" if words.lower() in row.name.lower() else words
