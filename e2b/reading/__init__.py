"""Reading: received bytes in, frozen messages and violations out."""

from e2b.reading.batch import BatchStream, read, read_stream
from e2b.reading.source import Source

__all__ = ["BatchStream", "Source", "read", "read_stream"]
