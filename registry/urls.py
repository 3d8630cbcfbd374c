"""Addresses of the registry: pages for people, the admin for data entry, the API for machines."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from accounts.urls import ADMIN_DOORS
from registry.health import health

handler400 = "registry.errors.bad_request"
handler500 = "registry.errors.server_error"

urlpatterns = [
    path("", include("web.start.urls")),
    path("", include("research.urls")),
    path("", include("web.urls")),
    path("", include("accounts.urls")),
    path("health/", health, name="health"),
    path("api/", include("api.urls")),
    *ADMIN_DOORS,
    # The admin has no start page of its own.
    path("admin/", RedirectView.as_view(pattern_name="start")),
    path("admin/", admin.site.urls),
]
