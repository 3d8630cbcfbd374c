"""Addresses of the door: login, logout, passwords, second factors. Nobody signs up by themselves."""

from allauth.account import views as allauth
from allauth.account.decorators import reauthentication_required
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView

from accounts.door import to_the_door
from accounts.token_pages import own_tokens, revoke_own_token

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", allauth.login, name="login"),
    path("logout/", allauth.logout, name="logout"),
    # The same under the names that allauth asks for.
    path("login/", allauth.login, name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
    path("login/again/", allauth.reauthenticate, name="account_reauthenticate"),
    path("password/", allauth.password_change, name="account_change_password"),
    path("password/set/", allauth.password_set, name="account_set_password"),
    path("password/reset/", allauth.password_reset, name="account_reset_password"),
    path("password/reset/sent/", allauth.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]

urlpatterns += [
    # Making a token asks for the password once more.
    path("tokens/", reauthentication_required(own_tokens, allow_get=True), name="own-tokens"),
    path("tokens/<int:pk>/revoke/", revoke_own_token, name="revoke-own-token"),
]
urlpatterns.append(path("second-factor/", include("allauth.mfa.urls")))

# Before the admin's own addresses: it has no login and no passwords of its own.
ADMIN_DOORS = [
    path("admin/login/", to_the_door),
    path("admin/password_change/", RedirectView.as_view(pattern_name="account_change_password")),
]
