"""PURE. Synthetic cases as rows of text, made from a seed and an ordinal; the same input gives the same case.

No patient stands behind any of them. `rates` and `words` are literal tables. Imports no other package of the
project, and no Django: `synthetic.insertion` writes the rows.
"""

from synthetic.generator.draft import Plan
from synthetic.generator.plan import number_of, plan_case
from synthetic.generator.tables import COLUMNS, OF_FOLLOW_UP, PARENTS, Medicine

__all__ = ["COLUMNS", "OF_FOLLOW_UP", "PARENTS", "Medicine", "Plan", "number_of", "plan_case"]
