"""Addresses of the API. Every one of them stands in the table of `tests/api/test_permissions.py`."""

from django.urls import path, re_path
from django.views.decorators.http import conditional_page
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from api.acknowledgements import Acknowledgements
from api.case import CaseDetail, CaseInFormat, Cases
from api.changes import Changes
from api.documents import DocumentFile, Documents
from api.download_requests import DownloadRequests
from api.drugs import Drugs
from api.icsr import Icsr, Icsrs
from api.index import Index
from api.listing import CaseBulk
from api.problems import nothing_here
from api.scores import Adjudications, Assessments, OneAssessment

# Both are the same for everybody who has read them: 304 by their ETags.
SCHEMA = conditional_page(SpectacularAPIView.as_view())
DOCS = conditional_page(
    SpectacularSwaggerSplitView.as_view(url_name="api-schema", http_method_names=["get", "head"])
)
# A case number may hold slashes, so the addresses below a case come before that of the case.
urlpatterns = [
    path("v1/", Index.as_view(), name="api-index"),
    path("v1/cases/", Cases.as_view(), name="api-cases"),
    path("v1/bulk/cases/", CaseBulk.as_view(), name="api-bulk"),
    path("v1/bulk/cases/request/", DownloadRequests.as_view(), name="api-bulk-request"),
    path("v1/icsr/", Icsrs.as_view(), name="api-receipts"),
    path("v1/icsr/<uuid:receipt>/", Icsr.as_view(), name="api-receipt"),
    path("v1/acknowledgements/", Acknowledgements.as_view(), name="api-acknowledgements"),
    path("v1/changes/", Changes.as_view(), name="api-changes"),
    path("v1/drugs/", Drugs.as_view(), name="api-drugs"),
    path("v1/schema/", SCHEMA, name="api-schema"),
    path("v1/docs/", DOCS, name="api-docs"),
    path("v1/cases/<path:number>/assessments/", Assessments.as_view(), name="api-assessments"),
    path("v1/cases/<path:number>/assessments/<uuid:uuid>/", OneAssessment.as_view(), name="api-assessment"),
    path("v1/cases/<path:number>/adjudications/", Adjudications.as_view(), name="api-adjudications"),
    path("v1/cases/<path:number>/documents/", Documents.as_view(), name="api-documents"),
    path(
        "v1/cases/<path:number>/documents/<uuid:uuid>/file",
        DocumentFile.as_view(),
        name="api-document-file",
    ),
    path("v1/cases/<path:number>/", CaseDetail.as_view(), name="api-case"),
    re_path(
        r"^v1/cases/(?P<number>.+)\.(?P<format>json|xml|pdf)$", CaseInFormat.as_view(), name="api-case-as"
    ),
    re_path(r"", nothing_here),
]
