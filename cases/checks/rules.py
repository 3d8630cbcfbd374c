"""Every rule by which something in a case is incomplete or implausible, in one table."""

from datetime import date

from cases.checks import (
    coded,
    dates,
    death,
    drugs,
    duplicates,
    examinations,
    numbers,
    patient,
    reactions,
    report,
)
from cases.checks.result import CheckedCase, Remark, Rule, Severity
from cases.record.case_record import CaseRecord
from cases.record.case_timeline import CaseTimeline

INCOMPLETE, IMPLAUSIBLE = Severity.INCOMPLETE, Severity.IMPLAUSIBLE

# fmt: off
RULES = (
    Rule("minimum_criteria",             INCOMPLETE,  report.minimum_criteria),
    Rule("no_primary_reporter",          INCOMPLETE,  report.no_primary_reporter),
    Rule("several_primary_reporters",    IMPLAUSIBLE, report.several_primary_reporters),
    Rule("no_receipt_date",              INCOMPLETE,  report.no_receipt_date),
    Rule("no_report_type",               INCOMPLETE,  report.no_report_type),
    Rule("report_type_without_study",    INCOMPLETE,  report.report_type_without_study),
    Rule("study_without_report_type",    IMPLAUSIBLE, report.study_without_report_type),
    Rule("announced_rows",               IMPLAUSIBLE, report.announced_rows),
    Rule("published_without_reference",  INCOMPLETE,  report.published_without_reference),
    Rule("country_of_number_unknown",    IMPLAUSIBLE, report.country_of_number_unknown),
    Rule("country_of_number_differs",    IMPLAUSIBLE, report.country_of_number_differs),
    Rule("reason_without_amendment",     INCOMPLETE,  report.reason_without_amendment),
    Rule("document_without_name",        INCOMPLETE,  report.document_without_name),
    Rule("document_without_type",        INCOMPLETE,  report.document_without_type),

    Rule("age_against_birth_date",       IMPLAUSIBLE, patient.age_against_birth_date),
    Rule("weight_for_age",               IMPLAUSIBLE, patient.weight_for_age),
    Rule("menstruation_of_a_man",        IMPLAUSIBLE, patient.menstruation_of_a_man),
    Rule("parent_of_an_adult",           IMPLAUSIBLE, patient.parent_of_an_adult),

    Rule("suspect_after_onset",          IMPLAUSIBLE, drugs.suspect_after_onset),
    Rule("suspect_without_dose",         INCOMPLETE,  drugs.suspect_without_dose),
    Rule("suspect_without_start",        INCOMPLETE,  drugs.suspect_without_start),
    Rule("biological_without_batch",     INCOMPLETE,  drugs.biological_without_batch),
    Rule("ongoing_but_ended",            IMPLAUSIBLE, drugs.ongoing_but_ended),

    Rule("no_onset",                     INCOMPLETE,  reactions.no_onset),
    Rule("no_outcome",                   INCOMPLETE,  reactions.no_outcome),
    Rule("none_assessed",                INCOMPLETE,  reactions.none_assessed),
    Rule("seriousness_not_stated",       INCOMPLETE,  reactions.seriousness_not_stated),
    Rule("seriousness_contradicts",      IMPLAUSIBLE, reactions.seriousness_contradicts),
    Rule("ended_but_ongoing",            IMPLAUSIBLE, reactions.ended_but_ongoing),
    Rule("recovered_but_not_resolved",   IMPLAUSIBLE, reactions.recovered_but_not_resolved),

    Rule("death_without_date",           INCOMPLETE,  death.death_without_date),
    Rule("death_without_cause",          INCOMPLETE,  death.death_without_cause),
    Rule("fatal_but_not_deadly",         IMPLAUSIBLE, death.fatal_but_not_deadly),
    Rule("deadly_but_not_fatal",         IMPLAUSIBLE, death.deadly_but_not_fatal),
    Rule("onset_before_birth",           IMPLAUSIBLE, death.onset_before_birth),
    Rule("something_after_death",        IMPLAUSIBLE, death.something_after_death),

    Rule("test_without_name",            INCOMPLETE,  examinations.no_name),
    Rule("virus_without_result",         INCOMPLETE,  examinations.virus_without_result),
    Rule("unit_not_understood",          IMPLAUSIBLE, examinations.unit_not_understood),
    Rule("no_upper_limit",               INCOMPLETE,  examinations.no_upper_limit),
    Rule("value_too_high",               IMPLAUSIBLE, examinations.value_too_high),

    Rule("number_without_unit",          INCOMPLETE,  numbers.number_without_unit),
    Rule("unit_without_number",          INCOMPLETE,  numbers.unit_without_number),
    Rule("number_too_large",             IMPLAUSIBLE, numbers.number_too_large),
    Rule("in_the_future",                IMPLAUSIBLE, dates.in_the_future),
    Rule("end_without_start",            INCOMPLETE,  dates.end_without_start),
    Rule("phase_against_date",           IMPLAUSIBLE, dates.phase_against_date),
    Rule("same_row_twice",               IMPLAUSIBLE, duplicates.same_row_twice),

    Rule("reaction_uncoded",             INCOMPLETE,  coded.reaction_uncoded),
    Rule("malformed_code",               IMPLAUSIBLE, coded.malformed_code),
    Rule("code_without_version",         INCOMPLETE,  coded.code_without_version),
    Rule("version_without_code",         INCOMPLETE,  coded.version_without_code),
)
# fmt: on


def remarks_on(record: CaseRecord, today: date) -> list[Remark]:
    """All remarks on one case, in the order of the table. The record has to hold every table."""
    checked = CheckedCase(record, CaseTimeline(record), today)
    return [remark for rule in RULES for remark in rule.remarks(checked)]
