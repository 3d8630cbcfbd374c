"""Where commands print their tables."""

from typing import TextIO, cast

from django.core.management.base import OutputWrapper
from rich.console import Console


def console(stdout: OutputWrapper, width: int = 140) -> Console:
    """A console as wide as the terminal, or `width` characters where there is none."""
    return Console(file=cast("TextIO", stdout), width=None if stdout.isatty() else width)
