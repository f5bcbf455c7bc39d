"""Indicative budgets of a whole population: a table of answers becomes a table of figures."""

from portal.budget.bulk.cells import CellFault
from portal.budget.bulk.population import Summary, work_out

__all__ = ["CellFault", "Summary", "work_out"]
