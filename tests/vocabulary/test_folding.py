"""Tests of `vocabulary.folding`: one form for every way to write a unit or a name."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocabulary.folding import fold_name, fold_unit, has_lost_character

UNITS = [
    ("10⁹/L", "10*9/L"),
    ("× 10⁹ / l", "10*9/L"),
    ("x10 ^9/L", "10*9/L"),
    ("10E+09/L", "10*9/L"),
    ("10e9/l", "10*9/L"),
    ("·10(9)/L", "10*9/L"),
    ("10 hoch 9/l", "10*9/L"),
    ("10 ⁹/L", "10*9/L"),
    ("x10⁻⁹/L", "10*-9/L"),
    ("x109/L", "x109/L"),
    ("10-9/L", "10-9/L"),
    ("mm³", "mm3"),
    ("µg/dl", "ug/dL"),
    ("μg/dL", "ug/dL"),
    ("µ/L", "μ/L"),
    ("㎎/㎗", "mg/dL"),
    ("ºC", "°C"),
    ("℃", "°C"),
    ("Ｕ／Ｌ", "U/L"),
    ("copies/10⁶ cells", "copies/10*6cells"),
    ("U/lakh", "U/lakh"),
]


@pytest.mark.parametrize(("text", "folded"), UNITS)
def test_a_unit_in_its_form(text, folded):
    assert fold_unit(text) == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Éosinophiles (abs.)", "eosinophiles abs"),
        ("γ-GT", "gamma gt"),
        ("EOS#", "eos #"),
        ("Eosinophile  %", "eosinophile %"),
        ("weiße Blutkörperchen", "weisse blutkorperchen"),
        ("好酸球%", "好酸球 %"),
        ("ｱﾙﾌﾞﾐﾝ", "アルブミン"),
        ("T°", "t °"),
        ("anti-HBc_IgM", "anti hbc igm"),
    ],
)
def test_a_name_in_its_form(text, folded):
    assert fold_name(text) == folded


@pytest.mark.parametrize("text", ["?g/L", "\ufffdg/L", "□mol/L"])
def test_a_lost_character_shows(text):
    assert has_lost_character(text)


texts = st.one_of(
    st.text(max_size=20),
    st.text("10^*eE+-9(). xX×·µμulLgm/⁹³⁻°º´ßéñ%#", max_size=14),
)


@given(texts)
@settings(max_examples=500, deadline=None)
def test_folding_twice_is_folding_once(text):
    assert fold_unit(fold_unit(text)) == fold_unit(text)
    assert fold_name(fold_name(text)) == fold_name(text)


@given(texts)
@settings(max_examples=200, deadline=None)
def test_spaces_make_no_difference_in_a_unit(text):
    assert fold_unit(f" {text}\u00a0") == fold_unit(text)
