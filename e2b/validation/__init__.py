"""Validation: every violation of a message, with its rule, place and remedy."""

from e2b.validation.run import validate, validate_batch, validate_envelope
from e2b.validation.schema import load_schema, validate_schema

__all__ = ["load_schema", "validate", "validate_batch", "validate_envelope", "validate_schema"]
