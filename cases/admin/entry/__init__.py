"""Help while typing: lists, terms used before, dates read back, reasons for what is missing."""
