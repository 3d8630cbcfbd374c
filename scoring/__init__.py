"""Instruments that classify a case: facts in, explained result out.

Pure: knows nothing of tables, requests or Django. An instrument is a literal table in the
order of its paper, a derivation of each item from facts, and `assess(facts) -> Result`.

RegiSCAR says how sure we are that a reaction is DRESS. It never says which drug did it.
"""
