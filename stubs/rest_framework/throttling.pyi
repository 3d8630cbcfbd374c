from typing import Any

class BaseThrottle:
    def allow_request(self, request: Any, view: Any) -> bool: ...
    def wait(self) -> float | None: ...

class UserRateThrottle(BaseThrottle):
    scope: str
    num_requests: int
    duration: int
    now: float
    history: list[float]
    def get_rate(self) -> str: ...
