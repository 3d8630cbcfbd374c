"""The numbers under which cases are known to readers who may not see identities."""

from cases.models import CaseSummary


def pseudonym(number: str) -> str:
    """The pseudonym of the case of a number."""
    return CaseSummary.objects.get(case__number=number).pseudonym
