"""Users, organisations and API tokens in the admin. `accounts.roles` defines what each role may do."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from accounts.access_log import log_event
from accounts.api_tokens import LASTS_DAYS, issue, revoke
from accounts.models import (
    ROLES_OF_TWO,
    AccessEvent,
    AccessKind,
    ApiToken,
    Organisation,
    RoleRequest,
    Scope,
    User,
)
from accounts.reach import may_manage, organisations_in_reach, reaches_to_give, users_in_reach
from accounts.requests import user_of
from accounts.role_requests import confirm_role, password_link, request_role
from accounts.roles import ROLE_CHOICES, Permission

# Groups give permissions that nothing here asks for: they would only look as if they did. What allauth
# stores, the secrets of second factors among it, is managed by its owner alone.
for model in (Group, Authenticator, EmailAddress):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


if TYPE_CHECKING:
    _DjangoUserAdmin = DjangoUserAdmin[User]
    _TokenForm = forms.ModelForm[ApiToken]
    _UserForm = forms.ModelForm[User]
else:
    _DjangoUserAdmin, _TokenForm, _UserForm = DjangoUserAdmin, forms.ModelForm, forms.ModelForm


class ForUserManagers:
    """Only those who manage users. Nobody is deleted: who did what must stay readable."""

    def _manages(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and request.user.may(Permission.MANAGE_USERS)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._manages(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._manages(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._manages(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._manages(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyForUserManagers(ForUserManagers):
    """What is written elsewhere, and only looked at by those who manage users."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


# What somebody may do, and where.
OWN_RIGHTS = ("role", "organisation", "reach", "is_active", "is_staff")


class UserForm(_UserForm):
    """Names, address and rights of a user; a role that takes two administrators can only be left."""

    class Meta:
        model = User
        fields = ("username", "email", "first_name", "last_name", *OWN_RIGHTS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = self.fields.get("role")
        if isinstance(role, forms.ChoiceField):
            held = self.instance.role if self.instance.pk else ""
            role.choices = [item for item in ROLE_CHOICES if item[0] == held or item[0] not in ROLES_OF_TWO]
            role.help_text = "Two administrators make reviewers and administrators, from the list of users."


class NewUserForm(UserForm):
    """A new user sets the first password by a link."""


@admin.register(Organisation)
class OrganisationAdmin(ForUserManagers, ModelAdmin):
    list_display = ("name", "identifier")
    search_fields = ("name", "identifier")
    compressed_fields = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and user_of(request).reaches_all

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organisation]:
        return organisations_in_reach(user_of(request))


