"""Every instrument and every released version of its rules, by name.

One line per released version. Versions are never removed: stored scores are replayed from them.
"""

from types import ModuleType

from scoring.regiscar import v1 as regiscar_v1

RULE_VERSIONS: dict[str, ModuleType] = {
    regiscar_v1.RULE_VERSION: regiscar_v1,
}

# The version that new assessments use.
CURRENT: dict[str, ModuleType] = {
    "regiscar": regiscar_v1,
}


class UnknownRuleVersion(LookupError):
    """A stored assessment names rules that this release does not have."""


def rules(rule_version: str) -> ModuleType:
    """The rules of one released version. Raises UnknownRuleVersion."""
    try:
        return RULE_VERSIONS[rule_version]
    except KeyError:
        raise UnknownRuleVersion(
            f"No rules named {rule_version!r} are installed; known are {', '.join(RULE_VERSIONS)}. "
            "Install the release that made the assessment, or a later one."
        ) from None
