"""ICH E2B(R3): reads, writes and validates individual case safety reports and acknowledgements.

    batch = read("case.xml")                    # or bytes, or a binary stream
    batch.messages[0].drugs[0]["G.k.2.2"]       # an element, by its ICH id
    write(batch)                                # bytes, in the schema's order
    validate(batch.messages[0], FDA_PROFILE)    # every violation, with rule, place and remedy

All errors are `E2BError`s. The tables in `e2b.elements` are the one source of reading, writing and
validation; docs/e2b.md explains how to use and how to extend them.
"""

from e2b.acknowledgement import (
    Acknowledgement,
    Receipt,
    acknowledge,
    read_acknowledgement,
    remarks,
    write_acknowledgement,
)
from e2b.datatypes import Attachment, Bound, Code, Null, Quantity, Range, Value, text_of
from e2b.diff import Difference, diff, diff_batch
from e2b.errors import E2BError, LimitError, MessageError, ReadError, SchemaError, WriteError
from e2b.limits import Limits
from e2b.message import Batch, Block, Message
from e2b.opening import read, read_stream
from e2b.profiles import EMA_PROFILE, FDA_PROFILE, ICH_PROFILE, PROFILES, Profile, profile
from e2b.reading import BatchStream
from e2b.validation import load_schema, validate, validate_batch, validate_schema
from e2b.violations import Level, Severity, Violation
from e2b.writing import write, write_stream

__all__ = [
    "EMA_PROFILE",
    "FDA_PROFILE",
    "ICH_PROFILE",
    "PROFILES",
    "Acknowledgement",
    "Attachment",
    "Batch",
    "BatchStream",
    "Block",
    "Bound",
    "Code",
    "Difference",
    "E2BError",
    "Level",
    "LimitError",
    "Limits",
    "Message",
    "MessageError",
    "Null",
    "Profile",
    "Quantity",
    "Range",
    "ReadError",
    "Receipt",
    "SchemaError",
    "Severity",
    "Value",
    "Violation",
    "WriteError",
    "acknowledge",
    "diff",
    "diff_batch",
    "load_schema",
    "profile",
    "read",
    "read_acknowledgement",
    "read_stream",
    "remarks",
    "text_of",
    "validate",
    "validate_batch",
    "validate_schema",
    "write",
    "write_acknowledgement",
    "write_stream",
]
