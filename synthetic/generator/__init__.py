"""PURE. Cases that never happened: what a seed and an ordinal tell, as rows of text, the same every time.

No patient stands behind any of them. Rates are those of `rates`, words those of `words`; both are
literal tables. Imports nothing of the house, and no Django: `synthetic.entering` writes.
"""

from synthetic.generator.draft import Plan
from synthetic.generator.plan import number_of, plan_case
from synthetic.generator.tables import COLUMNS, OF_FOLLOW_UP, PARENTS, Medicine

__all__ = ["COLUMNS", "OF_FOLLOW_UP", "PARENTS", "Medicine", "Plan", "number_of", "plan_case"]
