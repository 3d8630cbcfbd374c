"""How scores are told and drawn, for whatever shows them: the words, the signs and the two pictures."""