@admin.register(User)
class UserAdmin(ForUserManagers, _DjangoUserAdmin, ModelAdmin):
    form = UserForm
    add_form = NewUserForm
    compressed_fields = False
    list_display = ("username", "first_name", "last_name", "role", "organisation", "reach", "is_active")
    list_filter = (
        "role",
        ("organisation", admin.RelatedOnlyFieldListFilter),
        "reach",
        "is_active",
        "is_staff",
    )
    list_select_related = ("organisation",)
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": (("username", "email"), ("first_name", "last_name"))}),
        ("Role", {"fields": (("role", "organisation"), ("reach",), ("is_active", "is_staff"))}),
        ("Dates", {"fields": (("last_login", "date_joined"),)}),
    )
    add_fieldsets = (
        (None, {"fields": (("username", "email"), ("role", "organisation"), ("reach", "is_staff"))}),
    )
    actions = ("hand_over_link", "request_reviewer", "request_administrator")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or may_manage(obj, by=user_of(request)))

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return users_in_reach(user_of(request)).order_by(*self.get_ordering(request))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "organisation":
            kwargs["queryset"] = organisations_in_reach(user_of(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "reach":
            kwargs["choices"] = reaches_to_give(user_of(request))
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Nobody changes what they may do themselves."""
        own = OWN_RIGHTS if obj is not None and obj.pk == user_of(request).pk else ()
        return (*self.readonly_fields, *own)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Keep in the history who changed it; a new role or reach stands in the access log too."""
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        by = user_of(request)
        if "role" in form.changed_data or not change:
            log_event(request, AccessKind.ROLE_CHANGED, by, detail=f"{obj}: {obj.role}")
        changed = [name for name in OWN_RIGHTS if name in form.changed_data and name != "role"]
        if changed:
            words = ", ".join(f"{name} is {getattr(obj, name)}" for name in changed)
            log_event(request, AccessKind.ACCOUNT_CHANGED, by, detail=f"{obj}: {words}")

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:  # noqa: A002
        """Nobody sets the password of somebody else."""
        raise PermissionDenied("Another person's password is set by that person, through a link.")

    def has_manage_permission(self, request: HttpRequest) -> bool:
        return self._manages(request)

    @admin.action(description="One-time link to set a password", permissions=["manage"])
    def hand_over_link(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset:
            if not may_manage(user, by=user_of(request)):
                messages.error(request, f"{user} isn't yours to manage.")
                continue
            link = request.build_absolute_uri(password_link(user))
            log_event(request, AccessKind.LINK_GIVEN, user_of(request), detail=str(user))
            messages.warning(request, f"{user}: {link} opens once, for a day. Hand it over in person.")

    @admin.action(description="Ask for the role reviewer", permissions=["manage"])
    def request_reviewer(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        self._request_role(request, queryset, "reviewer")

    @admin.action(description="Ask for the role administrator", permissions=["manage"])
    def request_administrator(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        self._request_role(request, queryset, "administrator")

    def _request_role(self, request: HttpRequest, users: QuerySet[User], role: str) -> None:
        for user in users:
            with refusals_shown(request, user):
                request_role(user, role, by=user_of(request), request=request)
                messages.success(request, f"{user}: asked for. Another administrator confirms it.")


@contextmanager
def refusals_shown(request: HttpRequest, subject: object) -> Iterator[None]:
    """Show why something was refused, before the name of what it was about."""
    try:
        yield
    except ValidationError as error:
        messages.error(request, f"{subject}: {' '.join(error.messages)}")
    except PermissionDenied as error:
        messages.error(request, f"{subject}: {error}")


@admin.register(RoleRequest)
class RoleRequestAdmin(ReadOnlyForUserManagers, ModelAdmin):
    """What one administrator asked for, to be confirmed by another."""

    list_display = ("user", "role", "requested_by", "requested_at", "confirmed_by", "confirmed_at")
    list_select_related = ("user", "requested_by", "confirmed_by")
    actions = ("confirm",)
    compressed_fields = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[RoleRequest]:
        return super().get_queryset(request).filter(user__in=users_in_reach(user_of(request)))

    def has_manage_permission(self, request: HttpRequest) -> bool:
        return self._manages(request)

    @admin.action(description="Confirm", permissions=["manage"])
    def confirm(self, request: HttpRequest, queryset: QuerySet[RoleRequest]) -> None:
        for asked in queryset:
            with refusals_shown(request, asked):
                confirm_role(asked, by=user_of(request), request=request)
                messages.success(request, f"{asked}: given.")


def history_of(model: Any) -> Any:
    """The model of the history of a tracked model."""
    return model.history.rel.related_model


class RightsHistoryAdmin(ReadOnlyForUserManagers, ModelAdmin):
    """What a user, organisation or token was, change by change."""

    ordering = ("-pgh_id",)
    list_filter = ("pgh_label",)
    compressed_fields = False

    def get_list_display(self, request: HttpRequest) -> Any:
        shown = ("username", "name", "user", "role", "organisation", "reach", "is_active", "revoked_at")
        names = {field.name for field in self.opts.get_fields()}
        return ["pgh_created_at", "pgh_label", *(name for name in shown if name in names)]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Those of users or organisations within reach."""
        by, rows = user_of(request), super().get_queryset(request)
        if by.reaches_all:
            return rows
        if self.model is history_of(Organisation):
            return rows.filter(pgh_obj__in=organisations_in_reach(by))
        whose = "pgh_obj__in" if self.model is history_of(User) else "user__in"
        return rows.filter(**{whose: users_in_reach(by)})


for tracked in (User, Organisation, ApiToken):
    admin.site.register(history_of(tracked), RightsHistoryAdmin)


SHOWN_ONCE = "The token “{}”: {} Copy it now: only its digest is kept, so it can't be shown again."


class TokenForm(_TokenForm):
    scopes = forms.MultipleChoiceField(
        choices=Scope.choices,
        initial=[Scope.READ],
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text="What the token may be used for; the role of its user must allow it as well.",
    )

    class Meta:
        model = ApiToken
        fields = ("user", "name", "scopes", "expires_at")

    def clean_expires_at(self) -> datetime:
        expires: datetime = self.cleaned_data["expires_at"]
        if expires <= timezone.now():
            raise forms.ValidationError("Choose a moment that is still to come.")
        return expires


@admin.register(ApiToken)
class ApiTokenAdmin(ForUserManagers, ModelAdmin):
    """A token is issued and revoked, and nothing else."""

    form = TokenForm
    list_display = ("name", "user", "scope_list", "is_open", "expires_at", "last_used", "created_by")
    list_select_related = ("user", "created_by")
    search_fields = ("name", "user__username")
    actions = ("revoke_tokens",)
    compressed_fields = False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        return self._manages(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ApiToken]:
        return super().get_queryset(request).filter(user__in=users_in_reach(user_of(request)))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {
            "expires_at": timezone.now() + timedelta(days=LASTS_DAYS),
            **super().get_changeform_initial_data(request),
        }

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        if obj is None:
            choice = form.base_fields["user"]
            allowed = [user.pk for user in choice.queryset if may_manage(user, by=user_of(request))]
            choice.queryset = choice.queryset.filter(pk__in=allowed)
        return form

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        shown = ("created_at", "created_by", "revoked_at", "last_used") if obj else ()
        return (*TokenForm.Meta.fields, *shown)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        entered = form.cleaned_data
        issued, secret = issue(
            entered["user"], entered["name"], entered["scopes"], entered["expires_at"], by=user_of(request)
        )
        obj.__dict__.update(issued.__dict__)
        messages.warning(request, SHOWN_ONCE.format(issued.name, secret))

    @admin.display(description="scopes")
    def scope_list(self, token: ApiToken) -> str:
        return ", ".join(token.scopes)

    @admin.display(description="open", boolean=True)
    def is_open(self, token: ApiToken) -> bool:
        return token.revoked_at is None and token.expires_at > timezone.now()

    @admin.action(description="Revoke", permissions=["revoke"])
    def revoke_tokens(self, request: HttpRequest, queryset: QuerySet[ApiToken]) -> None:
        tokens = list(queryset)
        for token in tokens:
            revoke(token, by=user_of(request))
        messages.success(request, f"{len(tokens)} revoked: they open nothing from now on.")


@admin.register(AccessEvent)
class AccessEventAdmin(ReadOnlyForUserManagers, ModelAdmin):
    """The access log, to be read."""

    list_display = ("at", "kind", "name", "address", "case_number", "detail")
    list_filter = ("kind", "at")
    search_fields = ("name", "address", "case_number")
    ordering = ("-id",)
    compressed_fields = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[AccessEvent]:
        """Those of users within reach; of names that nobody has, only for who reaches all."""
        events: QuerySet[AccessEvent] = super().get_queryset(request)
        return (
            events
            if user_of(request).reaches_all
            else events.filter(user__in=users_in_reach(user_of(request)))
        )
