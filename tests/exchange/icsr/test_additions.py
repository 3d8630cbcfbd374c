"""Additions to other people's words can be recognised, and taken off."""

from hypothesis import given
from hypothesis import strategies as st

from exchange.icsr.comment_tags import add_tags, split_tags
from exchange.icsr.narrative import BEGINS, ENDS, without_addition

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("|]\\\n: "), max_size=40)
LABEL = st.text("abcdef ", min_size=1, max_size=8).filter(lambda text: text == text.strip())
VALUE = TEXT.filter(bool)


@given(comment=TEXT, tags=st.dictionaries(LABEL, VALUE, min_size=1))
def test_a_line_is_read_back_and_taken_off(comment, tags):
    assert split_tags(add_tags(comment, tags)) == (comment, tags)


@given(comment=TEXT)
def test_a_comment_without_a_line_stays(comment):
    assert split_tags(comment) == (comment, {})


@given(words=TEXT, lines=st.lists(TEXT, min_size=1))
def test_an_addition_of_earlier_releases_is_taken_off(words, lines):
    assert without_addition(added(words, *lines)) == words


def test_only_what_stands_at_the_end_is_taken_off():
    quoted = f"{BEGINS}\nx\n{ENDS}\nand then"
    assert without_addition(quoted) == quoted
    assert without_addition(added(quoted, "a line")) == quoted


def added(words, *lines):
    return "\n\n".join(filter(None, [words, "\n".join([BEGINS, *lines, ENDS])]))
