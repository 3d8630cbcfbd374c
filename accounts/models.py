"""Users and the organisations they belong to."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

from accounts.roles import ROLE_CHOICES, ROLES, Permission


class Organisation(models.Model):
    """A body that holds cases: a company, an authority, a regional centre."""

    name = models.CharField(max_length=100, unique=True)
    identifier = models.CharField(
        max_length=60,
        unique=True,
        help_text="The organisation part of case identifiers (country-organisation-number); no hyphen.",
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="organisation_identifier_has_no_hyphen",
                condition=Q(identifier__regex=r"^[^-\s]+$"),
                violation_error_message="An organisation's identifier has no hyphen and no space: "
                "hyphens separate the parts of a case identifier.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person or machine with one role in one organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="users")
    role = models.CharField(max_length=20, choices=ROLE_CHOICES, default="researcher")

    REQUIRED_FIELDS = ["email", "organisation"]

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(
                name="user_role_is_known",
                condition=Q(role__in=list(ROLES)),
                violation_error_message=f"A role is one of: {', '.join(ROLES)}.",
            ),
        ]

    @property
    def permissions_held(self) -> frozenset[Permission]:
        """What this user may do. Nothing while inactive."""
        if not self.is_active:
            return frozenset()
        return frozenset(Permission) if self.is_superuser else ROLES[self.role].permissions

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions_held
