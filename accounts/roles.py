"""The roles of the registry and what each may do. Read this file aloud to an inspector.

Permissions are verbs on cases. A role holds exactly those listed beside it; there is no other
way to gain one, except being a superuser, who holds all.
"""

from dataclasses import dataclass
from enum import StrEnum, auto


class Permission(StrEnum):
    VIEW_CASES = auto()  # read cases with all evidence, but nothing that identifies a person
    AMEND_CASES = auto()  # open cases, enter and change evidence
    ADJUDICATE = auto()  # answer items of a score, with a reason
    RESCORE = auto()  # have outdated scores computed anew
    EXPORT = auto()  # take cases out of the registry
    VIEW_IDENTITIES = auto()  # read and export names, dates, free text, documents, publications
    MANAGE_USERS = auto()  # create users and give roles
    OWN_TOKENS = auto()  # make and revoke API tokens of one's own


@dataclass(frozen=True)
class Role:
    key: str
    name: str
    description: str
    permissions: frozenset[Permission]


def _role(key: str, name: str, description: str, *permissions: Permission) -> Role:
    return Role(key, name, description, frozenset(permissions))


P = Permission
ROLES = {
    role.key: role
    for role in (
        _role(
            "assessor",
            "Assessor",
            "Safety staff: enters reports and keeps them up to date.",
            P.VIEW_CASES,
            P.AMEND_CASES,
            P.RESCORE,
            P.EXPORT,
            P.VIEW_IDENTITIES,
            P.OWN_TOKENS,
        ),
        _role(
            "reviewer",
            "Reviewer",
            "Safety physician: an assessor who also answers items of a score.",
            P.VIEW_CASES,
            P.AMEND_CASES,
            P.ADJUDICATE,
            P.RESCORE,
            P.EXPORT,
            P.VIEW_IDENTITIES,
            P.OWN_TOKENS,
        ),
        _role(
            "researcher",
            "Researcher",
            "Reads, filters, compares and exports, all without identities; changes nothing.",
            P.VIEW_CASES,
            P.EXPORT,
            P.OWN_TOKENS,
        ),
        _role(
            "administrator",
            "Administrator",
            "Runs the registry: everything but a reviewer's judgement.",
            P.VIEW_CASES,
            P.AMEND_CASES,
            P.RESCORE,
            P.EXPORT,
            P.VIEW_IDENTITIES,
            P.MANAGE_USERS,
            P.OWN_TOKENS,
        ),
        _role(
            "api_client",
            "API client",
            "A regulator's or partner's machine: reads and exports whole cases, no login to pages.",
            P.VIEW_CASES,
            P.EXPORT,
            P.VIEW_IDENTITIES,
        ),
    )
}
ROLE_CHOICES = [(role.key, role.name) for role in ROLES.values()]
