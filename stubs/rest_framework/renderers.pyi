from collections.abc import Mapping
from typing import Any

class BaseRenderer:
    media_type: str
    format: str
    charset: str | None
    render_style: str
    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> Any: ...

class JSONRenderer(BaseRenderer): ...
