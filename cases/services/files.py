"""Keep files: once per content, under the digest of their bytes."""

import hashlib

from cases.models import StoredFile


def keep(content: bytes, media_type: str = "", *, thumbnail: bytes | None = None) -> StoredFile:
    """Store bytes, or find them where they are stored already. Call it inside a transaction of a service."""
    digest = hashlib.sha256(content).hexdigest()
    found, _ = StoredFile.objects.get_or_create(
        digest=digest,
        defaults={
            "content": content,
            "size": len(content),
            "media_type": media_type,
            "thumbnail": thumbnail,
        },
    )
    return found
