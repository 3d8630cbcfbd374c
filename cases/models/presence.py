"""Who has a case open, so that two people don't work against each other unawares."""

from django.db import models


class Presence(models.Model):
    """One person with the form of one case open. Nothing of it is kept once it is over."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="presences")
    since = models.DateTimeField(auto_now_add=True)
    last_seen = models.DateTimeField()

    class Meta:
        ordering = ["case", "since"]
        constraints = [
            models.UniqueConstraint(
                name="presence_once",
                fields=["case", "user"],
                violation_error_message="This person has the case open already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.case}"
