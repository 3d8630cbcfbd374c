"""The report as a whole: is it valid, where does it come from, when did it come."""

from collections.abc import Iterator

from cases.checks.result import Look, Place
from cases.minimum_criteria import missing_criteria
from cases.models import Document, LiteratureReference, OtherIdentifier, ReportedScore, Reporter, Study

FROM_STUDY = "2"


def minimum_criteria(look: Look) -> Iterator[Place]:
    for criterion in missing_criteria(look.record):
        row = next(iter(look.record.all(criterion.model)), criterion.model)
        yield Place(row, criterion.field, f"{criterion.label} is missing. {criterion.remedy}")


def no_primary_reporter(look: Look) -> Iterator[Place]:
    reporters = look.record.all(Reporter)
    if reporters and not any(reporter.is_primary for reporter in reporters):
        yield Place(
            reporters[0], "is_primary", "No reporter is the primary source. Mark the one who reported first."
        )


def several_primary_reporters(look: Look) -> Iterator[Place]:
    primary = [reporter for reporter in look.record.all(Reporter) if reporter.is_primary]
    for reporter in primary[1:]:
        yield Place(
            reporter, "is_primary", "Another reporter is the primary source already. Leave one marked."
        )


def no_receipt_date(look: Look) -> Iterator[Place]:
    case = look.record.case
    if case.first_received is None:
        yield Place(case, "first_received", "Enter the day on which the report was first received.")
    if case.latest_information is None:
        yield Place(
            case,
            "latest_information",
            "Enter the day of the latest information: scores hold as of this day.",
        )


def no_report_type(look: Look) -> Iterator[Place]:
    if not look.record.case.report_type:
        yield Place(look.record.case, "report_type", "Say whether the report is spontaneous or from a study.")


def study_without_report_type(look: Look) -> Iterator[Place]:
    if look.record.all(Study) and look.record.case.report_type not in ("", FROM_STUDY):
        yield Place(
            look.record.case,
            "report_type",
            "A study is entered, but the report is not from a study. Change the type, or clear the study.",
        )


def report_type_without_study(look: Look) -> Iterator[Place]:
    if look.record.case.report_type != FROM_STUDY:
        return
    studies = look.record.all(Study)
    if not studies:
        yield Place(Study, "study_type", "The report is from a study: enter which.")
    for study in studies:
        if not study.study_type:
            yield Place(study, "study_type", "Enter the type of the study.")


# Said to be there -> the rows that should be, and what they are called.
ANNOUNCED = (
    ("has_documents", Document, "documents"),
    ("has_other_identifiers", OtherIdentifier, "other identifiers"),
)


def announced_rows(look: Look) -> Iterator[Place]:
    for flag, model, name in ANNOUNCED:
        said, rows = getattr(look.record.case, flag), look.record.all(model)
        if said is True and not rows:
            yield Place(look.record.case, flag, f"There should be {name}, and none is entered. Add them.")
        elif said is False and rows:
            yield Place(look.record.case, flag, f"There are {name} below. Change the answer to yes.")


def published_without_reference(look: Look) -> Iterator[Place]:
    if look.record.all(LiteratureReference):
        return
    for score in look.record.all(ReportedScore):
        yield Place(LiteratureReference, "citation", f"A score is quoted from “{score.source}”. Enter where.")
