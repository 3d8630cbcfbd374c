"""Where the report came from: reporters, literature, other cases it belongs with, the narrative."""

from typing import Any

from django.db import models
from django.db.models import Q

from cases.models import ich
from cases.models.base import CaseRow, Phase, case_key, evidence, tracked
from cases.models.fields import MomentField
from cases.models.regional import listed_answers

# How PostgreSQL finds the words of a narrative: stemmed, so that “rashes” finds “rash”.
NARRATIVE_LANGUAGE = "english"


@evidence
class Reporter(CaseRow):
    """C.2.r: a primary source."""

    case = case_key("reporters")
    title = ich.text("C.2.r.1.1")
    given_name = ich.text("C.2.r.1.2")
    middle_name = ich.text("C.2.r.1.3")
    family_name = ich.text("C.2.r.1.4")
    reporter_organisation = ich.text("C.2.r.2.1")
    department = ich.text("C.2.r.2.2")
    street = ich.text("C.2.r.2.3")
    city = ich.text("C.2.r.2.4")
    region = ich.text("C.2.r.2.5")
    postcode = ich.text("C.2.r.2.6")
    telephone = ich.text("C.2.r.2.7")
    country = ich.text("C.2.r.3", help_text="ISO 3166-1, two letters.")
    qualification = ich.code("C.2.r.4")
    is_primary = ich.holding(
        models.BooleanField(default=False, help_text="Primary source for regulatory purposes; one per case."),
        "C.2.r.5",
    )

    class Meta:
        constraints = [listed_answers("reporter_regional_answers_listed", "C.2.r")]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip() or self.get_qualification_display()


@tracked
class Sender(CaseRow):
    """C.3: who sends this report, as it was received or as it will leave."""

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="sender")
    sender_type = ich.code("C.3.1")
    organisation_name = ich.text("C.3.2")
    department = ich.text("C.3.3.1")
    title = ich.text("C.3.3.2")
    given_name = ich.text("C.3.3.3")
    middle_name = ich.text("C.3.3.4")
    family_name = ich.text("C.3.3.5")
    street = ich.text("C.3.4.1")
    city = ich.text("C.3.4.2")
    region = ich.text("C.3.4.3")
    postcode = ich.text("C.3.4.4")
    country = ich.text("C.3.4.5")
    telephone = ich.text("C.3.4.6")
    fax = ich.text("C.3.4.7")
    email = ich.text("C.3.4.8")

    def __str__(self) -> str:
        return self.organisation_name or f"{self.given_name} {self.family_name}".strip() or "Sender"


@tracked
class OtherIdentifier(CaseRow):
    """C.1.9.1.r: an identifier of the case in an earlier transmission."""

    case = case_key("other_identifiers")
    source = ich.text("C.1.9.1.r.1")
    identifier = ich.text("C.1.9.1.r.2")

    def __str__(self) -> str:
        return f"{self.identifier} ({self.source})"


class IncludedDocument(models.Model):
    """A document with its bytes, as it was uploaded or travelled with the case."""

    file_name = models.CharField(max_length=250, blank=True, editable=False)
    media_type = models.CharField(max_length=100, blank=True, editable=False)
    representation = models.CharField(
        max_length=3, blank=True, editable=False, help_text="B64 or TXT: how a message spelled the bytes."
    )
    compression = models.CharField(
        max_length=4, blank=True, editable=False, help_text="DF if the bytes are deflated."
    )
    redacted_file = models.ForeignKey(
        "cases.StoredFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        help_text="The redacted file that leaves in place of the file.",
    )
    withheld_because = models.TextField(
        blank=True, editable=False, max_length=2000, help_text="Why the file does not leave at all."
    )

    class Meta:
        abstract = True


def _redacted_or_withheld(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"{name}_redacted_or_withheld",
        condition=Q(redacted_file__isnull=True) | Q(withheld_because=""),
        violation_error_message="Either a redacted file leaves, or none does: choose one.",
    )


def _file(element: str) -> "models.ForeignKey[Any, Any]":
    return ich.holding(
        models.ForeignKey(
            "cases.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
        ),
        element,
    )


