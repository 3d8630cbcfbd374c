"""What `scoring` and `e2b` both build on: dates as reported, spans of time, quantities with units.

Pure: imports neither Django nor `scoring` nor `e2b`.
"""
