"""Load a release of the drug dictionary."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pghistory
from django.db import transaction

from cases.database_errors import as_validation_errors
from cases.models import Drug, HalfLife
from values.quantities import Quantity


def load_dictionary(path: Path) -> tuple[str, int]:
    """Load a TOML release; return its name and the number of drugs.

    Drugs are matched by name and changed in place; exposures keep the half-life that was copied
    to them. Raises ValidationError when an entry is refused; then nothing is loaded.
    """
    document = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    release, entries = document["release"], document["drug"]
    loaded = Drug.objects.filter(release=release).count()
    if loaded == len(entries):
        return release, loaded
    with transaction.atomic(), pghistory.context(reason=f"drug dictionary {release}"), as_validation_errors():
        drugs = Drug.objects.bulk_create(
            (_drug(entry, release) for entry in entries),
            update_conflicts=True,
            unique_fields=["name"],
            update_fields=["substance", "atc", "is_class", "note", "release"],
        )
        HalfLife.objects.filter(drug__in=drugs).delete()
        HalfLife.objects.bulk_create(
            _half_life(drug, half_life)
            for drug, entry in zip(drugs, entries, strict=True)
            for half_life in entry.get("half_lives", ())
        )
    return release, len(entries)


def _drug(entry: dict[str, Any], release: str) -> Drug:
    return Drug(
        name=entry["name"],
        substance=entry.get("substance", ""),
        atc=entry.get("atc", ""),
        is_class=entry.get("is_class", False),
        note=entry.get("note", ""),
        release=release,
    )


def _half_life(drug: Drug, entry: dict[str, Any]) -> HalfLife:
    low, high = (_hours(entry, end) for end in ("low", "high"))
    return HalfLife(
        drug=drug,
        condition=entry["condition"],
        low_hours=low,
        high_hours=high,
        population=entry.get("population", ""),
        source=entry["source"],
        is_verified=entry.get("verified", True),
        is_default=entry.get("default", False),
    )


def _hours(entry: dict[str, Any], end: str) -> Decimal | None:
    return Quantity(Decimal(entry[end]), entry["unit"]).to("h").value if end in entry else None
