"""Cases in and out: what was received and sent, what became of it, and the pages that do it."""

from cases.admin.exchange import answers, received, sent

__all__ = ["answers", "received", "sent"]
