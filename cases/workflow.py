"""From which state a case may turn to which, and by what."""

from django.core.exceptions import ValidationError

from cases.models import CaseState

# What people may choose. The rest is done by versions: a follow-up or an amendment brings a closed case
# back to review, a nullification nullifies, an amendment revives.
BY_HAND = {
    CaseState.DRAFT: (CaseState.IN_REVIEW,),
    CaseState.IN_REVIEW: (CaseState.CLOSED,),
    CaseState.CLOSED: (),
    CaseState.NULLIFIED: (),
}
REMEDIES = {
    CaseState.DRAFT: "A draft goes to review first.",
    CaseState.IN_REVIEW: "A case in review can be closed; it does not become a draft again.",
    CaseState.CLOSED: "Open a follow-up or amendment version to bring it back to review.",
    CaseState.NULLIFIED: "Open an amendment version to revive it.",
}
# The reason of changes to drafts, where nobody gives another.
DATA_ENTRY = "data entry"


def choices_from(state: str) -> list[tuple[str, str]]:
    """The states that a case of this state may be given by hand, its own first."""
    return [(one.value, one.label) for one in (CaseState(state), *BY_HAND[CaseState(state)])]


def needs_reason(state: str) -> bool:
    """Whether whoever changes a case has to say why: from review on."""
    return state != CaseState.DRAFT


def check_turn(old: str, new: str) -> None:
    """Raise ValidationError for a state that can't be chosen by hand."""
    if new in (old, *BY_HAND[CaseState(old)]):
        return
    if new == CaseState.NULLIFIED:
        raise ValidationError({"state": "A case is nullified by a nullification version, with its reason."})
    said = f"A case that is {CaseState(old).label.lower()} can't become {CaseState(new).label.lower()}."
    raise ValidationError({"state": f"{said} {REMEDIES[CaseState(old)]}"})
