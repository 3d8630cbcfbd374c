"""Users, the organisations they belong to, and the keys of their machines."""

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
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


class Reach(models.TextChoices):
    """Among whose cases a user has the permissions of the role."""

    OWN = "own", "Own organisation, and what is shared with it"
    ALL = "all", "All organisations"


class User(AbstractUser):
    """A person or machine with one role in one organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="users")
    role = models.CharField(max_length=20, choices=ROLE_CHOICES, default="researcher")
    reach = models.CharField(
        max_length=3, choices=Reach.choices, default=Reach.OWN, help_text="Whose cases this user works with."
    )

    REQUIRED_FIELDS = ["email", "organisation"]

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(
                name="user_role_is_known",
                condition=Q(role__in=list(ROLES)),
                violation_error_message=f"A role is one of: {', '.join(ROLES)}.",
            ),
            models.CheckConstraint(
                name="user_reach_is_known",
                condition=Q(reach__in=Reach.values),
                violation_error_message=f"A user's reach is one of: {', '.join(Reach.values)}.",
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

    @property
    def reaches_all(self) -> bool:
        """Whether organisations are no walls for this user."""
        return self.is_superuser or self.reach == Reach.ALL


class Scope(models.TextChoices):
    """What a token may be used for. Its user's role must allow it as well."""

    READ = "read", "Read cases, de-identified"
    FULL = "full", "Read names, free text and dates as they are recorded"
    WRITE = "write", "Enter and change cases, answer items"
    EXPORT = "export", "Fetch cases as E2B(R3) and CIOMS I, and in bulk"


class ApiToken(models.Model):
    """One machine's key to the API. The token itself is shown once; its SHA-256 is all that is kept."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=100, help_text="Which machine uses it, so that it can be told apart.")
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope.choices), default=list)
    digest = models.CharField(max_length=64, unique=True, editable=False, help_text="SHA-256, hexadecimal.")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", editable=False)
    expires_at = models.DateTimeField(help_text="After this moment it opens nothing.")
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_used = models.DateTimeField(null=True, blank=True, editable=False, help_text="To the minute.")
    used = models.PositiveIntegerField(default=0, editable=False, help_text="Requests in that minute.")

    class Meta:
        verbose_name = "API token"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="api_token_scopes_are_known",
                condition=Q(scopes__contained_by=Scope.values) & Q(scopes__len__gt=0),
                violation_error_message=f"A token has one or more of the scopes {', '.join(Scope.values)}.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.user})"


class ApiRequest(models.Model):
    """A request that may be repeated: its answer, under the key that its sender gave it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_requests")
    key = models.CharField(max_length=255)
    digest = models.CharField(max_length=64, help_text="SHA-256 of method, address and body.")
    status = models.PositiveSmallIntegerField(default=0)
    location = models.TextField(blank=True)
    body = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="api_request_key_once",
                fields=["user", "key"],
                violation_error_message="A request with this key is here already.",
            ),
        ]

    def __str__(self) -> str:
        return self.key
