"""A rule, and the language in which its two sides are written.

    C.1.3=2 & FDA.C.5.5a          both
    F.r.2.1,F.r.2.2b              one of them is given
    !D.7.1.r                      not given (elements and blocks)
    !D.2.3=0                      the contrary
    C.1.7=false|(NI)              one of these values; a nullFlavor stands in brackets
    C.3.1!=7                      given, and not this
    C.1.4==C.1.5                  the same as another element
    G.k.3.1~IND                   contains
    one C.2.r.5=1                 in exactly one block
    first G.k.1=1|3|4             in the first block
    C.1.6.1.r.2 uncompressed      a document that is plain base64
    G.k.4.r.10.2b of 0.4.0        a code of that system
    C.1.1 country                 its country is one of ISO 3166-1, or EU
    C.1.1 within C.2.r.3          its country is that one; EU is within all
    C.1.6.1.r.2 typed             a document with its media type
    C.1.1 identifier              country, organisation and number, joined by hyphens
    D.6 value                     a value, no nullFlavor
    E.i.4<=E.i.5                  not surely later, or more, than another; partial dates have several readings
    D.3<=650                      the same of a number
    D.2.2a,D.2.2b upto 130 a      a number with its unit; units of another kind pass
    D.2.2a,D.2.2b since D.2.1 at E.i.4   the age of somebody born then, at one of those times

A name is looked up from the block to which the rule is applied: in the block itself and the ones
around it, else in all blocks below. "Given" counts a nullFlavor, too.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol

from e2b.codelists import code_list
from e2b.datatypes import Attachment, Code, Null, Value, text_of
from e2b.rules import comparisons
from e2b.violations import Severity

_NAME: Final = re.compile(r"[A-Za-z0-9.]+")
_TERM: Final = re.compile(
    r"(?P<scope>one |first )?(?P<names>[A-Za-z0-9.,]+)"
    r"(?P<sign>==|!=|<=|>=|=|~| of | upto | since | within | )(?P<values>.+)"
)


class RuleContext(Protocol):
    """The block to which a rule is applied, with the values in its reach."""

    def values(self, name: str) -> list[Value]:
        """The values of an element, of all blocks in reach; in the order of the message."""

    def is_given(self, name: str) -> bool:
        """Whether there is a value of that element, or a block of that kind, in reach."""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """When `when` holds, `then` must hold, in each block `at` (the block of the element if empty).

    A rule without `then` needs information that a message does not have (the register of a health
    authority); it is in the table so that its id can be looked up.
    """

    id: str
    element: str
    when: str
    then: str
    sentence: str
    remedy: str = ""
    severity: Severity = Severity.ERROR
    at: str = ""

    @property
    def checked(self) -> bool:
        """Whether the rule can be checked on a message alone."""
        return bool(self.then)

    @property
    def names(self) -> frozenset[str]:
        """The ids of the elements and blocks that the rule reads."""
        return frozenset(_NAME.findall(f"{self.when} {self.then}"))

    @property
    def needs(self) -> tuple[frozenset[str], ...]:
        """Sets of ids: `when` holds nowhere in a message that lacks all elements and blocks of one set."""
        return tuple(_needs(self.when))

    def is_broken(self, context: RuleContext) -> bool:
        """Whether the rule is broken in the block of the context."""
        return holds(self.when, context) and not holds(self.then, context)


def holds(expression: str, context: RuleContext) -> bool:
    """Whether an expression of the language above is true; an empty expression is."""
    for term in _terms(expression):  # noqa: SIM110 - a generator takes as long as most terms do
        if not term(context):
            return False
    return True


@lru_cache(maxsize=1024)
def _terms(expression: str) -> tuple[Callable[[RuleContext], bool], ...]:
    return tuple(map(_term, _split(expression)))


def _split(expression: str) -> list[str]:
    return [text.strip() for text in expression.split("&") if text.strip()]


def _needs(expression: str) -> Iterator[frozenset[str]]:
    for text in _split(expression):
        match = _TERM.fullmatch(text)
        # Two elements that are both absent are the same.
        if not text.startswith("!") and not (match and match["sign"] == "=="):
            yield frozenset((match["names"] if match else text).split(","))


def _term(text: str) -> Callable[[RuleContext], bool]:
    if text.startswith("!"):
        contrary = _term(text[1:])
        return lambda context: not contrary(context)
    match = _TERM.fullmatch(text)
    if not match:
        return _given(text)
    if match["sign"] == "==":
        return lambda context: _texts(match["names"], context) == _texts(match["values"], context)
    if match["sign"] in _COMPARISONS:
        compare, names, values = _COMPARISONS[match["sign"]], match["names"].split(","), match["values"]
        return lambda context: compare(context.values, names, values)
    test = _value_test(match["sign"], frozenset(match["values"].split("|")))
    return lambda context: _count(match["scope"] or "", match["names"], test, context)


def _count(scope: str, name: str, test: Callable[[Value], bool], context: RuleContext) -> bool:
    values = context.values(name)
    matches = sum(map(test, values[:1] if scope == "first " else values))
    return matches == 1 if scope == "one " else matches > 0


def _value_test(sign: str, expected: frozenset[str]) -> Callable[[Value], bool]:
    if sign == "=":
        return lambda value: _comparable_text(value) in expected
    if sign == "!=":
        return lambda value: _comparable_text(value) not in expected
    if sign == "~":
        return lambda value: any(part in text_of(value) for part in expected)
    if sign == " of ":
        return lambda value: not isinstance(value, Code) or value.system in {None, *expected}
    kinds = [_KINDS[name] for name in expected]
    return lambda value: any(kind(value) for kind in kinds)


def is_within_country(number: str, countries: Iterable[str]) -> bool:
    """Whether a case number of the usual form begins with one of these countries, or has another form."""
    country = number.partition("-")[0]
    return not _is_identifier(number) or country in (_EUROPEAN_UNION, *countries)


def _is_within(values: comparisons.Values, names: Sequence[str], country: str) -> bool:
    return all(is_within_country(text_of(value), map(text_of, values(country))) for value in values(names[0]))


_COMPARISONS: Final = {
    "<=": comparisons.in_order,
    ">=": lambda values, names, least: comparisons.in_order(values, [least], names[0]),
    " upto ": comparisons.within_limits,
    " since ": comparisons.is_age,
    " within ": _is_within,
}


def _is_uncompressed(value: Value) -> bool:
    return isinstance(value, Attachment) and value.representation == "B64" and not value.compression


def _is_identifier(value: Value) -> bool:
    return re.fullmatch(r"[A-Z]{2}-[^-\s]+-\S.*", text_of(value), re.DOTALL) is not None


def has_country(value: Value) -> bool:
    """Whether a case number of the usual form begins with a country, or has another form."""
    country = text_of(value).partition("-")[0]
    return not _is_identifier(value) or country == _EUROPEAN_UNION or code_list("country").contains(country)


def _has_media_type(value: Value) -> bool:
    return not isinstance(value, Attachment) or bool(value.media_type.strip())


_EUROPEAN_UNION: Final = "EU"
_KINDS: Final[dict[str, Callable[[Value], bool]]] = {
    "uncompressed": _is_uncompressed,
    "identifier": _is_identifier,
    "country": has_country,
    "typed": _has_media_type,
    "value": lambda value: not isinstance(value, Null) and bool(text_of(value)),
}


def _given(text: str) -> Callable[[RuleContext], bool]:
    first, *others = text.split(",")
    if not others:
        return lambda context: context.is_given(first)
    return lambda context: context.is_given(first) or any(map(context.is_given, others))


def _texts(name: str, context: RuleContext) -> list[str]:
    return [_comparable_text(value) for value in context.values(name)]


def _comparable_text(value: Value) -> str:
    return str(value) if isinstance(value, Null) else text_of(value)
