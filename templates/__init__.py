"""The editions of the form and the catalogue of rules, loaded from data files."""

from .data_files import folders
from .editions import LAST_YEAR, UnknownEditionError, edition_for_year, edition_ids, load_edition, require_own_editions
from .rule_catalogue import load_catalogue
from .toml_node import EditionError

__all__ = [
    "LAST_YEAR",
    "EditionError",
    "UnknownEditionError",
    "edition_for_year",
    "edition_ids",
    "folders",
    "load_catalogue",
    "load_edition",
    "require_own_editions",
]
