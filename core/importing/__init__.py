"""Published documents read as reports: what is certain becomes a cell, and all else is named."""
