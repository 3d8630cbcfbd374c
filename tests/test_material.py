"""Others' material is there as a whole, or not at all: then this is the one test of the set that is left."""

import pytest

from tests.material import (
    ACKNOWLEDGEMENTS,
    E2B,
    ICSRS,
    IS_HERE,
    LETTER,
    OTHERS,
    REFERENCE,
    SCHEMA,
    VECTORS,
    VOCABULARY,
    conformance,
)

LISTS = ("units", "tests", "signs", "anatomy", "dates")
TABLES = ("elements", "elements_fda", "elements_ack", "elements_eu", "codelists", "rules_fda")


@conformance
def test_the_material_of_others_is_complete():
    if not IS_HERE:
        pytest.skip(
            f"conformance set left out: no material in {OTHERS}; CONFORMANCE_MATERIAL names its folder"
        )
    assert (len(ICSRS), len(ACKNOWLEDGEMENTS), len(REFERENCE)) == (7, 4, 1)
    tables = [E2B / f"{name}.csv" for name in TABLES]
    lists = [VOCABULARY / f"{name}.csv" for name in LISTS]
    assert [path for path in (SCHEMA, LETTER, VECTORS, *tables, *lists) if not path.exists()] == []
