"""The short lists that boxes of the form offer. A page holds each once, shared by all its boxes.

What is typed freely stays allowed: units of a laboratory and names of old countries are no errors.
"""

import json
from functools import cache

import pycountry
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from cases.preserved_words import NULL_FLAVORS
from e2b.codelists import CODE_LISTS
from e2b.elements import ICH
from web.entry.django_types import Column
from web.entry.suggestions import COLUMNS

TIME_UNITS = ("a", "mo", "wk", "d", "h", "min", "s")
# In the form, ages and gestations have lists of their own.
NO_DOSE_UNITS = (*TIME_UNITS, "{decade}", "{trimester}", "{cyclical}", "{asnecessary}", "{total}")
TIME_ELEMENTS = ("E.i.6b", "G.k.4.r.3", "G.k.4.r.6b", "G.k.6b", "G.k.9.i.3.1b", "G.k.9.i.3.2b")
LABORATORY_UNITS = {
    "10*9/L": "cells, as 10^9/L or G/L",
    "10*6/L": "cells, as 10^6/L",
    "/mm3": "cells per cubic millimetre",
    "/uL": "cells per microlitre",
    "%": "percent",
    "U/L": "enzyme units per litre",
    "[IU]/L": "international units per litre",
    "[IU]/mL": "international units per millilitre",
    "{copies}/mL": "copies per millilitre",
    "g/L": "grams per litre",
    "g/dL": "grams per decilitre",
    "mg/L": "milligrams per litre",
    "mg/dL": "milligrams per decilitre",
    "ug/L": "micrograms per litre",
    "ng/mL": "nanograms per millilitre",
    "pg/mL": "picograms per millilitre",
    "mmol/L": "millimoles per litre",
    "umol/L": "micromoles per litre",
    "nmol/L": "nanomoles per litre",
    "mm/h": "millimetres per hour (ESR)",
    "s": "seconds",
}


def datalist_for(column: Column) -> str:
    """The id of the list that fits a column, or ""."""
    element = next(iter(getattr(column, "ich", ())), "")
    codes = ICH[element].codes if element else ""
    if codes == "unit":
        return "units-time" if element in TIME_ELEMENTS else "units-dose"
    if codes in ("country", "language", "UCUM"):
        return {"country": "countries", "language": "languages", "UCUM": "units-laboratory"}[codes]
    return "units-dose" if (column.model.__name__, column.name) == ("Treatment", "unit") else ""


def suggested_column(column: Column) -> str:
    """The name under which terms typed before in a column are asked for, or ""."""
    name = f"{column.model._meta.model_name}.{column.name}"
    return name if name in COLUMNS else ""


@cache
def datalists() -> dict[str, dict[str, str]]:
    """Every list by its id: what is typed, and what it means."""
    units = CODE_LISTS["unit"].codes
    countries = CODE_LISTS["country"].codes
    return {
        "units-dose": {code: words.lower() for code, words in units.items() if code not in NO_DOSE_UNITS},
        "units-time": {code: units[code].lower() for code in TIME_UNITS},
        "units-laboratory": LABORATORY_UNITS,
        "countries": {
            country.alpha_2: country.name for country in pycountry.countries if country.alpha_2 in countries
        },
        # Those with a two-letter code too: the languages in which reports are written.
        "languages": {
            language.alpha_3: language.name
            for language in pycountry.languages
            if getattr(language, "alpha_2", None)
        },
    }


@cache
def datalists_html() -> SafeString:
    """All lists as they stand in a page, and which null flavours each element allows."""
    allowed = {element.id: element.null_flavors for element in ICH.values() if element.null_flavors}
    null_flavors = json.dumps({"words": NULL_FLAVORS, "allowed": allowed})
    options = (
        (name, format_html_join("", '<option value="{}">{}</option>', entries.items()))
        for name, entries in datalists().items()
    )
    return format_html(
        '{}<datalist id="typed-before"></datalist>'
        '<script type="application/json" id="null-flavors">{}</script>',
        format_html_join("", '<datalist id="{}">{}</datalist>', options),
        mark_safe(null_flavors),  # noqa: S308 - codes and words of our own tables
    )
