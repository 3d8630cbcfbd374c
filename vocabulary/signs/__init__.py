"""Signs of the reaction in words: what a whole term is evidence of, by item of the score and by organ."""

from vocabulary.signs.reading import named_test, read_sign
from vocabulary.signs.record import Evidence, Sign

__all__ = ["Evidence", "Sign", "named_test", "read_sign"]
