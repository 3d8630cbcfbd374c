"""What was sent along: publications, documents, photographs."""

from cases.admin.rows import RowInline
from cases.models import Document, LiteratureReference


class LiteratureInline(RowInline):
    model = LiteratureReference
    fields = ("citation", ("doi", "verbatim"))


class DocumentInline(RowInline):
    model = Document
    fields = ("description", "verbatim")
