"""Addresses of the registry: pages for people, the admin for data entry, the API for machines."""

from django.contrib import admin
from django.urls import include, path

from accounts.urls import ADMIN_DOORS
from registry.health import health

handler400 = "registry.errors.bad_request"
handler500 = "registry.errors.server_error"

urlpatterns = [
    path("", include("research.urls")),
    path("", include("web.urls")),
    path("", include("accounts.urls")),
    path("health/", health, name="health"),
    path("api/", include("api.urls")),
    *ADMIN_DOORS,
    path("admin/", admin.site.urls),
]
