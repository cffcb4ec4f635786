"""Extraction of stated facts, sums, percentages and changes from the prose of a report."""

from .extract import read_prose
from .results import Comparison, Fact, ProseReading, StatedPercentage, StatedSum

__all__ = ["Comparison", "Fact", "ProseReading", "StatedPercentage", "StatedSum", "read_prose"]
