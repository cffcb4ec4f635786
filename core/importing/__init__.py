"""Import of published documents as reports: only certain readings become cells; everything else is listed in notes."""
