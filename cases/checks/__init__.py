"""Remarks on what is incomplete or implausible in a case: never refused, always shown where it can be mended.

What is impossible is refused by constraints of the database and by `cases.date_consistency`.
"""

from cases.checks.result import Remark, Severity
from cases.checks.rules import RULES, remarks_on

__all__ = ["RULES", "Remark", "Severity", "remarks_on"]
