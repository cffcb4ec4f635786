"""Reading the prose of a report: the numbers it states, its sums and its percentages."""

from .read import read_prose
from .reading import Change, Fact, Percentage, Reading, Sum

__all__ = ["Change", "Fact", "Percentage", "Reading", "Sum", "read_prose"]
