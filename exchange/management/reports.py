"""What became of cases on their way in or out, as tables in the terminal."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from exchange.exporting import Outcome
from exchange.importing import Result
from exchange.models import ImportState

SHOWN_FINDINGS = 12
SHOWN_NOTES = 6
# Longer tables help nobody; the numbers do, and --json.
SHOWN_MESSAGES = 500


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


def import_table(results: Sequence[Result], stdout: Any) -> None:
    """One line per message: what became of it, its case and score, reasons, differences, recognitions."""
    table = Table(title="Import", show_lines=True)
    for heading in ("file and place", "what became of it", "case and score"):
        table.add_column(heading, max_width=30, overflow="fold")
    table.add_column("reasons and remarks", ratio=1)
    for one in results:
        remarks = [*one.reasons, *one.notes[:SHOWN_NOTES]]
        if len(one.notes) > SHOWN_NOTES:
            remarks.append(f"and {len(one.notes) - SHOWN_NOTES} more: see --json")
        state = ImportState(one.state).label if one.state in ImportState.values else one.state
        place = f"{one.file}\n{one.position or ''} {one.message}".rstrip()
        table.add_row(place, state, f"{one.case}\n{one.score}".rstrip(), "\n".join(remarks))
    console = _console(stdout)
    if len(results) <= SHOWN_MESSAGES:
        console.print(table)
    counted = Counter(one.state for one in results)
    said = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in counted.most_common())
    console.print(f"{len(results)} messages: {said or 'none'}.", highlight=False)


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


def acknowledgement_table(told: Sequence[dict[str, Any]], stdout: Any) -> None:
    """One line per answered message: its case, the new state of the submission, how it was matched."""
    table = Table(title="Acknowledgements", show_lines=True)
    for heading in ("file", "batch", "message", "case", "state", "matched"):
        table.add_column(heading, max_width=30, overflow="fold")
    table.add_column("what the receiver said", ratio=1)
    for one in told:
        if "refused" in one:
            table.add_row(one["file"], "", "", "", "refused", "", one["refused"])
        for answer in one["messages"]:
            batch = f"{one['batch']} {one['outcome']}{'' if one['is_new'] else ' (known)'}"
            named = (
                one["file"],
                batch,
                answer["message"],
                answer["case"],
                answer["state"],
                answer["matched"],
            )
            table.add_row(*named, answer["text"] or one["text"])
    _console(stdout).print(table)
