"""The labels of the record's columns, on forms and in histories."""

from typing import Any

from django.db import models

SPELLINGS = {"meddra": "MedDRA", "doi": "DOI", "id": "identifier"}


def label_of(field: "models.Field[Any, Any]") -> str:
    """The name of a column as a label: “is_off_label” asks “Off label”."""
    words = str(field.verbose_name).removeprefix("is ").split()
    label = " ".join(SPELLINGS.get(word, word) for word in words)
    return label[:1].upper() + label[1:]
