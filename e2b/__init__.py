"""ICH E2B(R3): reads, writes and validates individual case safety reports and acknowledgements."""
