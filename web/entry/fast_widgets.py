"""Write the boxes of rows without a template for each of their parts.

A case of the letter has 1,100 input boxes, and templates for a box, its attributes and each of its
options took more than half of the time of the page.
"""

from typing import Any

from django.forms import BoundField
from django.forms.renderers import DjangoTemplates
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

LABEL = "block font-semibold mb-2 text-font-important-light text-sm dark:text-font-important-dark"
REQUIRED = mark_safe('<span class="text-red-600 dark:text-red-500">*</span>')
ARROW = mark_safe(
    '<span class="material-symbols-outlined absolute pointer-events-none mr-[12px] right-0 text-base-400 '
    'top-1/2 dark:text-base-500 -translate-y-1/2" aria-hidden="true">expand_more</span>'
)


class NotedBoundField(BoundField):
    """A field at which findings can be shown: yellow, and told apart from what was refused."""

    @property
    def notes(self) -> SafeString:
        if not self._noted:
            return SafeString()
        said = format_html_join("", "<p>{}</p>", ((message,) for message in self._noted))
        return format_html('<div role="note" id="{}_note" class="finding">{}</div>', self.auto_id, said)

    @property
    def _noted(self) -> list[str]:
        noted = getattr(self.form, "notes", {}).get(self.name, [])
        # What has to be corrected first is said alone.
        return noted if noted and not self.errors else []

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        if self._noted:
            attrs["aria-describedby"] = f"{attrs.get('aria-describedby', '')} {self.auto_id}_note".strip()
        return attrs


class RowBoundField(NotedBoundField):
    """A field of a row, with all that is shown around its box."""

    @property
    def box(self) -> SafeString:
        return format_html(
            '<label for="{}" class="{}"{}>{}{}</label>{}{}{}{}',
            self.id_for_label,
            LABEL,
            getattr(self.field, "ich_title", ""),
            self.label,
            REQUIRED if self.field.required else "",
            self.as_widget(),
            format_html(
                '<div id="{}_helptext" class="leading-relaxed mt-2 text-xs">{}</div>',
                self.auto_id,
                self.help_text,
            )
            if self.help_text
            else "",
            format_html_join(
                "",
                '<div class="mt-2 text-red-600 text-xs dark:text-red-500">{}</div>',
                ((error,) for error in self.errors),
            ),
            self.notes,
        )


class QuickRenderer(DjangoTemplates):
    """Django's renderer, with the plain boxes written out here. What it doesn't know goes on to templates."""

    def render(self, template_name, context, request=None):
        write = WRITERS.get(template_name)
        return write(context["widget"]) if write else super().render(template_name, context, request)


def _input(widget: dict[str, Any]) -> SafeString:
    value = {} if widget["value"] is None else {"value": widget["value"]}
    return format_html(
        '<input type="{}" name="{}"{}>',
        widget["type"],
        widget["name"],
        flatatt({**value, **_shown(widget["attrs"])}),
    )


def _textarea(widget: dict[str, Any]) -> SafeString:
    # The first line end after the tag is not part of the text.
    attributes = flatatt(_shown(widget["attrs"]))
    return format_html(
        '<textarea name="{}"{}>\n{}</textarea>', widget["name"], attributes, widget["value"] or ""
    )


def _select(widget: dict[str, Any]) -> SafeString:
    options = "".join(_option(option) for _, group, _ in widget["optgroups"] for option in group)
    return format_html(
        '<div class="grow relative max-w-2xl"><select name="{}"{}>{}</select>{}</div>',
        widget["name"],
        flatatt(_shown(widget["attrs"])),
        mark_safe(options),  # noqa: S308 - each option is escaped below
        ARROW,
    )


def _option(option: dict[str, Any]) -> str:
    selected = " selected" if option["selected"] else ""
    value, label = conditional_escape(str(option["value"])), conditional_escape(option["label"])
    return f'<option value="{value}"{selected}>{label}</option>'


def _shown(attributes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in attributes.items() if value is not None and value is not False}


WRITERS = {
    "django/forms/widgets/hidden.html": _input,
    "django/forms/widgets/input.html": _input,
    "django/forms/widgets/number.html": _input,
    "django/forms/widgets/text.html": _input,
    "django/forms/widgets/checkbox.html": _input,
    "unfold/widgets/text.html": _input,
    "unfold/widgets/textarea.html": _textarea,
    "unfold/widgets/select.html": _select,
}
