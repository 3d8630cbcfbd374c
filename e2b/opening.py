"""Opens files of both releases, E2B(R3) and E2B(R2): whole, or message by message."""

from e2b.limits import DEFAULT_LIMITS, Limits
from e2b.message import Batch, Block
from e2b.r2 import R2Stream
from e2b.reading import BatchStream, Source
from e2b.reading.other_files import R2_ROOT
from e2b.reading.source import opened


def read_stream(source: Source, limits: Limits = DEFAULT_LIMITS) -> BatchStream | R2Stream:
    """Opens a batch to be read message by message; memory does not grow with their number.

    A file in E2B(R2) is recognised and gives the same messages. Raises ReadError (also while iterating) for
    input that cannot be read safely.
    """
    stream, r2_root = opened(source, limits)
    close = not hasattr(source, "read")
    return (R2Stream if r2_root == R2_ROOT else BatchStream)(stream, limits, close=close)


def read(source: Source, limits: Limits = DEFAULT_LIMITS) -> Batch:
    """Reads a whole batch from bytes, a path or a binary stream, in E2B(R3) or E2B(R2).

    Reading is lenient: nodes that are not in the tables are left out and reported in `violations`, a
    text that is no date stays text. Raises ReadError for input that cannot be read safely, LimitError for
    input beyond `limits`.
    """
    stream = read_stream(source, limits)
    messages = tuple(stream)
    return Batch(stream.header, messages, stream.violations)


def read_header(source: Source, limits: Limits = DEFAULT_LIMITS) -> Block:
    """The envelope N.1 alone; the messages are skipped. Raises ReadError."""
    stream = read_stream(source, limits)
    stream.skim()
    return stream.header
