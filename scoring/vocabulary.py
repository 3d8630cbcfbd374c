"""The tests that a record can name, and the unit in which the instruments compare their values.

The names are those of `vocabulary.test_names`, the same in every language. A unit of "" means: never compared
as a number, or only as a multiple of its own reference limit, so that value and limit only have to be in the
same unit.
"""

from typing import NamedTuple

from vocabulary.test_names import TESTS as NAMED_TESTS


class LaboratoryTest(NamedTuple):
    """The label of a test, and the UCUM unit in which instruments compare its values."""

    label: str
    unit: str = ""


COMPARISON_UNITS = {
    "eosinophils": "10*9/L",
    "eosinophils_percent": "%",
    "leukocytes": "10*9/L",
    "atypical_lymphocytes": "%",
    "urine_protein_daily": "g/d",
    "troponin_t": "ug/L",
    "body_temperature": "Cel",
}
TESTS = {key: LaboratoryTest(test.label, COMPARISON_UNITS.get(key, "")) for key, test in NAMED_TESTS.items()}
