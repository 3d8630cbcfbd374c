"""JSON schemas of the first page, and of what is exchanged with others."""

from api.shapes import TEXT, Shape, thing


def exchange_shapes() -> Shape:
    """Every component of these, by name."""
    return {"Index": thing(addresses={"type": "object", "additionalProperties": TEXT})}
