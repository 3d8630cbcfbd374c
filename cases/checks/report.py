"""The report as a whole: is it valid, where does it come from, when did it come."""

from collections.abc import Iterator

from cases.checks.result import CheckedCase, FieldRemark
from cases.minimum_criteria import missing_criteria
from cases.models import Document, LiteratureReference, OtherIdentifier, ReportedScore, Reporter, Study
from e2b.rules.model import has_country, is_within_country

FROM_STUDY = "2"


def minimum_criteria(checked: CheckedCase) -> Iterator[FieldRemark]:
    for criterion in missing_criteria(checked.record):
        row = next(iter(checked.record.all(criterion.model)), criterion.model)
        yield FieldRemark(row, criterion.field, f"{criterion.label} is missing. {criterion.remedy}")


def no_primary_reporter(checked: CheckedCase) -> Iterator[FieldRemark]:
    reporters = checked.record.all(Reporter)
    if reporters and not any(reporter.is_primary for reporter in reporters):
        yield FieldRemark(
            reporters[0], "is_primary", "No reporter is the primary source. Mark the one who reported first."
        )


def several_primary_reporters(checked: CheckedCase) -> Iterator[FieldRemark]:
    primary = [reporter for reporter in checked.record.all(Reporter) if reporter.is_primary]
    for reporter in primary[1:]:
        yield FieldRemark(
            reporter, "is_primary", "Another reporter is the primary source already. Leave one marked."
        )


def no_receipt_date(checked: CheckedCase) -> Iterator[FieldRemark]:
    case = checked.record.case
    if case.first_received is None:
        yield FieldRemark(case, "first_received", "Enter the day on which the report was first received.")
    if case.latest_information is None:
        yield FieldRemark(
            case,
            "latest_information",
            "Enter the day of the latest information: scores hold as of this day.",
        )


def no_report_type(checked: CheckedCase) -> Iterator[FieldRemark]:
    if not checked.record.case.report_type:
        yield FieldRemark(
            checked.record.case, "report_type", "Say whether the report is spontaneous or from a study."
        )


def study_without_report_type(checked: CheckedCase) -> Iterator[FieldRemark]:
    if checked.record.all(Study) and checked.record.case.report_type not in ("", FROM_STUDY):
        yield FieldRemark(
            checked.record.case,
            "report_type",
            "A study is entered, but the report is not from a study. Change the type, or clear the study.",
        )


def report_type_without_study(checked: CheckedCase) -> Iterator[FieldRemark]:
    if checked.record.case.report_type != FROM_STUDY:
        return
    studies = checked.record.all(Study)
    if not studies:
        yield FieldRemark(Study, "study_type", "The report is from a study: enter which.")
    for study in studies:
        if not study.study_type:
            yield FieldRemark(study, "study_type", "Enter the type of the study.")


# A question of the case -> the rows that should be there after a yes, and what they are called.
ANNOUNCED = (
    ("has_documents", Document, "documents"),
    ("has_other_identifiers", OtherIdentifier, "other identifiers"),
)


def announced_rows(checked: CheckedCase) -> Iterator[FieldRemark]:
    for flag, model, name in ANNOUNCED:
        answer, rows = getattr(checked.record.case, flag), checked.record.all(model)
        if answer is True and not rows:
            yield FieldRemark(
                checked.record.case, flag, f"There should be {name}, and none is entered. Add them."
            )
        elif answer is False and rows:
            yield FieldRemark(checked.record.case, flag, f"There are {name} below. Change the answer to yes.")


def published_without_reference(checked: CheckedCase) -> Iterator[FieldRemark]:
    if checked.record.all(LiteratureReference):
        return
    for score in checked.record.all(ReportedScore):
        yield FieldRemark(
            LiteratureReference, "citation", f"A score is quoted from “{score.source}”. Enter where."
        )


def country_of_number_unknown(checked: CheckedCase) -> Iterator[FieldRemark]:
    case = checked.record.case
    if not has_country(case.safety_report_id):
        yield FieldRemark(
            case,
            "safety_report_id",
            "It begins with no country of ISO 3166-1. Spell it like DE-COMPANY-123.",
        )


def country_of_number_differs(checked: CheckedCase) -> Iterator[FieldRemark]:
    case = checked.record.case
    for reporter in checked.record.all(Reporter):
        if not reporter.is_primary or not reporter.country or not has_country(case.safety_report_id):
            continue
        if not is_within_country(case.safety_report_id, [reporter.country]):
            yield FieldRemark(
                case,
                "safety_report_id",
                f"It begins with another country than the primary source's, {reporter.country}. "
                "Check both; a number that was sent stays as it is.",
            )


def reason_without_amendment(checked: CheckedCase) -> Iterator[FieldRemark]:
    case = checked.record.case
    if case.nullification_reason and not case.nullification_or_amendment:
        yield FieldRemark(
            case,
            "nullification_or_amendment",
            "A reason is given, but not for what. Choose nullification or amendment, or clear the reason.",
        )
    if case.nullification_or_amendment and not case.nullification_reason:
        yield FieldRemark(
            case, "nullification_reason", "Say why the case is nullified or amended, or clear the answer."
        )


# Tables with a file -> the column that names the file.
NAMES_OF_FILES: tuple[tuple[type[Document | LiteratureReference], str], ...] = (
    (Document, "description"),
    (LiteratureReference, "citation"),
)


def document_without_name(checked: CheckedCase) -> Iterator[FieldRemark]:
    for model, name in NAMES_OF_FILES:
        for row in checked.record.all(model):
            if row.file_id and not getattr(row, name):
                yield FieldRemark(row, name, "A file without a name cannot be sent. Say what it is.")


def document_without_type(checked: CheckedCase) -> Iterator[FieldRemark]:
    for model, _ in NAMES_OF_FILES:
        for row in checked.record.all(model):
            if row.file_id and not row.media_type:
                yield FieldRemark(row, "file", "It isn't known what kind of file this is. Upload it again.")
