"""The command line: roundtrip, validate, show, convert, diff, coverage."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import zip_longest
from pathlib import Path
from typing import Any

from e2b.acknowledgement import ROOT as ACK_ROOT
from e2b.acknowledgement import read_acknowledgement
from e2b.coverage import coverage
from e2b.diff import Difference, diff, diff_batch
from e2b.errors import E2BError, MessageError
from e2b.message import Batch, Message
from e2b.opening import read, read_header, read_stream
from e2b.outline import outline, outline_block
from e2b.profiles import Profile, profile
from e2b.r2 import Conversion, conversions
from e2b.reading.other_files import R2_ACKNOWLEDGEMENT_ROOT
from e2b.reading.parse import root_of
from e2b.reading.source import r2_root_of
from e2b.roundtrip import round_trip
from e2b.validation import load_schema, validate, validate_envelope, validate_schema
from e2b.violations import Severity, Violation
from e2b.writing import write


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. 0: all is well, 1: something differs or is invalid, 2: cannot be read."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except E2BError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m e2b", description="ICH E2B(R3) messages")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser("roundtrip", help="read, write and read again; show what survived")
    command.add_argument("files", nargs="+", type=Path, metavar="FILE")
    command.add_argument("--out", type=Path, metavar="DIR", help="keep the written files here")
    command.add_argument("--profile", type=profile, default="ICH", help="ICH, FDA or EMA")
    command.set_defaults(run=_roundtrip)
    command = commands.add_parser("validate", help="print every violation")
    command.add_argument("files", nargs="+", type=Path, metavar="FILE")
    command.add_argument("--profile", type=profile, default="ICH", help="ICH, FDA or EMA")
    command.add_argument("--schema", metavar="DIR", help="the schema set of ICH (or set E2B_SCHEMA_DIR)")
    command.add_argument("--json", action="store_true", help="one JSON object per line")
    command.set_defaults(run=_validate)
    command = commands.add_parser("show", help="print an outline of a case or acknowledgement file")
    command.add_argument("file", type=Path, metavar="FILE")
    command.set_defaults(run=_show)
    command = commands.add_parser("convert", help="write E2B(R2) files as E2B(R3); list what changed")
    command.add_argument("files", nargs="+", type=Path, metavar="FILE")
    command.add_argument("--out", type=Path, metavar="DIR", help="write the converted files here")
    command.add_argument("--json", action="store_true", help="one JSON object per line")
    command.set_defaults(run=_convert)
    command = commands.add_parser("diff", help="compare two files element by element")
    command.add_argument("left", type=Path, metavar="A")
    command.add_argument("right", type=Path, metavar="B")
    command.set_defaults(run=_diff)
    command = commands.add_parser("coverage", help="print the table of elements and what files exercise")
    command.add_argument("folders", nargs="*", type=Path, metavar="DIR")
    command.set_defaults(run=_coverage)
    return parser


def _for_each(files: list[Path], run: Any) -> int:
    """Runs over all files, also after one that cannot be read; the worst result counts."""
    worst = 0
    for file in files:
        try:
            worst = max(worst, run(file))
        except E2BError as error:
            print(f"{file}: error: {error}", file=sys.stderr)
            worst = 2
    return worst


def _roundtrip(options: argparse.Namespace) -> int:
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)

    def run(file: Path) -> int:
        result = round_trip(file, options.out / file.name if options.out else None, mode=options.profile.mode)
        print(result)
        for difference in result.differences:
            print(f"    {difference}")
        return 0 if result.survived else 1

    return _for_each(options.files, run)


def _validate(options: argparse.Namespace) -> int:
    def run(file: Path) -> int:
        worst = 0
        for number, violation in _violations(file, options.profile, options.schema):
            worst = max(worst, violation.severity is Severity.ERROR)
            if options.json:
                print(json.dumps({"file": str(file), "message": number, **violation.as_dict()}))
            else:
                print(f"{file}: {f'message {number}: ' if number else ''}{violation}")
        if not worst and not options.json:
            print(f"{file}: no errors")
        return worst

    return _for_each(options.files, run)


def _violations(file: Path, receiver: Profile, folder: str | None) -> Iterator[tuple[int, Violation]]:
    """The violations of a file, each with the number of its message; 0 is the envelope."""
    schema = load_schema(folder)
    if schema is not None:
        as_r3 = write(read(file)) if r2_root_of(file) else file
        yield from ((0, violation) for violation in validate_schema(as_r3, schema))
    header = read_header(file)
    stream = read_stream(file)
    for number, message in enumerate(stream, 1):
        yield from ((number, violation) for violation in validate(message, receiver, header=header))
    envelope = validate_envelope(Batch(header, violations=stream.violations))
    yield from ((0, violation) for violation in envelope)


def _show(options: argparse.Namespace) -> int:
    if (r2_root_of(options.file) or root_of(options.file)) in (ACK_ROOT, R2_ACKNOWLEDGEMENT_ROOT):
        print("\n".join(outline_block(read_acknowledgement(options.file).batch)))
        return 0
    stream = read_stream(options.file)
    for number, message in enumerate(stream, 1):
        print(f"--- message {number}")
        print("\n".join(outline(message)))
        for violation in message.violations:
            print(f"!   {violation}")
    print("--- batch")
    print("\n".join(outline_block(stream.header, "    ")))
    return 0


def _convert(options: argparse.Namespace) -> int:
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)

    def run(file: Path) -> int:
        converted = list(conversions(file))
        for number, conversion in enumerate(converted, 1):
            for remark in conversion.remarks:
                if options.json:
                    print(json.dumps({"file": str(file), "message": number, **asdict(remark)}))
                else:
                    why = f": {remark.reason}" if remark.reason else ""
                    print(f"{file}: message {number}: {remark.outcome}: {remark}{why}")
        if options.out:
            _write_converted(file, options.out / file.name, converted)
        return 0

    return _for_each(options.files, run)


def _write_converted(file: Path, out: Path, converted: list[Conversion]) -> None:
    if out.exists() and out.samefile(file):
        raise MessageError(f"{out} would be written over itself; choose another folder.")
    messages = tuple(conversion.message for conversion in converted)
    out.write_bytes(write(Batch(read_header(file), messages)))


def _diff(options: argparse.Namespace) -> int:
    exit_code = 0
    for difference in _differences(options.left, options.right):
        print(difference)
        exit_code = 1
    return exit_code


def _differences(left: Path, right: Path) -> Iterator[Difference]:
    left_stream, right_stream = read_stream(left), read_stream(right)
    for number, (left_message, right_message) in enumerate(zip_longest(left_stream, right_stream), 1):
        if left_message != right_message:
            yield from diff(left_message or Message(), right_message or Message(), f"message {number}")
    yield from diff_batch(Batch(left_stream.header), Batch(right_stream.header))


def _coverage(options: argparse.Namespace) -> int:
    files = (file for folder in options.folders for file in sorted(folder.glob("*.xml")))
    print("\n".join(coverage(files)))
    return 0
