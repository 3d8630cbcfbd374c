"""The tables of files sent along with a report: publications, documents, photographs."""

from typing import Any, cast

from django.contrib import messages
from django.db.models import ForeignKey, QuerySet
from django.forms import Field
from django.http import HttpRequest

from cases.documents.file_types import ACCEPTED
from cases.documents.reading import with_files
from cases.models import Document, DocumentKind, LiteratureReference
from web.entry.form_templates import FormTemplate
from web.entry.rows import RowForm, RowInline
from web.entry.uploads import UploadField

PICTURES = {kind.media_type for kind in ACCEPTED if kind.is_picture}
BYTES = "B64"  # how a message spells what was uploaded
LOCATED = (
    "{} says where it was taken (GPS). The original keeps that; the thumbnail is without. If the place must "
    "not be known, replace it by a copy without."
)


class FileForm(RowForm):
    """A row that may have a file."""

    request: HttpRequest

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self._file_field.set_row(self.instance)

    @property
    def _file_field(self) -> UploadField:
        return cast(UploadField, self.fields["file"])

    def clean(self) -> Any:
        data = super().clean()
        file, row = self.cleaned_data.get("file"), self.instance
        if "file" in self.changed_data and not self.errors.get("file"):
            chosen = self._file_field.chosen
            row.file_name = chosen.name if chosen else ""
            row.media_type = file.media_type if file else ""
            row.representation, row.compression = BYTES if file else "", ""
        return data

    def save(self, commit: bool = True) -> Any:
        if self.files.get(self.add_prefix("file")):
            chosen = self._file_field.chosen
            if chosen and chosen.is_located:
                messages.warning(self.request, LOCATED.format(chosen.name))
        return super().save(commit)


class DocumentForm(FileForm):
    def clean(self) -> Any:
        data = super().clean()
        file = self.cleaned_data.get("file")
        is_photograph = self.cleaned_data.get("kind") == DocumentKind.PHOTOGRAPH
        if is_photograph and file and file.media_type not in PICTURES:
            self.add_error("kind", "The file is no picture: choose “Document”, or another file.")
        return data


class FileInline(RowInline):
    """Rows with a file each."""

    form = FileForm
    is_whole_in_record = False  # whether a file has a thumbnail is read with the rows

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return with_files(super().get_queryset(request))

    class Media:
        css = {"all": ("entry/files.css",)}
        js = ("entry/files.js",)

    def formfield_for_foreignkey(  # type: ignore[override]  # a file is no choice among rows
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Field | None:
        if db_field.name == "file":
            return UploadField()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.request = request
        return formset


class LiteratureInline(FileInline):
    model = LiteratureReference
    fields = ("citation", ("doi", "file"), "verbatim")


class DocumentInline(FileInline):
    model = Document
    form = DocumentForm
    template: Any = FormTemplate("documents.html")
    table = FormTemplate("inline.html")
    verbose_name = "document or photograph"
    verbose_name_plural = "documents and photographs"
    fields = (("kind", "file"), ("description", "shows"), ("when", "phase"), "verbatim")
