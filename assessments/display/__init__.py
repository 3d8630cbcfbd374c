"""How scores are put into words and drawn: the words, the signs and the two pictures."""
