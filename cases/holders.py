"""Which organisation holds a case: people open cases for their own."""

from django.core.exceptions import ValidationError

from accounts.models import Organisation, User


def check_holder(organisation: Organisation, *, by: User) -> None:
    """Raise ValidationError where a user may not give a case to an organisation."""
    if not by.reaches_all and organisation.pk != by.organisation_id:
        raise ValidationError(
            {
                "organisation": f"{by} opens cases for {by.organisation} only, not for {organisation}. Leave "
                "the organisation out, or ask somebody who reaches all organisations."
            }
        )
