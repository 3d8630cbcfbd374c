"""Instruments that classify a case: facts in, explained result out.

Pure: imports no Django and knows no database rows or requests. An instrument is a literal table in the
order of its paper, a derivation of each item from facts, and `assess(facts) -> Result`.

RegiSCAR classifies how likely a reaction is DRESS. It does not assess which drug caused it.
"""
