"""Cases as ICH E2B(R3) messages and back: the only place where the record and `e2b` meet."""

from cases.record.case_record import CaseRecord
from exchange.icsr.incoming import ImportNote, IncomingCase, rows_of
from exchange.icsr.losses import Loss, LossHandling
from exchange.icsr.outgoing import OutgoingMessage, message_of
from exchange.icsr.own_changes import OwnValue
from exchange.icsr.reconcile import Reconciliation, reconcile
from exchange.icsr.row_changes import UnreadableValue

__all__ = [
    "CaseRecord",
    "ImportNote",
    "IncomingCase",
    "Loss",
    "LossHandling",
    "OutgoingMessage",
    "OwnValue",
    "Reconciliation",
    "UnreadableValue",
    "message_of",
    "reconcile",
    "rows_of",
]
