"""Reads the paths of the element tables into steps that the walkers' plans are made of.

The language is described in `e2b.structure`. Paths are read once, when a plan is compiled.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from e2b.structure import ICH_LIST, ICH_ROOT, PHPID_SYSTEMS, PLACES, SYSTEMS

_STEP = re.compile(r"(?P<tag>\w+)(?P<required>!?)(?::(?P<type>\w+))?(?:#(?P<label>\w+))?(?P<marks>[\[({].*)?")
_MARK = re.compile(r"\[([^\]]*)\]|\{([^}]*)\}|\(([^)]*)\)")
_OUTSIDE_BRACKETS = re.compile(r"/(?![^\[({]*[\])}])")
_PLACE = re.compile(r"(?:^|(?<=/))[A-Z][A-Z_]+(?=[/\[({@]|$)")


@dataclass(frozen=True, slots=True)
class Mark:
    """Attributes by which a node is known: on itself, or on the descendant that `path` leads to.

    Each attribute has one or more accepted values; the first is written.
    """

    path: tuple[str, ...]
    attributes: tuple[tuple[str, tuple[str, ...]], ...]
    tested: bool
    written: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One node of a path."""

    tag: str
    type: str = ""
    required: bool = False
    label: str = ""
    marks: tuple[Mark, ...] = ()
    position: int = 0
    prefix: str = ""

    @property
    def tested(self) -> tuple[Mark, ...]:
        return tuple(mark for mark in self.marks if mark.tested)


@dataclass(frozen=True, slots=True)
class Path:
    """The steps to a node, and the attribute that is meant; "" means its text."""

    steps: tuple[Step, ...]
    attribute: str = ""

    def __add__(self, other: "Path") -> "Path":
        return Path(self.steps + other.steps, other.attribute)


def parse(text: str, places: dict[str, str] | None = None) -> Path:
    """The steps that a path of the tables stands for; `places` adds names to `structure.PLACES`."""
    text = _expand(text, PLACES | (places or {}))
    nodes, _, attribute = _split_attribute(text)
    return Path(tuple(_step(node) for node in _OUTSIDE_BRACKETS.split(nodes) if node), attribute)


def _expand(text: str, places: dict[str, str]) -> str:
    expanded = _PLACE.sub(lambda found: places.get(found[0], found[0]), text)
    return text if expanded == text else _expand(expanded, places)


def _split_attribute(text: str) -> tuple[str, str, str]:
    found = re.search(r"@(\w+)$", text)
    return (text[: found.start()], "@", found[1]) if found else (text, "", "")


def _step(text: str) -> Step:
    found = _STEP.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no step of a path.")
    marks: list[Mark] = []
    position, prefix = 0, ""
    for both, written, tested in _MARK.findall(found["marks"] or ""):
        inside = both or written or tested
        if inside.isdigit():
            position = int(inside)
        elif inside.endswith(":"):
            prefix = inside
        else:
            marks += _marks(inside, tested=not written, written=not tested)
    return Step(
        found["tag"], found["type"] or "", bool(found["required"]), found["label"] or "",
        tuple(marks), position, prefix,
    )  # fmt: skip


def _marks(text: str, *, tested: bool, written: bool) -> Iterator[Mark]:
    for path, attributes in _attributes(text):
        yield Mark(path, attributes, tested, written)


def _attributes(text: str) -> Iterator[tuple[tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]]]:
    where, equals, what = text.rpartition("=") if "&" not in text else text.partition("=")
    if text == "NA":
        yield ("code",), (("nullFlavor", ("NA",)),)
    elif text == "PhPID":
        yield (), (("codeSystem", PHPID_SYSTEMS),)
    elif re.fullmatch(r"r\d+", text):
        yield (), (("root", (_root(text),)),)
    elif not equals and "@" not in text:
        yield (), (("typeCode", (text,)),)
    elif not equals:
        yield ("code",), _code(text)
    elif where == "root":
        yield (), (("root", (_root(what),)),)
    elif "." in where:
        path, _, first = where.rpartition(".")
        pairs = (pair.split("=") for pair in f"{first}={what}".split("&"))
        yield tuple(path.split("/")), tuple((name, (_root(value),)) for name, value in pairs)
    else:
        yield tuple(where.split("/")), _code(what)


def _code(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    code, at, systems = text.partition("@")
    attributes: list[tuple[str, tuple[str, ...]]] = [("code", (code,))] if code else []
    if at:
        attributes.append(("codeSystem", tuple(_system(name) for name in systems.split("|"))))
    return tuple(attributes)


def _system(name: str) -> str:
    return ICH_LIST + name if name.isdigit() else SYSTEMS[name]


def _root(name: str) -> str:
    return ICH_ROOT + name[1:] if re.fullmatch(r"r\d+", name) else SYSTEMS.get(name, name)
