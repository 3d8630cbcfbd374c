from collections.abc import Sequence
from typing import Any

from django.views.generic import View
from rest_framework.authentication import BaseAuthentication
from rest_framework.parsers import BaseParser
from rest_framework.permissions import BasePermission
from rest_framework.renderers import BaseRenderer
from rest_framework.throttling import BaseThrottle

class APIView(View):
    request: Any
    authentication_classes: Sequence[type[BaseAuthentication]]
    permission_classes: Sequence[type[BasePermission]]
    throttle_classes: Sequence[type[BaseThrottle]]
    parser_classes: Sequence[type[BaseParser]]
    renderer_classes: Sequence[type[BaseRenderer]]
    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any: ...

def set_rollback() -> None: ...
