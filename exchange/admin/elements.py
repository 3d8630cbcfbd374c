"""ICH's element ids in a receiver's words, each a link to its field on the form of the case."""

import re

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from cases.form_addresses import field_address
from exchange.acknowledgements import elements_named


def linked(text: str, case_id: int | None) -> SafeString:
    """The text, escaped, with a link for each element that has a field; line breaks kept."""
    known = {name: address for name in elements_named(text) if (address := field_address(name))}
    if case_id is None or not known:
        return format_html('<span class="whitespace-pre-line">{}</span>', text)
    form = reverse("admin:cases_case_change", args=[case_id])
    # Longer ids first, so that D.1 isn't found in D.10.
    names = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    parts = re.split(rf"({names})", text)
    said = (
        format_html('<a class="underline" href="{}{}">{}</a>', form, known[part], part)
        if part in known
        else format_html("{}", part)
        for part in parts
    )
    return format_html('<span class="whitespace-pre-line">{}</span>', mark_safe("".join(said)))  # noqa: S308


def link_to(element: str, place: str, case_id: int | None) -> str:
    """An element that is wrong at a place ("drug 2"): a link to its field; its id alone where it has none."""
    number = re.search(r"\d+", place)
    address = field_address(element, int(number[0]) - 1 if number else 0)
    if case_id is None or not address:
        return element
    form = reverse("admin:cases_case_change", args=[case_id])
    return format_html('<a class="underline" href="{}{}">{}</a>', form, address, element)
