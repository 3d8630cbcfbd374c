"""The words that both cores speak: dates as reported, spans of time, quantities with units.

Pure: nothing here knows of Django, of scoring or of E2B.
"""
