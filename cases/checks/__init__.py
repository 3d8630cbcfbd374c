"""What is incomplete or implausible in a case: never refused, always shown where it can be mended.

What is impossible is a constraint of the database and of `cases.date_consistency`.
"""

from cases.checks.result import Finding, Severity
from cases.checks.rules import RULES, findings_of

__all__ = ["RULES", "Finding", "Severity", "findings_of"]
