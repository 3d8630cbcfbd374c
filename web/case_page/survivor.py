"""The case that goes on where another one was taken back as its duplicate."""

from accounts.models import User
from cases.models import Case, CaseState
from cases.visibility import sees_identities, shown_number, visible_to


def survivor_of(case: Case, user: User) -> str:
    """The number of the master of a nullified duplicate; empty where there is none that the user may read."""
    if case.state != CaseState.NULLIFIED:
        return ""
    masters = visible_to(user).filter(
        joined_duplicates__case=case.pk, joined_duplicates__parted_at__isnull=True
    )
    master = masters.select_related("summary").first()
    return shown_number(master, identities=sees_identities(user)) if master else ""
