"""The lock files hold what the requirements name, with hashes and nothing beside packages."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^ ;\\#]+)", re.M)
LOCKS = {
    "requirements.lock": ["requirements.txt"],
    "requirements-dev.lock": ["requirements.txt", "requirements-dev.txt"],
}


def pins(name: str) -> dict[str, str]:
    """The version of each package, by its normalised name."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return {re.sub(r"[-_.]+", "-", package).lower(): version for package, version in PIN.findall(text)}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin(lock):
    wanted = {package: version for name in LOCKS[lock] for package, version in pins(name).items()}
    assert len(wanted) > 15
    assert wanted.items() <= pins(lock).items(), "Run `make lock`."


def test_both_locks_agree():
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_has_hashes_and_no_address(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    for block in re.split(r"^(?=[A-Za-z])", text, flags=re.M)[1:]:
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), block
    assert "://" not in text
    assert not re.search(r"^\s*-(?!-hash=)", text, re.M), "an option of pip"
