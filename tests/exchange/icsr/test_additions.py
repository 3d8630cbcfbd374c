"""What we add to other people's words can be told apart, and taken off again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from e2b.elements import ICH
from exchange.icsr.comment_tags import with_line, without_line
from exchange.icsr.narrative import BEGINS, ENDS, with_addition, without_addition

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("|]\\\n: "), max_size=40)
LABEL = st.text("abcdef ", min_size=1, max_size=8).filter(lambda text: text == text.strip())
VALUE = TEXT.filter(bool)


@given(comment=TEXT, told=st.dictionaries(LABEL, VALUE, min_size=1))
def test_a_line_is_read_back_and_taken_off(comment, told):
    assert without_line(with_line(comment, told)) == (comment, told)


@given(comment=TEXT)
def test_a_comment_without_a_line_stays(comment):
    assert without_line(comment) == (comment, {})


@given(words=TEXT, lines=st.lists(VALUE, min_size=1))
def test_an_addition_is_taken_off(words, lines):
    told, fitting = with_addition("H.1", words, lines)
    assert fitting == len(lines)
    assert told.startswith(words)
    assert without_addition(told) == words


def test_only_what_stands_at_the_end_is_taken_off():
    quoted = f"{BEGINS}\nx\n{ENDS}\nand then"
    assert without_addition(quoted) == quoted
    told, _ = with_addition("H.1", quoted, ["a line"])
    assert without_addition(told) == quoted


@pytest.mark.parametrize("length", [ICH["H.1"].length, ICH["H.1"].length - 150, 10])
def test_an_addition_never_makes_an_element_longer_than_ich_allows(length):
    lines = [f"line {number}" for number in range(40)]
    told, fitting = with_addition("H.1", "x" * length, lines)
    assert len(told) <= ICH["H.1"].length
    assert told.count("\nline ") == fitting
    assert fitting == {10: 40}.get(length, fitting)
    assert without_addition(told) == "x" * length
