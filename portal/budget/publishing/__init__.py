"""The allocation method as it is published: the whole scheme in plain words."""

from portal.budget.publishing.sheets import UNITS, Chapter, Sheet
from portal.budget.publishing.whole import published

__all__ = ["UNITS", "Chapter", "Sheet", "published"]
