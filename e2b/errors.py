"""The errors of this package, all derived from `E2BError`.

Reading any bytes and writing any message raises nothing else. The text of an error is a sentence for
the person who sent or built the message.
"""


class E2BError(Exception):
    """Something is wrong with a message, a file or a request. The text names what and where."""


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
