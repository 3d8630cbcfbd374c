"""Pages for people who read, compare and judge cases."""

from django.urls import path

from cases.pages import files, search, search_downloads, versions, views

# A case number is any word, with slashes too; what can be done with a case comes first.
urlpatterns = [
    path("", search.case_list, name="case-list"),
    path("compare/", search.compare, name="compare"),
    path("download/", search_downloads.prepare_download, name="download"),
    path("download/<uuid:uuid>/", search_downloads.download_file, name="download-file"),
    path("files/<uuid:uuid>/", files.case_file, name="case-file"),
    path("files/<uuid:uuid>/thumbnail/", files.case_thumbnail, name="case-thumbnail"),
    path("cases/<path:number>/adjudicate/", views.adjudicate_item, name="adjudicate"),
    path("cases/<path:number>/rescore/", views.rescore_case, name="rescore"),
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
