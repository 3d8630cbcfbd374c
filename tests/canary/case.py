"""A case by which a leak is recognised: its own word in every column of text, its own day in every date.

Its columns come from the models, so that a new one is filled by itself. Words look like “zq0017kw”; what was
reported is dated in the 1930s and 1940s, what the registry itself notes in the 1950s. Nothing else has such
words or years.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from io import BytesIO
from typing import Any
from uuid import UUID, uuid5

from django.db import connection, models

from accounts.models import User
from api.case_entry import enter_case
from assessments.assessing import adjudicate
from assessments.models import ReviewerAnswer
from cases.amendment import amend
from cases.documents.storage import store_content
from cases.documents.uploads import store_upload
from cases.models import Case, CaseEvent, CaseVersion, Examination
from cases.models.base import Finding
from cases.models.fields import DayField, MomentField
from cases.record.read_cases import read_cases
from cases.record.tree import Branch, leads_to_row, tree
from cases.versions import open_version
from e2b import write
from exchange.icsr import message_of
from exchange.icsr.preserved_elements import Place, replace_values
from exchange.importing import import_batch
from exchange.models import (
    Acknowledgement,
    Answer,
    Batch,
    FileChunk,
    Message,
    ReceivedMessage,
    ReceiverSettings,
    SenderDetails,
    Submission,
)
from exchange.receipt_models import Receipt, ReceiptFile
from exchange.receipts import import_later
from exchange.receiving import receive
from jobs.models import Job
from tests.cases.samples import picture
from tests.e2b.cases import batch_of
from tests.exchange.icsr.overlay import completed
from tests.exchange.icsr.own_samples import message_named
from tests.product import product_models

ROWS = UUID("5f0c7a52-6b1f-4f7e-9b61-1f5d2a6f3c11")
WORD = re.compile(r"zq(\d{4})kw", re.IGNORECASE)
WORD_LENGTH = 8
# What is entered in a column, which is named as Model.column.
Value = Callable[[str, Any], Any]
FIRST_DAY, FIRST_MOMENT = date(1931, 2, 11), datetime(1951, 3, 7, 4, 5, 6, tzinfo=UTC)
AGE = "97.53125"
# Columns too short for a word: codes of countries, languages and versions.
SHORT = {2: "FR", 3: "fra", 4: "27.0"}
# Tables of findings: those of the reaction are what filters look at.
PHASED = tuple(model.__name__ for model in product_models("cases") if issubclass(model, Finding))
# What the constraints of a column demand, and what filters look at.
FIXED = {
    "Case.state": "draft",
    "Case.is_synthetic": False,
    "Case.nullification_or_amendment": "",
    "Patient.age": AGE,
    "Patient.age_unit": "a",
    "Patient.height_cm": "170",
    "Parent.height_cm": "170",
    "Temperature.celsius": "39.5",
    "Examination.result": "measured",
    "Examination.test": "",
    "ReportedScore.instrument": "regiscar",
    "ReportedScore.total": 5,
    "ReportedScore.category": "probable",
    "Reaction.is_assessed": True,
    **{f"{table}.phase": "reaction" for table in PHASED},
}
KINDS = {
    "viral_test": "viral",
    "biopsy_detail": "biopsy",
    "genetic_detail": "genetic",
    "functional_detail": "functional",
}
# Text columns of other tables that hold what the registry works out or names by rule, and no words of people.
OF_THE_REGISTRY = {
    "action", "answer", "case_number", "code", "digest", "evidence_digest", "instrument", "key", "kind",
    "message_type", "profile",
}  # fmt: skip
# Tables beside the case that hold words of people and of partners.
BESIDE = (
    Acknowledgement, Answer, Batch, CaseEvent, CaseVersion, Job, Message, Receipt, ReceiptFile,
    ReceivedMessage, ReviewerAnswer, Submission,
)  # fmt: skip


@dataclass
class Canary:
    """The case, and where each of its words and days stands."""

    case: Case
    words: dict[str, str] = field(default_factory=dict)  # word -> Model.column
    days: dict[str, str] = field(default_factory=dict)  # day -> Model.column
    times: dict[str, str] = field(default_factory=dict)  # day of what the registry notes -> Model.column

    def word(self, column: str) -> str:
        word = f"zq{len(self.words):04d}kw"
        self.words[word] = column
        return word

    def word_of(self, column: str) -> str:
        """The word that stands in a column."""
        return next(word for word, place in self.words.items() if place == column)

    def day(self, column: str) -> date:
        """The next day, each in a month of its own."""
        day = FIRST_DAY + timedelta(days=33 * len(self.days))
        self.days[day.isoformat()] = column
        return day


def enter(assessor, reviewer) -> Canary:
    """Enter the case by the doors of the product: as JSON, with files, an answer, a version, a message."""
    canary = Canary(Case())
    canary.case = enter_case(
        body(partial(_value, canary)), by=assessor, reason=canary.word("CaseEvent.reason")
    )
    _add_files(canary, assessor)
    _answer_for_fda(canary, assessor)
    adjudicate(canary.case, "fever", "yes", by=reviewer, reason=canary.word("ReviewerAnswer.reason"))
    open_version(canary.case, by=assessor, reason="news")
    _exchange(canary, assessor)
    _name_people(canary, assessor, reviewer)
    _fill_tables_beside(canary)
    return canary


def body(value: Value) -> dict[str, Any]:
    """A case as JSON, with one row of each table, and an examination of each kind."""
    whole = _row(value, tree())
    whole["examinations"] = [
        {**_row(value, branch(Examination), below=[kind]), "kind": KINDS[kind.name]}
        for kind in branch(Examination).branches
    ]
    return whole


def branch(model: type[models.Model]) -> Branch:
    return next(table for table in tree() if table.model is model)


def _row(value: Value, table: Branch, below: Iterable[Branch] | None = None) -> dict[str, Any]:
    row: dict[str, Any] = {"uuid": str(uuid_of(table.model))} if below is None else {}
    for column in table.fields:
        if table.is_given(column) and not isinstance(column, models.JSONField):
            row[column.name] = value(f"{table.title}.{column.name}", column)
    for child in table.branches if below is None else below:
        content = _row(value, child)
        row[child.name] = content if child.is_single else [content]
    return row


def uuid_of(model: type[models.Model]) -> UUID:
    return uuid5(ROWS, model.__name__)


def _value(canary: Canary, name: str, column: Any) -> Any:
    """What is entered in a column."""
    if name in FIXED:
        return FIXED[name]
    if leads_to_row(column):
        return str(uuid_of(column.related_model))
    if column.is_relation:
        return None
    if column.choices:
        return next(key for key, _ in column.flatchoices if key not in ("", None))
    if isinstance(column, MomentField | models.DateField):
        return canary.day(name).isoformat()
    if isinstance(column, models.BooleanField):
        return True
    if isinstance(column, models.CharField | models.TextField):
        return SHORT[column.max_length] if (column.max_length or 1000) < WORD_LENGTH else canary.word(name)
    return "3" if isinstance(column, models.DecimalField) else 3


def _add_files(canary: Canary, by: User) -> None:
    """A photograph and a publication with words in their names and inside."""
    photograph = store_upload(
        f"{canary.word('Document.file_name')}.jpg",
        picture(comment=canary.word("Document.file").encode()),
    )
    paper = store_upload(
        f"{canary.word('LiteratureReference.file_name')}.txt",
        canary.word("LiteratureReference.file").encode(),
    )
    with amend(canary.case, by=by, reason="files") as amendment:
        for row, upload in (
            (canary.case.documents.get(), photograph),
            (canary.case.literature.get(), paper),
        ):
            amendment.change(row, file=upload.file, file_name=upload.name, media_type=upload.file.media_type)


def _answer_for_fda(canary: Canary, by: User) -> None:
    """An answer that no column holds, with a word in it: the reporter's e-mail."""
    reporter = canary.case.reporters.get()
    replace_values(
        reporter.null_flavors,
        {Place("FDA.C.2.r.2.8"): (f"{canary.word('Reporter.null_flavors')}@example.org",)},
    )
    with amend(canary.case, by=by, reason="for FDA") as amendment:
        amendment.change(reporter, null_flavors=reporter.null_flavors)


