"""The project's own sample messages and acknowledgements, as its own writer gives them.

They are in fixtures/, and `test_own_samples.py` compares. Where the writer has changed for good reason, look
at the difference and write the files anew:

    WRITE_SAMPLES=1 .venv/bin/python -m pytest tests/exchange/icsr/test_own_samples.py
"""

from collections.abc import Iterator
from dataclasses import replace

from cases.record.case_record import CaseRecord
from e2b import Batch, Block, Message, Receipt, acknowledge, write, write_acknowledgement
from exchange.icsr import message_of
from tests.e2b.cases import LEAST, batch_of, changed, full_message
from tests.exchange.icsr.overlay import completed

SENT = "20170301120000+0000"  # as N.2.r.4 of the envelope
ANSWERED = "20250103101500+0100"
WARNINGS = "Loaded;\nWarnings:\n1: D.8.r.4 is in the future.\n2: E.i.2.1b is no current term.\n"
REJECTIONS = "Not loaded;\nRejections:\n1: C.1.3 must be 2.\n2: D.9.3 needed.\nWarnings:\n1: D.1 is short.\n"


def message_named(number: str, message: Message = LEAST, **case: str) -> Message:
    """The message with its identifiers and elements of C, dots as underscores, changed."""
    values = {"C.1.1": number, "C.1.8.1": number} | {key.replace("_", "."): v for key, v in case.items()}
    return replace(message, N=message.N.with_values({"N.2.r.1": number}), C=message.C.with_values(values))


def every_element() -> Message:
    """All 223 ICH elements, in a message that can be imported: an amendment."""
    return changed(full_message(), "C.1.11.1", "2")


def follow_up() -> Message:
    """News of the least message: a second reaction, a test, another outcome, a longer story."""
    news = message_named("DE-X-1", C_1_2="20250112030405", C_1_5="20250110")
    fever = replace(LEAST.E[0].with_values({"E.i.1.1a": "fever", "E.i.1.1b": "eng"}), ref="r2")
    test = Block("F.r", {"F.r.1": "20250105", "F.r.2.1": "ALT", "F.r.3.2": "120", "F.r.3.3": "U/L"})
    return replace(
        news,
        E=(LEAST.E[0].with_values({"E.i.7": "3"}), fever),
        F=(test,),
        H=LEAST.H.with_values({"H.1": "A narrative. It went on: ALT 120 U/L, <3 times normal & “rising”."}),
    )


def nullification() -> Message:
    """Of the same case."""
    times = {"C_1_2": "20250112030405", "C_1_5": "20250111"}
    return message_named("DE-X-1", **times, C_1_11_1="1", C_1_11_2="Duplicate of DE-X-9")


def three_cases() -> Iterator[Message]:
    """Of one batch, no two alike."""
    yield message_named("DE-X-2")
    yield message_named("DE-X-3", follow_up())
    yield message_named("DE-X-4", every_element())


def letter(whole: CaseRecord, number: int) -> Batch:
    """A case of the letter as it leaves, with what ICH demands in addition."""
    message = message_named(f"FR-LETTER-{number}", completed(message_of(whole).message), C_1_2=SENT)
    return batch_of(message)


def icsrs(letters: dict[int, CaseRecord]) -> dict[str, bytes]:
    """Every sample message by name; `letters` are the two cases of the letter by number."""
    batches = {
        "least": batch_of(LEAST),
        "every_element": batch_of(every_element()),
        "follow_up": batch_of(follow_up()),
        "nullification": batch_of(nullification()),
        "batch": batch_of(*three_cases()),
        **{f"letter_patient_{number}": letter(whole, number) for number, whole in letters.items()},
    }
    return {name: write(batch) for name, batch in batches.items()}


def acknowledgements() -> dict[str, bytes]:
    """Every sample acknowledgement by name: one answered message each, as gateways send them."""
    receipts = {
        "accepted": Receipt(True, "4711", "Loaded"),
        "accepted_with_warnings": Receipt(True, "4712", WARNINGS),
        "rejected": Receipt(False, "4713", REJECTIONS),
        "rejected_with_empty_fields": Receipt(False, text="The XML can't be read: line 81, column 47"),
    }
    answers = {
        name: acknowledge(
            batch_of(LEAST), [receipt], number=f"A-{receipt.number or 0}", time=ANSWERED, text=""
        )
        for name, receipt in receipts.items()
    }
    files = {name: write_acknowledgement(answer) for name, answer in answers.items()}
    files["rejected_with_empty_fields"] = emptied(files["rejected_with_empty_fields"])
    return files


def emptied(content: bytes) -> bytes:
    """As gateways answer what they couldn't read: parties and dates of the message empty."""
    for value in (*(str(LEAST.N[f"N.2.r.{number}"]) for number in (2, 3)), str(LEAST.N["N.2.r.4"])):
        content = content.replace(f'"{value}"'.encode(), b'""')
    return content
