"""Users, the organisations they belong to, the keys of their machines, and who came in and read what."""

from typing import Any

import pgtrigger
from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.roles import ROLE_CHOICES, ROLES, Permission
from accounts.tracking import keep_history


def _tracked(*left_out: str) -> Any:
    """Class decorator: every change of a row is kept in its history, but for some columns."""

    def decorate(model: Any) -> Any:
        name = f"changes of {model._meta.verbose_name_plural}"
        meta = {"verbose_name": name.replace("changes", "change", 1), "verbose_name_plural": name}
        return keep_history(model, without=left_out, meta=meta)

    return decorate


@_tracked()
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


@_tracked("password", "last_login")
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
            models.UniqueConstraint(
                name="user_email_once",
                fields=["email"],
                condition=~Q(email=""),
                violation_error_message="Another user has this e-mail address. People log in and ask for "
                "a new password by it, and so it belongs to one user.",
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """E-mail addresses are compared without case: stored in lower case."""
        is_new = self._state.adding
        self.email = self.email.lower()
        super().save(*args, **kwargs)
        if is_new:
            self.remember_password()

    def remember_password(self) -> None:
        """Keep the hash of the present password, so that it isn't accepted again too soon."""
        if self.has_usable_password():
            PasswordHash.objects.get_or_create(user=self, password=self.password)

    @property
    def permissions_held(self) -> frozenset[Permission]:
        """What this user may do. Nothing while inactive."""
        if not self.is_active:
            return frozenset()
        return frozenset(Permission) if self.is_superuser else ROLES[self.role].permissions

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions_held

    @property
    def makes_tokens(self) -> bool:
        """Whether this user makes API tokens of their own."""
        return self.may(Permission.OWN_TOKENS)

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


@_tracked("digest", "last_used", "used")
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


class PasswordHash(models.Model):
    """A password that a user had or has, as its hash: none of the last ones is accepted again."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="password_hashes")
    password = models.CharField(max_length=128)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.user}, {self.at:%Y-%m-%d}"


class AccessKind(models.TextChoices):
    """What happened at the door, to an account, or to what identifies a person."""

    LOGIN = "login", "Logged in"
    LOGIN_FAILED = "login failed", "Wrong name or password"
    LOGIN_LOCKED = "login locked", "Refused: too many wrong passwords"
    LOGIN_REFUSED = "login refused", "Refused: this account doesn't log in"
    LOGOUT = "logout", "Logged out"
    PASSWORD_CHANGED = "password changed", "Changed the own password"
    PASSWORD_RESET = "password reset", "Set a new password by a link"
    RESET_REQUESTED = "reset requested", "Asked for a link to set a new password"
    LINK_GIVEN = "link given", "Handed over a link to set a password"
    ROLE_REQUESTED = "role requested", "Asked for a role that takes two administrators"
    ROLE_CHANGED = "role changed", "Gave a role"
    ACCOUNT_CHANGED = "account changed", "Changed reach, organisation or access of a user"
    DOWNLOAD_REQUESTED = "download requested", "Asked for a download below the floor of k-anonymity"
    DOWNLOAD_ALLOWED = "download allowed", "Allowed a download below the floor of k-anonymity"
    MFA_ADDED = "factor added", "Added a second factor"
    MFA_REMOVED = "factor removed", "Removed a second factor"
    MFA_USED = "factor used", "Used a second factor"
    MFA_FAILED = "factor failed", "Wrong code of a second factor"
    CODES_MADE = "recovery codes made", "Made new recovery codes"
    # Reads of what identifies a person. Downloads and messages that leave stand in the export log.
    CASE_READ = "case read", "Read a case with identities"
    FORM_OPENED = "form opened", "Opened the form of a case"
    VERSIONS_READ = "versions read", "Read the versions of a case"
    HISTORY_READ = "history read", "Read the history of a case"
    DOCUMENT_READ = "document read", "Opened a document or photograph"
    FILE_READ = "file read", "Opened a file of the exchange"


@pgtrigger.register(pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete))
class AccessEvent(models.Model):
    """A line of the access log: written once, neither changed nor removed."""

    at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(max_length=20, choices=AccessKind.choices)
    user = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="access_events"
    )
    name = models.CharField(
        max_length=150, blank=True, help_text="The user name; where nobody has it, what was typed."
    )
    address = models.GenericIPAddressField(null=True, blank=True, help_text="Where the request came from.")
    case_number = models.CharField(max_length=100, blank=True)
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="access_kind_is_known",
                condition=Q(kind__in=AccessKind.values),
                violation_error_message=f"An access event is one of: {', '.join(AccessKind.values)}.",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "kind", "at"], name="access_by_user"),
            models.Index(fields=["address", "kind", "at"], name="access_by_address"),
            models.Index(fields=["case_number", "at"], name="access_by_case"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_kind_display()}"


class CacheRow(models.Model):
    """Django's cache in the database, which all processes share (`settings.CACHES`)."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "shared_cache"

    def __str__(self) -> str:
        return self.cache_key


# Who holds one of these judges cases or runs the registry: giving it takes two administrators.
ROLES_OF_TWO = ("reviewer", "administrator")


class RoleRequest(models.Model):
    """One administrator asks that a user gets a role; another one confirms it."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_requests")
    role = models.CharField(max_length=20, choices=[(key, ROLES[key].name) for key in ROLES_OF_TWO])
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="role_request_role_takes_two",
                condition=Q(role__in=list(ROLES_OF_TWO)),
                violation_error_message=f"Only {' and '.join(ROLES_OF_TWO)} take two administrators.",
            ),
            models.CheckConstraint(
                name="role_request_by_two_others",
                condition=~Q(user=F("requested_by"))
                & (Q(confirmed_by=None) | (~Q(confirmed_by=F("requested_by")) & ~Q(confirmed_by=F("user")))),
                violation_error_message="Nobody gets a role by themselves: one administrator asks for it, "
                "another one confirms it.",
            ),
            models.UniqueConstraint(
                name="role_request_open_once",
                fields=["user", "role"],
                condition=Q(confirmed_by=None),
                violation_error_message="This role is asked for already: another administrator confirms it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
