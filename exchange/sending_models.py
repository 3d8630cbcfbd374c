"""What an organisation says in every report that it sends, and what it sends to each receiver."""

from django.db import models
from django.db.models import Q

from cases.models import ich
from cases.models.base import known_choices, tracked
from e2b import PROFILES


@tracked
class SenderDetails(models.Model):
    """C.3: what an organisation says of itself in every report that it sends, entered once.

    Without such a row an organisation is named and typed as “other”, and nothing more.
    """

    organisation = models.OneToOneField(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="sender_details"
    )
    sender_type = ich.code("C.3.1", default="6")
    name = ich.text("C.3.2", help_text="As receivers know it; empty: as the organisation is called here.")
    department = ich.text("C.3.3.1")
    title = ich.text("C.3.3.2")
    given_name = ich.text("C.3.3.3")
    middle_name = ich.text("C.3.3.4")
    family_name = ich.text("C.3.3.5", help_text="Of the person who answers for the reports.")
    street = ich.text("C.3.4.1")
    city = ich.text("C.3.4.2")
    region = ich.text("C.3.4.3")
    postcode = ich.text("C.3.4.4")
    country = ich.text("C.3.4.5", help_text="ISO 3166-1, two letters.")
    telephone = ich.text("C.3.4.6")
    fax = ich.text("C.3.4.7")
    email = ich.text("C.3.4.8")

    class Meta:
        verbose_name_plural = "sender details"

    def __str__(self) -> str:
        return self.name or str(self.organisation)


@tracked
class ReceiverSettings(models.Model):
    """What an organisation sends to receivers of one form of E2B beside what every receiver gets."""

    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="receiver_settings"
    )
    receiver = models.CharField(max_length=10, choices=[(name, name) for name in PROFILES])
    wants_score = models.BooleanField(
        "wants our RegiSCAR score",
        default=False,
        help_text="In the sender's comments (H.4) of our own cases that show a sign of DRESS.",
    )
    wants_score_of_others = models.BooleanField(
        "also for others' cases", default=False, help_text="Also where somebody else sent us the case."
    )
    wants_score_without_sign = models.BooleanField(
        "also without a sign of DRESS", default=False, help_text="Also where nothing points to DRESS."
    )

    class Meta:
        verbose_name_plural = "receiver settings"
        constraints = [
            models.UniqueConstraint(
                name="receiver_settings_once",
                fields=["organisation", "receiver"],
                violation_error_message="There are settings for this receiver already: change those.",
            ),
            known_choices(
                "receiver_settings_known_receiver",
                "receiver",
                [(name, name) for name in PROFILES],
                f"A receiver is one of: {', '.join(PROFILES)}.",
            ),
            models.CheckConstraint(
                name="receiver_settings_score_first",
                condition=Q(wants_score=True)
                | Q(wants_score_of_others=False, wants_score_without_sign=False),
                violation_error_message="Choose first that the receiver wants the score at all.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} to {self.receiver}"
