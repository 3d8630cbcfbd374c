"""Addresses of the pages of one case."""

from django.urls import path

from web.case_page import files, narrative, versions, views

# A case number is any word, with slashes too; what can be done with a case comes first.
urlpatterns = [
    path("files/<uuid:uuid>/", files.case_file, name="case-file"),
    path("files/<uuid:uuid>/thumbnail/", files.case_thumbnail, name="case-thumbnail"),
    path("cases/<path:number>/adjudicate/", views.adjudicate_item, name="adjudicate"),
    path("cases/<path:number>/rescore/", views.rescore_case, name="rescore"),
    path("cases/<path:number>/narrative/", narrative.case_narrative, name="case-narrative"),
    path("cases/<path:number>/versions/", versions.case_versions, name="case-versions"),
    path(
        "cases/<path:number>/versions/<int:version>/record.json",
        versions.version_record,
        name="case-version-record",
    ),
    path(
        "cases/<path:number>/versions/<int:version>/message.xml",
        versions.version_message,
        name="case-version-message",
    ),
    path("cases/<path:number>/history/", versions.case_history, name="case-history"),
    path("cases/<path:number>/", views.case_detail, name="case-detail"),
]
