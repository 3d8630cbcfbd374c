"""How people write laboratory results: units, names of tests, signs and sites, read into the record's keys.

Pure tables and look-ups without a database. A text is recognised as a whole or not at all: no part of a
word, no edit distance. What may mean two things is returned as a question, never as an answer.
"""
