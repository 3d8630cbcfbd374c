"""The case record, its evidence, its stored scores, and every way in and out of them."""
