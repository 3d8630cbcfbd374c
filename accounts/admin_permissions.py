"""Who may do what in the admin: the roles of `accounts.roles`, not Django's table of permissions.

Two sources of permissions would drift apart; an inspector reads one file.
"""

from typing import Any

from django.http import HttpRequest

from accounts.models import User
from accounts.roles import Permission


def may(request: HttpRequest, permission: Permission) -> bool:
    """Whether the user of a request is logged in and holds a permission."""
    return isinstance(request.user, User) and request.user.may(permission)


class RolePermissions:
    """What a role may see and change. Nothing is deleted by default: the record is kept.

    The admin shows cases with names and free text, and so only to those who may see these; researchers
    read the pages.
    """

    view_needs = Permission.VIEW_IDENTITIES
    change_needs = Permission.AMEND_CASES

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may(request, self.view_needs)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request, self.view_needs)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request, self.change_needs)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request, self.change_needs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class RowPermissions(RolePermissions):
    """Rows below a case or a drug: whoever may change may also take one away, with a reason."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request, self.change_needs)


class ReadOnly(RolePermissions):
    """What is written elsewhere and only looked at here."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
