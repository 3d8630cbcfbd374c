"""Write the boxes of rows without a template for each of their parts.

A case of the letter has 1,100 input boxes, and templates for a box, its attributes and each of its
options took more than half of the time of the page.
"""

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

ARROW = mark_safe(
    '<span class="material-symbols-outlined absolute pointer-events-none mr-[12px] right-0 text-base-400 '
    'top-1/2 dark:text-base-500 -translate-y-1/2" aria-hidden="true">expand_more</span>'
)


class FastRenderer(DjangoTemplates):
    """Django's renderer, with the plain boxes written out here. Other widgets go on to their templates."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> SafeString:
        write = WRITERS.get(template_name)
        if write is None:
            return mark_safe(super().render(template_name, context, request))  # noqa: S308 - a template
        return write(context["widget"])


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
    options = "".join(_group(label, group) for label, group, _ in widget["optgroups"])
    return format_html(
        '<div class="grow relative max-w-2xl"><select name="{}"{}>{}</select>{}</div>',
        widget["name"],
        flatatt(_shown(widget["attrs"])),
        mark_safe(options),  # noqa: S308 - each option is escaped below
        ARROW,
    )


def _group(label: str | None, options: list[dict[str, Any]]) -> str:
    """Options under the label of their group, if they have one."""
    written = "".join(map(_option, options))
    return f'<optgroup label="{conditional_escape(label)}">{written}</optgroup>' if label else written


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
