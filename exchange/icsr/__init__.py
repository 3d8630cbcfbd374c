"""Cases as ICH E2B(R3) messages and back: the only bridge between the record and `e2b/`."""

from cases.record.case_record import CaseRecord
from exchange.icsr.incoming import Incoming, Note, rows_of
from exchange.icsr.losses import How, Loss
from exchange.icsr.outgoing import Outgoing, message_of
from exchange.icsr.reconcile import Reconciliation, reconcile

__all__ = [
    "CaseRecord",
    "How",
    "Incoming",
    "Loss",
    "Note",
    "Outgoing",
    "Reconciliation",
    "message_of",
    "reconcile",
    "rows_of",
]
