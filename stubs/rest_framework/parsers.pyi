from collections.abc import Mapping
from typing import IO, Any

class BaseParser:
    media_type: str
    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any: ...

class MultiPartParser(BaseParser): ...
