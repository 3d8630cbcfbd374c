"""Cases in and out: what was received and sent, what became of it, and the pages that do it."""

from exchange.admin import answers, received, sent

__all__ = ["answers", "received", "sent"]
