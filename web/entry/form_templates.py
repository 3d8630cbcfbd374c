"""Templates of the case form that the admin takes as objects, not by name."""

from functools import cached_property

from django.conf import settings
from django.template import Context, Engine, Template

FOLDER = settings.BASE_DIR / "templates" / "web" / "entry"


class FormTemplate:
    """A template of the case form, by its file name in `templates/web/entry`."""

    def __init__(self, name: str) -> None:
        self.path = FOLDER / name

    @cached_property
    def template(self) -> Template:
        # Indentation helps who reads the file; sent with every field it would be a quarter of the page.
        lines = (line.strip() for line in self.path.read_text(encoding="utf-8").splitlines())
        return Engine.get_default().from_string("\n".join(filter(None, lines)))

    def render(self, context: Context) -> str:
        return self.template.render(context)
