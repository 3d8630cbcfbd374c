"""Writing: frozen messages in, schema-ordered XML out."""

from e2b.writing.batch import write, write_stream

__all__ = ["write", "write_stream"]
