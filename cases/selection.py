"""Cases that commands choose by the filters of the list. The set of filters is named in the settings."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from cases.models import Case


def case_filter() -> Any:
    """The filter set of the list of cases: `settings.CASE_FILTER`."""
    return import_string(settings.CASE_FILTER)


def filter_names() -> list[str]:
    """The names of the filters, in the order of the list."""
    filters = case_filter().all_filters()
    return [name for name, item in filters.items() if isinstance(item, django_filters.Filter)]


def filtered_cases(values: Mapping[str, str], cases: QuerySet[Case]) -> QuerySet[Case]:
    """Those of these cases that the filters find.

    Raises ValidationError for a filter that doesn't exist, and for a value that a filter doesn't take.
    """
    chosen = case_filter()(values, queryset=cases, identities=True)
    if unknown := [name for name in values if name not in chosen.filters]:
        raise ValidationError(f"No filter is named {', '.join(unknown)}: choose {', '.join(chosen.filters)}.")
    if not chosen.is_valid():
        raise ValidationError(
            [f"{name}: {error}" for name, errors in chosen.errors.items() for error in errors]
        )
    matching: QuerySet[Case] = chosen.qs
    return matching
