"""What no case can have, and what it can, to the last unit."""

import pytest

from values.bounds import out_of_bounds
from values.moments import Moment

POSSIBLE = [
    *("1850", "2199-12-31", "~2016", "2016..2017", "birth+150a", "birth+1800mo", "birth+16..17mo"),
    *("birth+7999wk", "birth+54999d", "birth+0..d"),
]
IMPOSSIBLE = [
    *("0001", "1849-12-31", "2200", "9998-12-31", "~9998", "2016..9998", "0500..2016", "birth+9999a"),
    *("birth+151a", "birth+1801mo", "birth+0..151a", "birth-999999d", "birth+8000wk", "~birth+55000d"),
]


@pytest.mark.parametrize("text", POSSIBLE)
def test_what_a_case_can_have(text):
    assert out_of_bounds(Moment.parse(text)) == ""


@pytest.mark.parametrize("text", IMPOSSIBLE)
def test_what_no_case_can_have(text):
    sentence = out_of_bounds(Moment.parse(text))
    assert sentence.startswith(f"{Moment.parse(text)} is out of any life")
    assert "Check the" in sentence or "check the" in sentence
