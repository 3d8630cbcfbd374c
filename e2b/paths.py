"""Parses the paths of the element tables into the steps of which the reading and writing plans consist.

The language is described in `e2b.structure`. Paths are read once, when a plan is compiled.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from e2b.structure import ICH_LIST, ICH_ROOT, NAMED_PATHS, PHPID_SYSTEMS, SYSTEMS

_STEP = re.compile(r"(?P<tag>\w+)(?P<required>!?)(?::(?P<type>\w+))?(?:#(?P<label>\w+))?(?P<marks>[\[({].*)?")
_MARK = re.compile(r"\[([^\]]*)\]|\{([^}]*)\}|\(([^)]*)\)")
_OUTSIDE_BRACKETS = re.compile(r"/(?![^\[({]*[\])}])")
_PATH_NAME = re.compile(r"(?:^|(?<=/))[A-Z][A-Z_]+(?=[/\[({@]|$)")


@dataclass(frozen=True, slots=True)
class Mark:
    """Attributes by which a node is recognised: on itself, or on the descendant that `path` leads to.

    Each attribute has one or more accepted values, of which the first is written. `tested`: reading
    compares them; `written`: writing adds them.
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
        """The marks that reading compares."""
        return tuple(mark for mark in self.marks if mark.tested)


@dataclass(frozen=True, slots=True)
class Path:
    """The steps to a node, and the attribute that is meant; "" means its text."""

    steps: tuple[Step, ...]
    attribute: str = ""

    def __add__(self, other: "Path") -> "Path":
        return Path(self.steps + other.steps, other.attribute)


def parse(text: str, names: dict[str, str] | None = None) -> Path:
    """The steps of a path of the tables; `names` adds to `structure.NAMED_PATHS`. Raises ValueError."""
    text = _expand(text, NAMED_PATHS | (names or {}))
    nodes, _, attribute = _split_attribute(text)
    return Path(tuple(_step(node) for node in _OUTSIDE_BRACKETS.split(nodes) if node), attribute)


def _expand(text: str, names: dict[str, str]) -> str:
    expanded = _PATH_NAME.sub(lambda match: names.get(match[0], match[0]), text)
    return text if expanded == text else _expand(expanded, names)


def _split_attribute(text: str) -> tuple[str, str, str]:
    match = re.search(r"@(\w+)$", text)
    return (text[: match.start()], "@", match[1]) if match else (text, "", "")


def _step(text: str) -> Step:
    match = _STEP.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is no step of a path.")
    marks: list[Mark] = []
    position, prefix = 0, ""
    for both, written, tested in _MARK.findall(match["marks"] or ""):
        inside = both or written or tested
        if inside.isdigit():
            position = int(inside)
        elif inside.endswith(":"):
            prefix = inside
        else:
            marks += _marks(inside, tested=not written, written=not tested)
    return Step(
        match["tag"], match["type"] or "", bool(match["required"]), match["label"] or "",
        tuple(marks), position, prefix,
    )  # fmt: skip


def _marks(text: str, *, tested: bool, written: bool) -> Iterator[Mark]:
    for path, attributes in _attributes(text):
        yield Mark(path, attributes, tested, written)


def _attributes(text: str) -> Iterator[tuple[tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]]]:
    target, equals, value_text = text.rpartition("=") if "&" not in text else text.partition("=")
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
    elif target == "root":
        yield (), (("root", (_root(value_text),)),)
    elif "." in target:
        path, _, first = target.rpartition(".")
        pairs = (pair.split("=") for pair in f"{first}={value_text}".split("&"))
        yield tuple(path.split("/")), tuple((name, (_root(value),)) for name, value in pairs)
    else:
        yield tuple(target.split("/")), _code(value_text)


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
