"""The case that goes on where another one was taken back as its duplicate."""

from accounts.models import User
from cases.joining import master_for
from cases.models import Case
from cases.visibility import sees_identities, shown_number


def survivor_of(case: Case, user: User) -> str:
    """The number of the master of a nullified duplicate; empty where there is none that the user may read."""
    master = master_for(user, case)
    return shown_number(master, identities=sees_identities(user)) if master else ""
