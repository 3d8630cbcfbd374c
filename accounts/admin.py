"""Users and organisations. Roles are given here; what a role may do is `accounts.roles`' word."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from unfold.admin import ModelAdmin
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from accounts.models import Organisation, User
from accounts.roles import Permission

# Groups give permissions that nothing here asks for: they would only look as if they did.
if admin.site.is_registered(Group):
    admin.site.unregister(Group)


class ForUserManagers:
    """Only those who manage users. Nobody is deleted: who did what must stay readable."""

    def _manages(self, request) -> bool:
        return isinstance(request.user, User) and request.user.may(Permission.MANAGE_USERS)

    def has_module_permission(self, request):
        return self._manages(request)

    def has_view_permission(self, request, obj=None):
        return self._manages(request)

    def has_add_permission(self, request):
        return self._manages(request)

    def has_change_permission(self, request, obj=None):
        return self._manages(request)

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Organisation)
class OrganisationAdmin(ForUserManagers, ModelAdmin):
    list_display = ("name", "identifier")
    search_fields = ("name", "identifier")
    compressed_fields = False


@admin.register(User)
class UserAdmin(ForUserManagers, DjangoUserAdmin, ModelAdmin):
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    compressed_fields = False
    list_display = ("username", "first_name", "last_name", "role", "organisation", "is_active")
    list_filter = ("role", "organisation", "is_active", "is_staff")
    list_select_related = ("organisation",)
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": (("username", "email"), ("first_name", "last_name"), "password")}),
        ("Role", {"fields": (("role", "organisation"), ("is_active", "is_staff"))}),
        ("Dates", {"fields": (("last_login", "date_joined"),)}),
    )
    add_fieldsets = (
        (None, {"fields": (("username", "email"), ("role", "organisation"), "is_staff")}),
        ("Password", {"fields": ("usable_password", ("password1", "password2"))}),
    )

    def has_change_permission(self, request, obj=None):
        """A superuser holds every permission: taking one over, by a new password say, would give them all."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not obj.is_superuser or request.user.is_superuser)
