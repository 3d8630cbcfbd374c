"""Where the conformance material is: beside the repository, or where E2B_MATERIAL says."""

import os
from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[2].parent / "shared" / "e2b_r3"
MATERIAL = Path(os.environ.get("E2B_MATERIAL", _BESIDE))
SCHEMA = MATERIAL / "schema"
SAMPLES = sorted((MATERIAL / "examples" / "icsr").glob("*.xml"))
ACKNOWLEDGEMENTS = sorted((MATERIAL / "examples" / "ack").glob("*.ack"))
REFERENCE = sorted((MATERIAL / "reference").glob("*.xml"))


def needs(path: Path) -> None:
    """Skips the test where the material is missing."""
    if not path.exists():
        pytest.skip(f"conformance material {path.name} is not here; set E2B_MATERIAL")


def each(files: list[Path]) -> pytest.MarkDecorator:
    """Parametrizes over files by name; without material one test remains, which skips."""
    return pytest.mark.parametrize("file", files or [MATERIAL / "missing"], ids=lambda file: file.stem)
