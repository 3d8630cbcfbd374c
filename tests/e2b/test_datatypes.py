"""Values hold what text cannot, and give back what they were made of."""

import pytest

from e2b import Attachment, Bound, Code, MessageError, Null, Quantity, Range, text_of
from values.dates import PartialDate


@pytest.mark.parametrize("comparator", ["<", "<=", ">", ">="])
def test_a_range_has_its_comparator(comparator: str) -> None:
    assert Range.of(comparator, "12.1").comparator == comparator
    assert str(Range.of(comparator, "12.1")) == f"{comparator}12.1"


def test_a_range_with_two_numbers_has_no_comparator() -> None:
    both = Range(Bound("1"), Bound("2"))
    assert both.comparator == ""
    assert str(both) == "1 to 2"


def test_an_end_whose_inclusion_is_not_stated_belongs_to_the_range() -> None:
    assert Range(Bound("1"), Bound(Null("PINF"))).comparator == ">="


@pytest.mark.parametrize("comparator", ["=", "about", ""])
def test_an_unknown_comparator_is_refused(comparator: str) -> None:
    with pytest.raises(MessageError, match="comparator"):
        Range.of(comparator, "1")


def test_a_range_without_ends_is_refused() -> None:
    with pytest.raises(MessageError, match="at least one end"):
        Range()


def test_an_attachment_gives_its_bytes_back() -> None:
    data = bytes(range(256))
    assert Attachment.of(data, "application/pdf").data == data


def test_line_breaks_in_base64_do_not_matter() -> None:
    assert Attachment("aGVs\n  bG8=\n", "text/plain").data == b"hello"


@pytest.mark.parametrize("content", ["not base64!", "aGVsbG8", "===="])
def test_content_that_is_no_base64_is_an_error_when_decoded(content: str) -> None:
    with pytest.raises(MessageError, match="not base64"):
        _ = Attachment(content, "text/plain").data


def test_plain_text_documents_are_not_decoded() -> None:
    assert Attachment("größer", "text/plain", representation="TXT").data == "größer".encode()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("x", "x"),
        (Null("MSK"), ""),
        (PartialDate((2016, 3)), "201603"),
        (Code("1", "2.16"), "1"),
        (Quantity("80", "[lb_av]"), "80"),
        (Attachment("eA==", "image/png"), "eA=="),
    ],
)
def test_the_bare_text_of_a_value(value: object, text: str) -> None:
    assert text_of(value) == text
