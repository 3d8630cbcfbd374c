"""Addresses of the registry: pages for people, the admin for data entry, the API for machines."""

from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path

from accounts.forms import PeopleLoginForm

urlpatterns = [
    path("", include("research.urls")),
    path("", include("web.urls")),
    path("api/", include("api.urls")),
    path("admin/", admin.site.urls),
    path(
        "login/",
        auth.LoginView.as_view(template_name="accounts/login.html", authentication_form=PeopleLoginForm),
        name="login",
    ),
    path("logout/", auth.LogoutView.as_view(), name="logout"),
]
