"""Files are stored once per content, and stay as they are."""

import hashlib

import pytest
from django.db import InternalError

from cases.documents.storage import store_content
from cases.models import StoredFile

pytestmark = pytest.mark.django_db


def test_the_same_bytes_are_kept_once():
    first, again, other = (
        store_content(b"a letter", "text/plain"),
        store_content(b"a letter"),
        store_content(b"another"),
    )
    assert first.pk == again.pk == hashlib.sha256(b"a letter").hexdigest()
    assert (again.media_type, again.size) == ("text/plain", 8)
    assert other.pk != first.pk
    assert StoredFile.objects.count() == 2


def test_what_is_kept_is_neither_changed_nor_removed():
    stored = store_content(b"a letter")
    with pytest.raises(InternalError, match="append_only"):
        StoredFile.objects.filter(pk=stored.pk).update(media_type="text/html")