def _exchange(canary: Canary, by: User) -> None:
    """The case sent to a receiver who answered, and the same words received in a message that waits."""
    whole = read_cases([canary.case.pk])[canary.case.pk]
    content = write(batch_of(message_named("FR-X-1", completed(message_of(whole).message))))
    batch = receive(BytesIO(content), "message.xml", by=by)
    import_batch(batch, by=by, report=lambda result: None)
    import_later(batch, by=by)
    held = {"by": by, "organisation": by.organisation}
    sent = Batch.objects.create(direction="sent", number="B-1", size=1, digest="0" * 64, **held)
    file = store_content(content, "application/xml")
    message = Message.objects.create(batch=sent, direction="sent", position=1, identifier="M-1", file=file)
    FileChunk.objects.create(batch=sent, position=1, file=file)
    submission = Submission.objects.create(case=canary.case, message=message, profile="ICH", by=by)
    acknowledgement = Acknowledgement.objects.create(file=file, **held)
    Answer.objects.create(acknowledgement=acknowledgement, position=1, submission=submission)
    Answer.objects.create(acknowledgement=acknowledgement, position=2)
    SenderDetails.objects.create(organisation=by.organisation)
    ReceiverSettings.objects.create(organisation=by.organisation, receiver="ICH")


def _name_people(canary: Canary, *users: User) -> None:
    """Names of those who worked on the case."""
    for user in users:
        user.first_name, user.last_name = canary.word("User.first_name"), canary.word("User.last_name")
        user.save()


def _fill_tables_beside(canary: Canary) -> None:
    """Words, days and times in tables that no door fills with free choice, by SQL past the triggers.

    Each time the registry notes becomes one in the 1950s, so that it is recognised as well.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for model in product_models("cases", "assessments", "exchange", "jobs"):
            _fill_times(canary, model)
        for model in BESIDE:
            _fill_words(canary, model)
        cursor.execute("SET LOCAL session_replication_role = origin")


def _fill_times(canary: Canary, model: type[models.Model]) -> None:
    for column in model._meta.local_fields:
        if isinstance(column, models.DateTimeField):
            time = FIRST_MOMENT + timedelta(days=3 * len(canary.times), minutes=7 * len(canary.times))
            filled = model._default_manager.filter(**{f"{column.name}__isnull": False})
            if filled.update(**{column.name: time}):
                canary.times[time.date().isoformat()] = f"{model.__name__}.{column.name}"


def _fill_words(canary: Canary, model: type[models.Model]) -> None:
    for row in model._default_manager.all():
        values = {column.name: _beside(canary, model, column) for column in model._meta.local_fields}
        filled = {name: value for name, value in values.items() if value is not None}
        model._default_manager.filter(pk=row.pk).update(**filled)


def _beside(canary: Canary, model: type[models.Model], column: Any) -> Any:
    """The word or day for a column of a table beside the case; None where it keeps its value."""
    name = f"{model.__name__}.{column.name}"
    if isinstance(column, models.JSONField):
        return [canary.word(name)]
    if isinstance(column, MomentField) or type(column) is DayField:
        return canary.day(name)
    is_text = isinstance(column, models.CharField | models.TextField) and not column.choices
    return canary.word(name) if is_text and column.name not in OF_THE_REGISTRY else None
