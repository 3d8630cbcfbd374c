"""ICH element ids in a receiver's words, each a link to its field on the form of the case."""

import re

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from cases.form_addresses import field_address
from exchange.acknowledgements import elements_in

PARAGRAPH = '<span class="whitespace-pre-line">{}</span>'
LINK = '<a class="underline" href="{}{}">{}</a>'


def link_elements(text: str, case_id: int | None) -> SafeString:
    """The text, escaped, with a link for each element that has a field; line breaks stay."""
    addresses = {name: address for name in elements_in(text) if (address := field_address(name))}
    if case_id is None or not addresses:
        return format_html(PARAGRAPH, text)
    form = _form_address(case_id)
    # Longer ids first, so that D.1 isn't found in D.10.
    names = "|".join(re.escape(name) for name in sorted(addresses, key=len, reverse=True))
    parts = (
        format_html(LINK, form, addresses[part], part) if part in addresses else format_html("{}", part)
        for part in re.split(rf"({names})", text)
    )
    return format_html(PARAGRAPH, mark_safe("".join(parts)))  # noqa: S308


def element_link(element: str, place: str, case_id: int | None) -> str:
    """An element at a place ("drug 2") as a link to its field; its id alone where it has no field."""
    number = re.search(r"\d+", place)
    address = field_address(element, int(number[0]) - 1 if number else 0)
    if case_id is None or not address:
        return element
    return format_html(LINK, _form_address(case_id), address, element)


def _form_address(case_id: int) -> str:
    return reverse("admin:cases_case_change", args=[case_id])
