"""REST for machines: cases in and out as JSON, E2B(R3) and CIOMS I, under `/api/v1/`."""
