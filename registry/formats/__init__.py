"""How dates are shown: see `en.formats`."""
