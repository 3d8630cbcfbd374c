"""The admin classes of the case form and of the drug dictionary, where Django looks for them."""

from web.entry import case, drug

__all__ = ["case", "drug"]
