"""The one family of errors that this package raises on purpose.

Whatever bytes are read and whatever message is written, a caller who catches `E2BError` has
caught everything. Its text is a sentence for the person who sent or built the message.
"""


class E2BError(Exception):
    """Something is wrong with a message, a file or a request. The text says what and where."""


class ReadError(E2BError):
    """The bytes are no XML that can be read safely, or not the interaction that was expected."""


class LimitError(ReadError):
    """The input is larger, or has more markup, than the limits allow."""


class MessageError(E2BError):
    """A message, block or value was built from parts that do not belong together."""


class WriteError(E2BError):
    """A value cannot be written as XML (a control character, half of a surrogate pair)."""


class SchemaError(E2BError):
    """The schema set was not found where it was looked for, or is no schema."""
