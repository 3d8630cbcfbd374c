"""Tests of the rash: extent strictly above 50 %, and two of four features, purpura on legs alone aside."""

import pytest

from scoring.regiscar import v1
from tests.scoring.build import case, facts, line, signs, skin

EXTENT = [
    case("nothing is recorded", reads="unknown 0 [0, 1] missing"),
    case("50 % is not more than 50 %", skin(50), reads="no 0 [0, 0] measured"),
    case("50.1 % is", skin("50.1"), reads="yes 1 [1, 1] measured"),
    case("0 %", skin(0), reads="no 0 [0, 0] measured"),
    case("widespread in words", skin(widespread=True), reads="yes 1 [0, 1] reported"),
    case("localised in words", skin(widespread=False), reads="no 0 [0, 0] denied"),
    case("a percentage outranks its own words", skin(40, widespread=True), reads="no 0 [0, 0] measured"),
    case("the worst of several", skin(20), skin(70), skin(40), reads="yes 1 [1, 1] measured"),
    case("30 % one day, widespread another", skin(30), skin(widespread=True), reads="yes 1 [0, 1] reported"),
    case("70 % one day, localised another", skin(70), skin(widespread=False), reads="yes 1 [1, 1] measured"),
    case("30 % one day, localised another", skin(30), skin(widespread=False), reads="no 0 [0, 0] measured"),
    case(
        "localised one day, widespread another",
        skin(widespread=False),
        skin(widespread=True),
        reads="yes 1 [0, 1] reported",
    ),
    case("widespread as a term", *signs("Rash generalised"), reads="yes 1 [0, 1] reported"),
    case("erythroderma", *signs("Erythroderma"), reads="yes 1 [0, 1] reported"),
    case("60 % and a term", *signs("Rash generalised"), skin(60), reads="yes 1 [1, 1] measured"),
    case("a term leaves 30 % open", *signs("Rash generalised"), skin(30), reads="no 0 [0, 1] reported"),
    case(
        "a term beside localised",
        *signs("diffuse rash"),
        skin(widespread=False),
        reads="yes 1 [0, 1] reported",
    ),
    case("a rash of any extent", *signs("Rash maculo-papular"), reads="unknown 0 [0, 1] missing"),
    case("of one region", *signs("Rash on trunk"), reads="unknown 0 [0, 1] missing"),
    case("examined, extent not said", skin(scaling=True), reads="unknown 0 [0, 1] missing"),
]

FACE, INFILTRATION = {"facial_oedema": True}, {"infiltration": True}
PURPURA, SCALING = {"purpura_beyond_legs": True}, {"scaling": True}
NO_FACE, NO_INFILTRATION = {"facial_oedema": False}, {"infiltration": False}
NO_PURPURA, NO_SCALING = {"purpura_beyond_legs": False}, {"scaling": False}

