"""Additions to other people's words can be recognised, and taken off."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from e2b.elements import ICH
from exchange.icsr.comment_tags import add_tags, split_tags
from exchange.icsr.narrative import BEGINS, ENDS, with_addition, without_addition

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("|]\\\n: "), max_size=40)
LABEL = st.text("abcdef ", min_size=1, max_size=8).filter(lambda text: text == text.strip())
VALUE = TEXT.filter(bool)


@given(comment=TEXT, tags=st.dictionaries(LABEL, VALUE, min_size=1))
def test_a_line_is_read_back_and_taken_off(comment, tags):
    assert split_tags(add_tags(comment, tags)) == (comment, tags)


@given(comment=TEXT)
def test_a_comment_without_a_line_stays(comment):
    assert split_tags(comment) == (comment, {})


@given(words=TEXT, lines=st.lists(VALUE, min_size=1))
def test_an_addition_is_taken_off(words, lines):
    text, added = with_addition("H.1", words, lines)
    assert added == len(lines)
    assert text.startswith(words)
    assert without_addition(text) == words


def test_only_what_stands_at_the_end_is_taken_off():
    quoted = f"{BEGINS}\nx\n{ENDS}\nand then"
    assert without_addition(quoted) == quoted
    text, _ = with_addition("H.1", quoted, ["a line"])
    assert without_addition(text) == quoted


@pytest.mark.parametrize("length", [ICH["H.1"].length, ICH["H.1"].length - 150, 10])
def test_an_addition_never_makes_an_element_longer_than_ich_allows(length):
    lines = [f"line {number}" for number in range(40)]
    text, added = with_addition("H.1", "x" * length, lines)
    assert len(text) <= ICH["H.1"].length
    assert text.count("\nline ") == added
    assert added == {10: 40}.get(length, added)
    assert without_addition(text) == "x" * length
