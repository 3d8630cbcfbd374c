"""RegiSCAR validation score for DRESS, one folder for each released version of its rules.

A released version is frozen: stored scores are recomputed with it, byte for byte. To
change a rule, copy the newest folder, change the copy, and register it in `scoring.instruments`.
"""
