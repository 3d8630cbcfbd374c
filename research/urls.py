"""Addresses of search, comparison and downloads."""

from django.urls import path

from research.pages import anonymity, prepared_downloads, search, search_downloads

urlpatterns = [
    path("cases/", search.case_list, name="case-list"),
    path("compare/", search.compare, name="compare"),
    path("download/", search_downloads.prepare_download, name="download"),
    path("download/anonymity/", anonymity.anonymity, name="download-anonymity"),
    path("download/prepared/", prepared_downloads.prepared_downloads, name="prepared-downloads"),
    path("download/<uuid:uuid>/", search_downloads.download_file, name="download-file"),
]
