"""The states of a case: which may follow which, and whether people or versions bring them about."""

from django.core.exceptions import ValidationError

from cases.models import CaseState

# What people may choose. The rest is done by versions: a follow-up or an amendment brings a closed case
# back to review, a nullification nullifies, an amendment revives.
CHOSEN_BY_PEOPLE = {
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
    states = (CaseState(state), *CHOSEN_BY_PEOPLE[CaseState(state)])
    return [(choice.value, choice.label) for choice in states]


def needs_reason(state: str) -> bool:
    """Whether a change of the case needs a reason: from review on."""
    return state != CaseState.DRAFT


def check_state_change(old: str, new: str) -> None:
    """Raise ValidationError for a state that can't be chosen by hand."""
    if new in (old, *CHOSEN_BY_PEOPLE[CaseState(old)]):
        return
    if new == CaseState.NULLIFIED:
        raise ValidationError({"state": "A case is nullified by a nullification version, with its reason."})
    sentence = f"A case that is {CaseState(old).label.lower()} can't become {CaseState(new).label.lower()}."
    raise ValidationError({"state": f"{sentence} {REMEDIES[CaseState(old)]}"})
