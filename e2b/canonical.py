"""One form for each value, so that messages that mean the same are equal.

An HL7 TS that is a date becomes a `PartialDate`; a code with the system and version of the tables, and
a number in the unit of the tables, becomes plain text.
"""

from functools import lru_cache

from e2b.codelists import CodeList, code_list
from e2b.datatypes import VALUE_TYPES, Code, Quantity, Value
from e2b.elements.model import Element
from e2b.errors import MessageError
from values.dates import PartialDate


def canonical(element: Element, value: Value) -> Value:
    """The value in the form in which reading gives it.

    Raises MessageError where the value is of no type that elements have, or empty.
    """
    if isinstance(value, str):
        if not value or value.isspace():
            raise MessageError(f"{element.id} is empty: leave it out, or give a nullFlavor.")
        return date_of(value) if element.type == "date" else value
    if isinstance(value, PartialDate):
        return value
    if not isinstance(value, VALUE_TYPES):
        raise MessageError(f"{element.id} cannot hold a {type(value).__name__}: {value!r}.")
    if isinstance(value, Code):
        return plain_code(value, code_list(element.codes))
    if isinstance(value, Quantity) and value.unit == element.codes:
        return value.value
    return value


def plain_code(code: Code, codes: CodeList) -> Code | str:
    """The bare code where system and version are those of its list."""
    system = None if codes.system and code.system == codes.system else code.system
    version = None if codes.version and code.version == codes.version else code.version
    display = code.display if codes.open else ""
    if system is None and version is None and not display:
        return code.code
    return Code(code.code, system, version, display)


@lru_cache(maxsize=16384)
def date_of(text: str) -> PartialDate | str:
    """The date of an HL7 TS; the text itself where it is no date or would be written differently.

    Cached: checking a date costs much more than a look-up, and dates repeat.
    """
    try:
        date = PartialDate.parse_hl7(text)
    except ValueError:
        return text
    # An offset may have two digits (IG, appendix II B); it is the same time with four.
    return date if date.hl7 in (text, f"{text}00") else text
