"""The OpenAPI document, made once for each process: it is the same for everybody, and takes a second."""

from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator


class CachedGenerator(SchemaGenerator):
    """Makes the document for nobody in particular, and keeps it."""

    def get_schema(self, request: Any = None, public: bool = False) -> Any:
        return _document(public)


@cache
def _document(public: bool) -> Any:
    return SchemaGenerator().get_schema(None, public)  # type: ignore[no-untyped-call]
