"""Insert the versions of synthetic cases; where there is a follow-up, version 1 is frozen without it."""

from typing import Any

from django.apps import apps

from accounts.models import User
from cases.copying import as_text, copy_lines, defaults
from cases.documents.storage import store_contents
from cases.models import Case, CaseState, CaseVersion
from cases.version_records import canonical, freeze_records
from cases.versions import RECORD_TYPE
from synthetic.generator import COLUMNS, OF_FOLLOW_UP, Plan

PLANNED = COLUMNS["CaseVersion"]
CLOSED_AT = PLANNED.index("closed_at")
LATER = tuple(apps.get_model("cases", name) for name in OF_FOLLOW_UP)


def copy_versions(plans: list[Plan], cases: list[int], by: User) -> None:
    """Write the versions of cases, in the transaction that has written their rows."""
    by_case = list(zip(cases, (plan["CaseVersion"] for plan in plans), strict=True))
    records = _first_records([case for case, versions in by_case if len(versions) > 1])
    head = (*PLANNED, "case_id", "opened_by_id", "closed_by_id", "record_id")
    rest = defaults(CaseVersion, head)
    lines = []
    for case, versions in by_case:
        for row in versions:
            frozen = (None, None) if row[CLOSED_AT] is None else (by.pk, records[case])
            lines.append("\t".join([*map(as_text, (*row, case, by.pk, *frozen)), *rest.values()]))
    copy_lines(CaseVersion, [*head, *rest], lines)


def _first_records(keys: list[int]) -> dict[int, str]:
    """Store version 1 of these cases, without the rows of the follow-up; returns the digests by case."""
    cases: dict[int, Any] = Case.objects.in_bulk(keys)
    for case in cases.values():
        case.state, case.latest_information = CaseState.DRAFT, case.first_received
    records = freeze_records(cases.values(), without=LATER) if cases else {}
    return dict(zip(records, store_contents(map(canonical, records.values()), RECORD_TYPE), strict=True))
