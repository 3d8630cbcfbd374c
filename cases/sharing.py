"""Letting another organisation read a case, and ending that: explicit, with a reason, in the history."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import Organisation, User
from cases.amendment import amend
from cases.database_errors import as_validation_errors
from cases.models import Case, CaseShare


def share_case(case: Case, organisation: Organisation, *, by: User, reason: str) -> CaseShare:
    """Let the people of another organisation read a case, each as far as the role goes.

    They change nothing in it. Raises PermissionDenied and ValidationError.
    """
    if organisation.pk == case.organisation_id:
        raise ValidationError(f"Case {case} belongs to {organisation} already.")
    share = CaseShare(case=case, organisation=organisation, by=by, reason=reason)
    with (
        amend(case, by=by, reason=reason, action="shared", revives=True) as amendment,
        as_validation_errors(),
    ):
        share.save()
        amendment.changes.append(f"shared with {organisation}")
    return share


def withdraw_share(share: CaseShare, *, by: User, reason: str) -> None:
    """End a share now. What the other organisation took out stays where it is.

    Raises PermissionDenied and ValidationError.
    """
    with amend(share.case, by=by, reason=reason, action="share withdrawn", revives=True) as amendment:
        locked = CaseShare.objects.select_for_update().get(pk=share.pk)
        if locked.withdrawn_at is not None:
            raise ValidationError(f"That was withdrawn on {locked.withdrawn_at:%d %B %Y} already.")
        locked.withdrawn_at = timezone.now()
        locked.save(update_fields=["withdrawn_at"])
        amendment.changes.append(f"no longer shared with {locked.organisation}")
