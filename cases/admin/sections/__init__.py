"""The tabs of the case form, one file each, in the order a report is told."""
