"""Rules as data: when something is so, something else must be so."""
