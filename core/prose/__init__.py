"""Reading the prose of a report: the numbers it states, its sums and its percentages."""

from .extract import read_prose
from .results import Comparison, Fact, ProseReading, StatedPercentage, StatedSum

__all__ = ["Comparison", "Fact", "ProseReading", "StatedPercentage", "StatedSum", "read_prose"]
