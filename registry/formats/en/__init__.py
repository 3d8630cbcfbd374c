"""The formats of dates; there is one language."""
