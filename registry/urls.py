"""Addresses of the registry: pages for people, the admin for data entry, the API for machines."""

from django.contrib import admin
from django.urls import include, path

from accounts.urls import ADMIN_DOORS

urlpatterns = [
    path("", include("research.urls")),
    path("", include("web.urls")),
    path("", include("accounts.urls")),
    path("api/", include("api.urls")),
    *ADMIN_DOORS,
    path("admin/", admin.site.urls),
]
