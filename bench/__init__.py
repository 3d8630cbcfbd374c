"""Measurements, as ratios of ours to a ceiling or rival in the same run. Never a test."""
