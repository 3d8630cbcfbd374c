"""Linked cases (C.1.10.r) by their worldwide identifiers, as receivers know them."""

from collections.abc import Iterable

from accounts.models import Organisation
from cases.models import Case, LinkedCase, Reporter
from cases.record.case_record import CaseRecord


def identifier(country: str, organisation: Organisation, number: str) -> str:
    """The identifier that a case of ours gets when it leaves for the first time."""
    return "-".join((country, organisation.identifier, number))


def linked_identifiers(records: Iterable[CaseRecord], organisation: Organisation) -> dict[int, str]:
    """By the keys of linked cases: C.1.8.1, or the one that they get when they leave.

    Without the country of its reporter a case has none yet. At most two queries.
    """
    keys = {link.other_id for record in records for link in record.all(LinkedCase) if link.other_id}
    if not keys:
        return {}
    cases = Case.objects.filter(pk__in=keys).only("number", "worldwide_id", "safety_report_id")
    countries = dict(
        Reporter.objects.filter(case__in=keys).order_by("is_primary", "-pk").values_list("case_id", "country")
    )
    identifiers = {
        case.pk: case.worldwide_id
        or case.safety_report_id
        or (identifier(countries[case.pk], organisation, case.number) if countries.get(case.pk) else "")
        for case in cases
    }
    return {pk: text for pk, text in identifiers.items() if text}
