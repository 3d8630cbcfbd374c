"""The command line: roundtrip, validate, show, diff, coverage."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

from e2b.acknowledgement import ROOT as ACK_ROOT
from e2b.acknowledgement import read_acknowledgement
from e2b.coverage import coverage
from e2b.diff import Difference, diff, diff_batch
from e2b.errors import E2BError
from e2b.message import Batch, Message
from e2b.outline import outline, outline_block
from e2b.profiles import Profile, profile
from e2b.reading import read_stream
from e2b.reading.batch import read_header
from e2b.reading.parse import root_of
from e2b.roundtrip import round_trip
from e2b.validation import load_schema, validate, validate_envelope, validate_schema
from e2b.violations import Finding, Severity


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. 0: all is well, 1: something differs or is invalid, 2: cannot be read."""
    asked = _parser().parse_args(arguments)
    try:
        return int(asked.run(asked))
    except E2BError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m e2b", description="ICH E2B(R3) messages")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    one = commands.add_parser("roundtrip", help="read, write and read again; show what survived")
    one.add_argument("files", nargs="+", type=Path, metavar="FILE")
    one.add_argument("--out", type=Path, metavar="DIR", help="keep the written files here")
    one.add_argument("--profile", type=profile, default="ICH", help="ICH, FDA or EMA")
    one.set_defaults(run=_roundtrip)
    one = commands.add_parser("validate", help="print every violation")
    one.add_argument("files", nargs="+", type=Path, metavar="FILE")
    one.add_argument("--profile", type=profile, default="ICH", help="ICH, FDA or EMA")
    one.add_argument("--schema", metavar="DIR", help="the schema set of ICH (or set E2B_SCHEMA_DIR)")
    one.add_argument("--json", action="store_true", help="one JSON object per line")
    one.set_defaults(run=_validate)
    one = commands.add_parser("show", help="print an outline of a case or acknowledgement file")
    one.add_argument("file", type=Path, metavar="FILE")
    one.set_defaults(run=_show)
    one = commands.add_parser("diff", help="compare two files element by element")
    one.add_argument("left", type=Path, metavar="A")
    one.add_argument("right", type=Path, metavar="B")
    one.set_defaults(run=_diff)
    one = commands.add_parser("coverage", help="print the table of elements and what files exercise")
    one.add_argument("folders", nargs="*", type=Path, metavar="DIR")
    one.set_defaults(run=_coverage)
    return parser


def _each(files: list[Path], run: Any) -> int:
    """Runs over all files, also after one that cannot be read; the worst result counts."""
    worst = 0
    for file in files:
        try:
            worst = max(worst, run(file))
        except E2BError as error:
            print(f"{file}: error: {error}", file=sys.stderr)
            worst = 2
    return worst


def _roundtrip(asked: argparse.Namespace) -> int:
    if asked.out:
        asked.out.mkdir(parents=True, exist_ok=True)

    def run(file: Path) -> int:
        result = round_trip(file, asked.out / file.name if asked.out else None, mode=asked.profile.mode)
        print(result)
        for difference in result.differences:
            print(f"    {difference}")
        return 0 if result.survived else 1

    return _each(asked.files, run)


def _validate(asked: argparse.Namespace) -> int:
    def run(file: Path) -> int:
        worst = 0
        for number, finding in _findings(file, asked.profile, asked.schema):
            worst = max(worst, finding.severity is Severity.ERROR)
            if asked.json:
                print(json.dumps({"file": str(file), "message": number, **finding.as_dict()}))
            else:
                print(f"{file}: {f'message {number}: ' if number else ''}{finding}")
        if not worst and not asked.json:
            print(f"{file}: no errors")
        return worst

    return _each(asked.files, run)


def _findings(file: Path, receiver: Profile, folder: str | None) -> Iterator[tuple[int, Finding]]:
    """The findings of a file, each with the number of its message; 0 is the envelope."""
    schema = load_schema(folder)
    if schema is not None:
        yield from ((0, finding) for finding in validate_schema(file, schema))
    header = read_header(file)
    stream = read_stream(file)
    for number, message in enumerate(stream, 1):
        yield from ((number, finding) for finding in validate(message, receiver, header=header))
    envelope = validate_envelope(Batch(header, findings=stream.findings))
    yield from ((0, finding) for finding in envelope)


def _show(asked: argparse.Namespace) -> int:
    if root_of(asked.file) == ACK_ROOT:
        print("\n".join(outline_block(read_acknowledgement(asked.file).batch)))
        return 0
    stream = read_stream(asked.file)
    for number, message in enumerate(stream, 1):
        print(f"--- message {number}")
        print("\n".join(outline(message)))
        for finding in message.findings:
            print(f"!   {finding}")
    print("--- batch")
    print("\n".join(outline_block(stream.header, "    ")))
    return 0


def _diff(asked: argparse.Namespace) -> int:
    found = 0
    for difference in _differences(asked.left, asked.right):
        print(difference)
        found = 1
    return found


def _differences(left: Path, right: Path) -> Iterator[Difference]:
    one, other = read_stream(left), read_stream(right)
    for number, (a, b) in enumerate(zip_longest(one, other), 1):
        if a != b:
            yield from diff(a or Message(), b or Message(), f"message {number}")
    yield from diff_batch(Batch(one.header), Batch(other.header))


def _coverage(asked: argparse.Namespace) -> int:
    files = (file for folder in asked.folders for file in sorted(folder.glob("*.xml")))
    print("\n".join(coverage(files)))
    return 0
