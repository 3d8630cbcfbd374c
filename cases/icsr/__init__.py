"""Cases as ICH E2B(R3) messages and back: the only bridge between the record and `e2b/`."""

from cases.icsr.losses import How, Loss
from cases.icsr.outgoing import Outgoing, message_of
from cases.icsr.whole import WholeCase

__all__ = ["How", "Loss", "Outgoing", "WholeCase", "message_of"]
