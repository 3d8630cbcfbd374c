"""What was sent along: publications, documents, photographs."""

from django.contrib import messages

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

    request = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].belongs_to(self.instance)

    def clean(self):
        told = super().clean()
        file, row = self.cleaned_data.get("file"), self.instance
        if "file" in self.changed_data and not self.errors.get("file"):
            kept = self.fields["file"].kept
            row.file_name = kept.name if kept else ""
            row.media_type = file.media_type if file else ""
            row.representation, row.compression = BYTES if file else "", ""
        return told

    def save(self, commit=True):
        if self.files.get(self.add_prefix("file")):
            kept = self.fields["file"].kept
            if kept and kept.is_located:
                messages.warning(self.request, LOCATED.format(kept.name))
        return super().save(commit)


class DocumentForm(FileForm):
    def clean(self):
        told = super().clean()
        file = self.cleaned_data.get("file")
        is_photograph = self.cleaned_data.get("kind") == DocumentKind.PHOTOGRAPH
        if is_photograph and file and file.media_type not in PICTURES:
            self.add_error("kind", "The file is no picture: choose “Document”, or another file.")
        return told


class FileInline(RowInline):
    """Rows with a file each."""

    form = FileForm

    def get_queryset(self, request):
        return with_files(super().get_queryset(request))

    class Media:
        css = {"all": ("entry/files.css",)}
        js = ("entry/files.js",)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "file":
            return UploadField()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.request = request
        return formset


class LiteratureInline(FileInline):
    model = LiteratureReference
    fields = ("citation", ("doi", "file"), "verbatim")


class DocumentInline(FileInline):
    model = Document
    form = DocumentForm
    template = FormTemplate("documents.html")
    table = FormTemplate("inline.html")
    verbose_name = "document or photograph"
    verbose_name_plural = "documents and photographs"
    fields = (("kind", "file"), ("description", "shows"), ("when", "phase"), "verbatim")