class DocumentKind(models.TextChoices):
    DOCUMENT = "document", "Document"
    PHOTOGRAPH = "photograph", "Photograph"


@tracked
class Document(CaseRow, IncludedDocument):
    """C.1.6.1.r: a document or photograph that the sender holds, with its content where it is included."""

    starts = "when"

    case = case_key("documents")
    kind = models.CharField(max_length=10, choices=DocumentKind.choices, default=DocumentKind.DOCUMENT)
    description = ich.text(
        "C.1.6.1.r.1", help_text="What it is: discharge letter, photograph of the back ..."
    )
    shows = models.TextField(
        blank=True, max_length=2000, help_text="What can be seen in it, in the words of whoever looked."
    )
    when = MomentField(help_text="When it was taken or written.")
    phase = models.CharField(
        max_length=12, choices=Phase.choices, blank=True, help_text="To which part of the story it belongs."
    )
    file = _file("C.1.6.1.r.2")

    class Meta:
        constraints = [_redacted_or_withheld("document")]

    def __str__(self) -> str:
        return self.description[:80] or self.file_name or self.get_kind_display()


@tracked
class LiteratureReference(CaseRow, IncludedDocument):
    """C.4.r: a publication that describes the case."""

    case = case_key("literature")
    citation = ich.text("C.4.r.1", help_text="Vancouver style.")
    doi = models.CharField("DOI", max_length=200, blank=True)
    file = _file("C.4.r.2")

    class Meta:
        constraints = [_redacted_or_withheld("literature")]

    def __str__(self) -> str:
        return self.citation


@tracked
class Study(CaseRow):
    """C.5: the study in which the reaction was seen."""

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="study")
    name = ich.text("C.5.2")
    sponsor_number = ich.text("C.5.3")
    study_type = ich.code("C.5.4")

    class Meta:
        verbose_name_plural = "studies"

    def __str__(self) -> str:
        return self.name[:80] or self.sponsor_number or "Study"


@tracked
class StudyRegistration(CaseRow):
    """C.5.1.r: where the study is registered."""

    case = case_key("study_registrations")
    number = ich.text("C.5.1.r.1")
    country = ich.text("C.5.1.r.2", help_text="ISO 3166-1, two letters.")

    def __str__(self) -> str:
        return self.number


@tracked
class LinkedCase(CaseRow):
    """C.1.10.r: a case that should be read together with this one."""

    case = case_key("linked_cases")
    number = ich.text("C.1.10.r", help_text="Identifier of the other case.")
    other = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, null=True, blank=True, related_name="linked_from"
    )
    relation = models.CharField(max_length=200, blank=True, help_text="Why they belong together.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="linked_case_named_once",
                fields=["case", "number"],
                violation_error_message="This case is linked already.",
            ),
            models.CheckConstraint(
                name="linked_case_is_another",
                condition=Q(other__isnull=True) | ~Q(other=models.F("case")),
                violation_error_message="A case can't be linked to itself.",
            ),
        ]

    def __str__(self) -> str:
        return self.number


@evidence
class Narrative(CaseRow):
    """H: the story in words."""

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="narrative")
    case_narrative = ich.text("H.1")
    reporter_comments = ich.text("H.2")
    sender_comments = ich.text("H.4")

    # The database keeps its words beside it, in a column that no model knows: see migration 0003.

    def __str__(self) -> str:
        return self.case_narrative[:80]


@tracked
class SenderDiagnosis(CaseRow):
    """H.3.r: the sender's own diagnosis, or how the sender would code the reactions."""

    case = case_key("sender_diagnoses")
    term = models.CharField(max_length=250, blank=True)
    meddra_version = ich.text("H.3.r.1a")
    meddra_code = ich.text("H.3.r.1b")

    class Meta:
        verbose_name_plural = "sender diagnoses"

    def __str__(self) -> str:
        return self.term or self.meddra_code


@tracked
class Summary(CaseRow):
    """H.5.r: summary and comments in another language."""

    case = case_key("summaries")
    text = ich.text("H.5.r.1a")
    language = ich.text("H.5.r.1b", help_text="ISO 639-2, three letters.")

    class Meta:
        verbose_name_plural = "summaries"

    def __str__(self) -> str:
        return self.text[:80]
