from typing import Any

class BasePermission:
    message: str
    def has_permission(self, request: Any, view: Any) -> bool: ...
