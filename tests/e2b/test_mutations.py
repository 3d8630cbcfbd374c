"""Byte-level mutations of sample messages: an `E2BError` or a message, never anything else."""

import random
import resource
import time

import pytest

from e2b import E2BError, read, validate_batch, write
from tests.e2b.cases import batch_of, full_message
from tests.material import ICSRS, OWN_ICSRS, each_set

FEW, MANY = 300, 10_000
_INTERESTING = [
    b"<",
    b">",
    b"&",
    b'"',
    b"\x00",
    b"\xff",
    b"/>",
    b"<!--",
    b"]]>",
    b"&#0;",
    b"<!DOCTYPE x>",
    b"xmlns=",
]


def mutated(data: bytes, chance: random.Random) -> bytes:
    """One to four changes: a byte flipped, a piece cut out, doubled, moved or replaced."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(changed))
        end = min(len(changed), at + chance.choice([1, 4, 40, 400]))
        piece = bytes(changed[at:end])
        kind = chance.randrange(5)
        if kind == 0:
            changed[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del changed[at:end]
        elif kind == 2:
            changed[at:at] = piece
        elif kind == 3:
            changed[at:end] = chance.choice(_INTERESTING)
        else:
            other = chance.randrange(len(changed))
            changed[other:other] = piece
    return bytes(changed)


def survive(originals: list[bytes], count: int, seed: int) -> None:
    """Reads, validates and writes mutated messages; what was read must also survive the round trip."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    files = [write(batch_of(full_message())), *originals]
    read_well = 0
    for number in range(count):
        data = mutated(files[number % len(files)], chance)
        begun = time.monotonic()
        try:
            batch = read(data)
            validate_batch(batch)
            assert read(write(batch)) == batch
            read_well += 1
        except E2BError:
            pass
        assert time.monotonic() - begun < 5, data
    assert 0 < read_well < count


@each_set(OWN_ICSRS, ICSRS)
def test_mutated_messages_do_no_harm(originals: list[bytes]) -> None:
    survive(originals, FEW, seed=1)


@pytest.mark.slow
@each_set(OWN_ICSRS, ICSRS)
def test_ten_thousand_mutated_messages_do_no_harm(originals: list[bytes]) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    survive(originals, MANY, seed=2)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 200_000, f"memory grew by {grown} kB"
