"""Sources of an import: bytes become lines of text and rows of cells, bounded in time and memory, and nothing is ever fetched."""
