"""JSON schemas of the first page, and of what is exchanged with others."""

from api.shapes import TEXT, TIME, TRUTH, UUID, WHOLE, Shape, listed, maybe, ref, thing

FINDING = {
    **thing(**dict.fromkeys(("rule", "severity", "element", "place", "sentence", "remedy"), TEXT)),
    "description": "What a receiver would say of a message: fault and remedy, by element and place.",
}
MESSAGE_REPORT = thing(
    case=TEXT,
    receiver=TEXT,
    can_be_sent=TRUTH,
    counts=thing(errors=WHOLE, warnings=WHOLE, notes=WHOLE),
    findings=listed(ref("MessageFinding")),
    left_out={**listed(TEXT), "description": "What this receiver's form can't carry, or doesn't get."},
    declared={**listed(TEXT), "description": "Elements that come from the sender's defaults."},
)
CHANGE = thing(
    id={**WHOLE, "description": "Rises with time; the same event has the same one."},
    kind={**TEXT, "enum": ["opened", "follow_up", "amendment", "nullification", "changed"]},
    action={**TEXT, "description": "The word of the event log."},
    case=TEXT,
    uuid=UUID,
    version=WHOLE,
    at=TIME,
    by=TEXT,
    reason=TEXT,
    address={**TEXT, "format": "uri"},
)


def exchange_shapes() -> Shape:
    """Every component of these, by name."""
    return {
        "Index": thing(addresses={"type": "object", "additionalProperties": TEXT}),
        "Change": CHANGE,
        "ChangePage": thing(as_of=TIME, next=maybe({**TEXT, "format": "uri"}), changes=listed(ref("Change"))),
        "MessageFinding": FINDING,
        "MessageReport": MESSAGE_REPORT,
    }
