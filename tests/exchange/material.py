"""Files that the tests send in, and the commands that take them."""

import io
import json
from dataclasses import replace
from pathlib import Path

from django.core.management import call_command

from cases.amendment import amend
from cases.models import Case, Reporter
from cases.record.read_cases import read_cases
from e2b import Batch, Block, Message, Value, write
from exchange.declarations import declare, read_declaration
from exchange.icsr import message_of
from exchange.sending_models import SenderDetails
from tests.e2b.cases import HEADER, LEAST

OVERLAY = Path(__file__).parent / "letter_overlay.toml"


def case_message(number: int, **case: Value | None) -> Message:
    """A message about case `number`; keywords change elements of C, dots as underscores."""
    name = f"DE-X-{number}"
    told = {"C.1.1": name, "C.1.8.1": name} | {key.replace("_", "."): value for key, value in case.items()}
    return replace(LEAST, N=LEAST.N.with_values({"N.2.r.1": name}), C=LEAST.C.with_values(told))


def with_narrative(message: Message, words: str) -> Message:
    return replace(message, H=Block("H", {"H.1": words}))


def file_of(*messages: Message, number: str = "B-1") -> bytes:
    return write(Batch(HEADER.with_values({"N.1.2": number}), messages))


def written(folder: Path, *files: bytes) -> list[Path]:
    paths = [folder / f"file{number}.xml" for number in range(1, len(files) + 1)]
    for path, content in zip(paths, files, strict=True):
        path.write_bytes(content)
    return paths


def run(command: str, *args, **options) -> tuple[int, list | dict]:
    """What a command returns and prints as JSON."""
    out, status = io.StringIO(), 0
    try:
        call_command(command, *args, json=True, stdout=out, stderr=io.StringIO(), **options)
    except SystemExit as done:
        status = done.code
    return status, json.loads(out.getvalue())


def imported(*paths: Path) -> list[dict]:
    return run("import_icsr", *paths)[1]


def fates(results: list[dict]) -> list[str]:
    return [one["fate"] for one in results]


def again(case: Case) -> Message:
    """What a case says as a message, without what we generate."""
    return message_of(read_cases([case.pk])[case.pk], recorded_only=True).message


def fda_file(number: int) -> bytes:
    """A file with a case that has all that FDA and EMA ask for beside ICH."""
    message, _ = declare(case_message(number), read_declaration(OVERLAY))
    return file_of(message)


def complete(cases, by) -> None:
    """Enter what only a person adds to the cases of the letter: who sends, reporter, codes, seriousness."""
    enter_sender(by.organisation)
    for case in cases:
        with amend(case, by=by, reason="coded, and judged medically important") as amendment:
            amendment.change(
                case.reactions.get(),
                meddra_version="27.0",
                meddra_code="10073508",
                company_medically_important=True,
            )
            amendment.add(Reporter(country="FR", family_name="Author"))


def enter_sender(organisation) -> SenderDetails:
    """What an organisation says of itself in every report, as complete as FDA wants it."""
    return SenderDetails.objects.create(
        organisation=organisation,
        sender_type="4",
        department="Safety",
        title="Dr",
        given_name="Ada",
        family_name="Own",
        street="1 Test Street",
        city="Testville",
        region="Test State",
        postcode="12345",
        country="FR",
        telephone="+33 1 23456",
        fax="+33 1 23457",
        email="safety@example.org",
    )
