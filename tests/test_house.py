"""The order of the house, counted over its sources by a walk of this test's own."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from statistics import median
from typing import NamedTuple

import pytest

from tests.product import PACKAGES

ROOT = Path(__file__).resolve().parent.parent
# From the top down. What stands on one floor doesn't import each other.
FLOORS = (
    ("registry",),
    ("web", "api"),
    ("exchange", "research", "synthetic"),
    ("assessments",),
    ("cases",),
    ("jobs",),
    ("accounts",),
    ("scoring", "e2b", "embedded_postgres"),
    ("vocabulary",),
    ("values",),
)
FLOOR = {package: height for height, floor in enumerate(reversed(FLOORS)) for package in floor}
WITHOUT_DJANGO = ("values", "vocabulary", "scoring", "e2b", "embedded_postgres", "synthetic/generator")
# Words of a dialect that the code once had: names and sentences use the words of the field instead.
DIALECT = re.compile(r"\b([A-Za-z]+_)*(told|tells|tell|said|hears|hear)(_[a-z]+)*\b")
MOST_DIALECT = 39
MOST_LINES = 400


@cache
def sources() -> dict[Path, str]:
    """The product's Python, by path below the root; generated migrations left out."""
    return {
        path.relative_to(ROOT): path.read_text(encoding="utf-8")
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        if path.name != "0001_initial.py"
    }


@cache
def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(text) for path, text in sources().items()}


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and dotted name of each import, those inside functions and for types alone included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


class Crossing(NamedTuple):
    """An import from one package of the product to another."""

    importing: str
    imported: str
    name: str
    where: str


@cache
def crossings() -> list[Crossing]:
    return [
        Crossing(path.parts[0], name.partition(".")[0], name, f"{path}:{line} {name}")
        for path, tree in trees().items()
        for line, name in imports(tree)
        if name.partition(".")[0] in FLOOR and name.partition(".")[0] != path.parts[0]
    ]


def module_name(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def imports_of_modules() -> dict[str, set[str]]:
    """Which modules of the product each imports when it runs; not those it only needs for its types."""
    modules = {module_name(path) for path in trees()}

    def module_of(name: str) -> str:
        return name if name in modules else name.rpartition(".")[0]

    return {
        module_name(path): {module_of(name) for line, name in imports(tree) if line not in for_types(tree)}
        for path, tree in trees().items()
    }


@cache
def for_types(tree: ast.Module) -> set[int]:
    """The lines of a module below `if TYPE_CHECKING`."""
    blocks = [n for n in tree.body if isinstance(n, ast.If) and ast.unparse(n.test) == "TYPE_CHECKING"]
    return {line for block in blocks for line in range(block.lineno, block.end_lineno + 1)}


def circular(graph: Mapping[str, set[str]]) -> list[str]:
    """Those from which one comes back to where one was."""

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        waiting = list(graph.get(start, ()))
        while waiting:
            if (node := waiting.pop()) not in seen:
                seen.add(node)
                waiting.extend(graph.get(node, ()))
        return seen

    return [node for node in graph if node in reached(node)]


def functions() -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for tree in trees().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node


def test_every_package_stands_on_a_floor():
    assert set(FLOOR) == set(PACKAGES)


def test_no_import_points_up_or_along_a_floor():
    assert [c.where for c in crossings() if FLOOR[c.importing] <= FLOOR[c.imported]] == []


def test_there_is_no_circle_between_packages():
    graph = defaultdict(set)
    for crossing in crossings():
        graph[crossing.importing].add(crossing.imported)
    assert circular(graph) == []


def test_there_is_no_circle_between_modules():
    assert circular(imports_of_modules()) == []


def test_no_package_reads_what_another_keeps_to_itself():
    private = [crossing.where for crossing in crossings() if re.search(r"(^|\.)_[a-z]", crossing.name)]
    assert private == []


@pytest.mark.parametrize("folder", WITHOUT_DJANGO)
def test_pure_packages_know_nothing_of_django(folder):
    of_django = [
        f"{path}:{line} {name}"
        for path, tree in trees().items()
        if path.is_relative_to(folder)
        for line, name in imports(tree)
        if name.partition(".")[0] in {"django", "rest_framework"}
    ]
    assert of_django == []


def test_files_can_be_read_in_one_sitting():
    lines = {str(path): text.count("\n") for path, text in sources().items()}
    assert {path: count for path, count in lines.items() if count > MOST_LINES} == {}
    assert median(lines.values()) <= 88


def test_functions_are_short():
    assert median(node.end_lineno - node.lineno + 1 for node in functions()) <= 6


def test_no_module_is_named_after_nothing():
    assert [path for path in sources() if path.name in {"utils.py", "helpers.py", "misc.py"}] == []


def test_every_module_has_a_docstring():
    without = [str(path) for path, tree in trees().items() if tree.body and ast.get_docstring(tree) is None]
    assert without == []


def test_words_are_those_of_the_field():
    matches = {str(path): len(DIALECT.findall(text)) for path, text in sources().items()}
    assert sum(matches.values()) <= MOST_DIALECT, {path: count for path, count in matches.items() if count}
