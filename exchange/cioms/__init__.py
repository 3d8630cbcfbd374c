"""Forms on paper: rows in, PDF out. The templates stand beside the code and know nothing of it."""
