"""Positions in addresses show nothing, and only this installation makes them."""

import pytest

from research.sealed import seal, unseal


def test_what_was_sealed_is_opened_again_and_shows_nothing():
    sealed = seal("summary__latency_last_low~4711~10.5")
    assert unseal(sealed) == "summary__latency_last_low~4711~10.5"
    assert "4711" not in sealed
    assert seal("4711") != seal("4711")
    assert set(sealed) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@pytest.mark.parametrize("wrong", ["", "x", "~4711", "MQ", "ü", "\x00", "A" * 500])
def test_anything_else_is_refused(wrong):
    with pytest.raises(ValueError, match="not sealed here"):
        unseal(wrong)


def test_one_sign_changed_is_refused():
    sealed = seal("4711")
    changed = sealed[:-1] + ("A" if sealed[-1] != "A" else "B")
    with pytest.raises(ValueError, match="not sealed here"):
        unseal(changed[::-1])


def test_another_installation_opens_nothing(settings):
    sealed = seal("4711")
    settings.SECRET_KEY = "another"
    with pytest.raises(ValueError, match="not sealed here"):
        unseal(sealed)
