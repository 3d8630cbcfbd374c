"""Pieces of page that only the case form uses, kept beside it."""

from functools import cached_property
from pathlib import Path

from django.template import Context, Template, engines


class Markup:
    """A template file of this folder, for places where the admin takes a template itself."""

    def __init__(self, name: str) -> None:
        self.path = Path(__file__).parent / name

    @cached_property
    def template(self) -> Template:
        # Indentation helps who reads the file; sent with every field it would be a quarter of the page.
        lines = (line.strip() for line in self.path.read_text(encoding="utf-8").splitlines())
        return engines["django"].from_string("\n".join(filter(None, lines))).template

    def render(self, context: Context) -> str:
        return self.template.render(context)
