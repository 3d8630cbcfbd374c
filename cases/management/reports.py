"""What became of cases on their way in or out, as tables in the terminal."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from cases.services.exporting import Outcome

SHOWN_FINDINGS = 12


def export_table(outcomes: Sequence[Outcome], paths: Iterable[Path], stdout: Any) -> None:
    """One line per case: state, identifier, and for those refused each reason with place and remedy."""
    table = Table(title="Export", show_lines=True)
    for heading in ("case", "state", "message", "reasons and remarks"):
        table.add_column(heading)
    for one in outcomes:
        table.add_row(one.case, one.state, one.identifier, "\n".join(_reasons(one)))
    console = _console(stdout)
    console.print(table)
    left = sum(not one.is_refused for one in outcomes)
    console.print(f"{left} of {len(outcomes)} cases written.", highlight=False)
    for path in paths:
        stdout.write(str(path))


def _reasons(one: Outcome) -> list[str]:
    said = [str(finding) for finding in one.errors]
    told = said[:SHOWN_FINDINGS]
    if len(said) > SHOWN_FINDINGS:
        told.append(f"and {len(said) - SHOWN_FINDINGS} more: see --json")
    if one.declared:
        told.append(f"declared by the sender: {', '.join(one.declared)}")
    if one.left_out:
        told.append(f"{len(one.left_out)} statements without an element of their own: see --json")
    return told


def _console(stdout: Any) -> Console:
    return Console(file=stdout, width=None if stdout.isatty() else 140)
