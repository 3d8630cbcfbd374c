"""The REST API for other systems under `/api/v1/`: cases in and out as JSON, E2B(R3) and CIOMS I."""
