"""Idempotent requests: one that is repeated gets the answer of the first, and changes nothing."""

import hashlib
from collections.abc import Callable
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import ApiRequest, User

STORED_FOR = timedelta(days=7)


class OtherRequest(ValueError):
    """The key was used for another request."""


def once(user: User, key: str, content: bytes, act: Callable[[ApiRequest], None]) -> tuple[ApiRequest, bool]:
    """Act, unless a request of this key was answered; the request, answered, and whether it is a replay.

    A refused request leaves nothing behind, so that it can be corrected and repeated. Two at the same time
    wait for each other. Raises OtherRequest, and whatever `act` raises.
    """
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        ApiRequest.objects.filter(user=user, at__lt=timezone.now() - STORED_FOR).delete()
        try:
            with transaction.atomic():
                request = ApiRequest.objects.create(user=user, key=key, digest=digest)
        except IntegrityError:
            earlier = ApiRequest.objects.get(user=user, key=key)
            if earlier.digest != digest:
                raise OtherRequest(key) from None
            return earlier, True
        act(request)
        request.save()
    return request, False
