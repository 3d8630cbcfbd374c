"""PURE. Cases that never happened: what a seed and an ordinal tell, as rows of text, the same every time.

No patient stands behind any of them. Rates are those of `rates`, words those of `words`; both are
literal tables. Imports nothing of the house, and no Django: `cases.services.synthesizing` writes.
"""

from cases.synthesis.draft import Plan
from cases.synthesis.plan import number_of, plan_case
from cases.synthesis.tables import COLUMNS, OF_FOLLOW_UP, PARENTS, Medicine

__all__ = ["COLUMNS", "OF_FOLLOW_UP", "PARENTS", "Medicine", "Plan", "number_of", "plan_case"]
