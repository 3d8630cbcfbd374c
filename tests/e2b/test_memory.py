"""A batch of any length is read, written and compared in the same memory."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from e2b import write_stream
from tests.e2b.cases import HEADER, full_message

REPOSITORY = Path(__file__).resolve().parents[2]


def peak_of_roundtrip(file: Path, messages: int) -> int:
    """The most memory, in kB, that any round trip so far has taken."""
    message = full_message()
    with file.open("wb") as out:
        write_stream(HEADER, (message for _ in range(messages)), out)
    command = [sys.executable, "-m", "e2b", "roundtrip", str(file)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert f"{messages} message(s)" in done.stdout
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


@pytest.mark.slow
def test_memory_does_not_grow_with_the_batch(tmp_path: Path) -> None:
    small = peak_of_roundtrip(tmp_path / "small.xml", 20)
    assert peak_of_roundtrip(tmp_path / "large.xml", 600) < small + 10_000
