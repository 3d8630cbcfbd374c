"""Reading: received bytes in, frozen messages and violations out."""

from e2b.reading.batch import BatchStream
from e2b.reading.source import Source

__all__ = ["BatchStream", "Source"]
