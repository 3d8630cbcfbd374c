"""Admin of files, messages, submissions and acknowledgements, and the pages that import and export."""

from exchange.admin import acknowledgements, batches, receipts, received_messages, sending, submissions

__all__ = ["acknowledgements", "batches", "receipts", "received_messages", "sending", "submissions"]
