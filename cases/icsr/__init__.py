"""Cases as ICH E2B(R3) messages and back: the only bridge between the record and `e2b/`."""

from cases.icsr.incoming import Incoming, Note, rows_of
from cases.icsr.losses import How, Loss
from cases.icsr.outgoing import Outgoing, message_of
from cases.icsr.reconcile import Reconciliation, reconcile
from cases.icsr.whole import WholeCase

__all__ = [
    "How",
    "Incoming",
    "Loss",
    "Note",
    "Outgoing",
    "Reconciliation",
    "WholeCase",
    "message_of",
    "reconcile",
    "rows_of",
]
