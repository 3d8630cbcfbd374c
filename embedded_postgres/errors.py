"""The one error class of this package, so that callers need to know only one."""


class EmbeddedServerError(RuntimeError):
    """The embedded PostgreSQL can't do what was asked; the message says why and what to do about it."""
