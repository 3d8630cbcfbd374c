"""Users, organisations and API tokens in the admin. `accounts.roles` defines what each role may do."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from accounts.api_tokens import issue, revoke
from accounts.models import AccessEvent, ApiToken, Organisation, Scope, User
from accounts.reach import may_manage, organisations_in_reach, reaches_to_give, users_in_reach
from accounts.requests import user_of
from accounts.roles import Permission

# Groups give permissions that nothing here asks for: they would only look as if they did. What allauth
# stores, the secrets of second factors among it, is managed by its owner alone.
for model in (Group, Authenticator, EmailAddress):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


if TYPE_CHECKING:
    _DjangoUserAdmin = DjangoUserAdmin[User]
    _TokenForm = forms.ModelForm[ApiToken]
else:
    _DjangoUserAdmin, _TokenForm = DjangoUserAdmin, forms.ModelForm


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
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
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
        (None, {"fields": (("username", "email"), ("first_name", "last_name"), "password")}),
        ("Role", {"fields": (("role", "organisation"), ("reach",), ("is_active", "is_staff"))}),
        ("Dates", {"fields": (("last_login", "date_joined"),)}),
    )
    add_fieldsets = (
        (None, {"fields": (("username", "email"), ("role", "organisation"), ("reach", "is_staff"))}),
        ("Password", {"fields": ("usable_password", ("password1", "password2"))}),
    )

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


LASTS = timedelta(days=180)
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
        return {"expires_at": timezone.now() + LASTS, **super().get_changeform_initial_data(request)}

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
class AccessEventAdmin(ForUserManagers, ModelAdmin):
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

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