SUGGESTING = [
    case("nothing is recorded", reads="unknown 0 [-1, 1] missing"),
    case("oedema and infiltration", skin(**FACE, **INFILTRATION), reads="yes 1 [1, 1] measured"),
    case("purpura and scaling", skin(**PURPURA, **SCALING), reads="yes 1 [1, 1] measured"),
    case("one feature, the others not said", skin(**FACE), reads="unknown 0 [-1, 1] missing"),
    case(
        "one feature, the others absent",
        skin(**FACE, **NO_INFILTRATION, **NO_PURPURA, **NO_SCALING),
        reads="no -1 [-1, -1] measured",
    ),
    case(
        "none of four",
        skin(**NO_FACE, **NO_INFILTRATION, **NO_PURPURA, **NO_SCALING),
        reads="no -1 [-1, -1] measured",
    ),
    case(
        "three absent, one not said: two are out of reach",
        skin(**NO_FACE, **NO_INFILTRATION, **NO_SCALING),
        reads="no -1 [-1, -1] measured",
    ),
    case("two absent, two not said", skin(**NO_FACE, **NO_INFILTRATION), reads="unknown 0 [-1, 1] missing"),
    case(
        "one there, two absent, one not said",
        skin(**FACE, **NO_INFILTRATION, **NO_SCALING),
        reads="unknown 0 [-1, 1] missing",
    ),
    case(
        "purpura on the legs alone is no feature",
        skin(**SCALING, **NO_PURPURA, **NO_FACE, **NO_INFILTRATION),
        reads="no -1 [-1, -1] measured",
    ),
    case("two features on two days", skin(**FACE), skin(**SCALING), reads="yes 1 [1, 1] measured"),
    case(
        "absent one day, there another",
        skin(**NO_FACE, **NO_INFILTRATION, **NO_PURPURA, **NO_SCALING),
        skin(**FACE, **INFILTRATION),
        reads="yes 1 [1, 1] measured",
    ),
    case(
        "absent one day, one there another",
        skin(**NO_FACE, **NO_INFILTRATION, **NO_PURPURA, **NO_SCALING),
        skin(**FACE),
        reads="no -1 [-1, -1] measured",
    ),
    case(
        "absent one day and there another is not absent",
        skin(**NO_FACE, **NO_INFILTRATION, **NO_PURPURA),
        skin(**FACE),
        reads="unknown 0 [-1, 1] missing",
    ),
    case("the source finds it suggestive", skin(suggestive=True), reads="yes 1 [-1, 1] reported"),
    case("the source finds it not suggestive", skin(suggestive=False), reads="no -1 [-1, -1] denied"),
    case(
        "the source disagrees with itself",
        skin(suggestive=True),
        skin(suggestive=False),
        reads="yes 1 [-1, 1] reported",
    ),
    case(
        "features outrank the source",
        skin(suggestive=False, **FACE, **SCALING),
        reads="yes 1 [1, 1] measured",
    ),
    case(
        "absent features outrank the source",
        skin(suggestive=True, **NO_FACE, **NO_INFILTRATION, **NO_SCALING),
        reads="no -1 [-1, -1] measured",
    ),
    case("two terms", *signs("Face oedema"), *signs("Skin exfoliation"), reads="yes 1 [-1, 1] reported"),
    case("a feature and a term", *signs("Face oedema"), skin(**SCALING), reads="yes 1 [-1, 1] reported"),
    case("a term of the same feature", *signs("scaling"), skin(**SCALING), reads="unknown 0 [-1, 1] missing"),
    case("one term", *signs("swollen face"), reads="unknown 0 [-1, 1] missing"),
    case("purpura of unknown place", *signs("Purpura"), skin(**SCALING), reads="unknown 0 [-1, 1] missing"),
    case(
        "purpura of the legs",
        *signs("purpura of the legs"),
        skin(**SCALING),
        reads="unknown 0 [-1, 1] missing",
    ),
    case("suggestive as a term", *signs("rash typical of DRESS"), reads="yes 1 [-1, 1] reported"),
    case(
        "a reported term keeps a denied feature from closing",
        *signs("facial swelling"),
        skin(**NO_FACE, **NO_INFILTRATION, **NO_PURPURA),
        reads="unknown 0 [-1, 1] missing",
    ),
    case(
        "a denied term closes with two features absent",
        *signs("no facial oedema"),
        skin(**NO_INFILTRATION, **NO_PURPURA),
        reads="no -1 [-1, -1] measured",
    ),
    case(
        "not where another term points to the feature",
        *signs("no facial oedema"),
        *signs("Angioedema"),
        skin(**NO_INFILTRATION, **NO_PURPURA),
        reads="unknown 0 [-1, 1] missing",
    ),
    case("widespread says nothing of features", skin(widespread=True), reads="unknown 0 [-1, 1] missing"),
]


@pytest.mark.parametrize(("rows", "reads"), EXTENT)
def test_extent(rows, reads):
    assert line("extent", *rows) == reads


@pytest.mark.parametrize(("rows", "reads"), SUGGESTING)
def test_suggesting(rows, reads):
    assert line("suggesting", *rows) == reads


def test_the_features_that_count_are_named():
    item = v1.assess(facts(skin(**SCALING, **FACE))).item("suggesting")
    assert item.rule == "Two or more of the four features: facial oedema, scaling."


def test_a_feature_recorded_both_ways_is_shown():
    item = v1.assess(facts(skin(**FACE), skin(**NO_FACE))).item("suggesting")
    assert item.rule.endswith("Recorded both as present and as absent: facial oedema.")
