"""Addresses of the start page and of the search box."""

from django.urls import path

from web.start import pages

urlpatterns = [
    path("", pages.start, name="start"),
    path("find/", pages.find, name="find"),
]
