"""Laboratory tests and examinations: their names as people write them, read as the record's keys.

This material contains content from LOINC (loinc.org). LOINC is copyright © Regenstrief Institute, Inc.
and the Logical Observation Identifiers Names and Codes (LOINC) Committee and is available at no cost
under the license at loinc.org/license. LOINC® is a registered United States trademark of Regenstrief
Institute, Inc.
"""

from vocabulary.test_names.reading import OF_ANY_TEST, TESTS, NameReading, read_test_name, test_in_unit
from vocabulary.test_names.record import NamedTest

__all__ = ["OF_ANY_TEST", "TESTS", "NameReading", "NamedTest", "read_test_name", "test_in_unit"]
