"""Import sources: from bytes to lines of text and rows of cells. Time and memory are bounded, and nothing is fetched."""
