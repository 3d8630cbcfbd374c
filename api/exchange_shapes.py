"""JSON schemas of the first page, of requests for downloads, and of what is exchanged with others."""

from typing import Any

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
RECEIPT_HEAD: dict[str, Any] = {
    "receipt": UUID,
    "address": {**TEXT, "format": "uri"},
    "state": {**TEXT, "enum": ["queued", "running", "done", "failed", "cancelled"]},
    "file": TEXT,
    "size": WHOLE,
    "sha256": TEXT,
    "by": TEXT,
    "received_at": TIME,
    "finished_at": maybe(TIME),
    "progress": {
        **thing(done=WHOLE, total=maybe(WHOLE)),
        "description": "In messages; the total is null until all files are received.",
    },
    "problem": {**TEXT, "description": "Why it failed; empty otherwise."},
}
NEXT = maybe({**TEXT, "format": "uri"})
STATES = {"type": "object", "additionalProperties": WHOLE, "description": "Messages by their state."}
MESSAGE_STATES = ["new", "follow_up", "nullified", "unchanged", "waiting", "set_aside"]
RECEIVED = thing(
    file=TEXT,
    position=WHOLE,
    message={**TEXT, "description": "N.2.r.1"},
    state={**TEXT, "enum": MESSAGE_STATES, "description": "Waiting: for a person, for these reasons."},
    case={**TEXT, "description": "Its number; empty where there is none."},
    score=TEXT,
    reasons=listed(TEXT),
    notes={**listed(TEXT), "description": "What was changed, recognised or left out."},
)
ANSWERED = {
    "type": "object",
    "properties": dict.fromkeys(("message", "code", "case", "state", "matched", "text"), TEXT),
    "required": ["message", "code", "case", "state", "text"],
}
ACKNOWLEDGEMENT = {
    "type": "object",
    "properties": {
        **dict.fromkeys(("file", "acknowledgement", "batch", "outcome", "text"), TEXT),
        "is_new": {**TRUTH, "description": "False: it was taken before, and nothing has changed."},
        "messages": listed(ANSWERED),
    },
    "required": ["file", "acknowledgement", "batch", "outcome", "is_new", "messages"],
}
FILE = {"type": "string", "format": "binary"}


def exchange_shapes() -> Shape:
    """Every component of these, by name."""
    return {
        "Index": thing(addresses={"type": "object", "additionalProperties": TEXT}),
        "DownloadRequest": thing(
            state={**TEXT, "enum": ["free", "refused", "asked", "allowed"]},
            statements=listed(TEXT),
            allowed_by=TEXT,
            valid_until=maybe(TIME),
        ),
        "DownloadRequestInput": thing(reason=TEXT),
        "Change": CHANGE,
        "ChangePage": thing(as_of=TIME, next=maybe({**TEXT, "format": "uri"}), changes=listed(ref("Change"))),
        "Receipt": thing(
            **RECEIPT_HEAD,
            next=NEXT,
            counts=STATES,
            files=listed(thing(position=WHOLE, name=TEXT, batch=TEXT, messages=WHOLE, refusal=TEXT)),
            messages=listed(ref("ReceivedMessage")),
        ),
        "ReceiptPage": thing(next=NEXT, receipts=listed(thing(**RECEIPT_HEAD))),
        "ReceiptChange": thing(state={**TEXT, "enum": ["cancelled", "queued"]}),
        "ReceivedMessage": RECEIVED,
        "AcknowledgementTaken": ACKNOWLEDGEMENT,
        "MessageFile": {**FILE, "description": "E2B(R3) or E2B(R2) as XML, or a zip of such files."},
        "FileForm": thing(file=FILE),
        "MessageFinding": FINDING,
        "MessageReport": MESSAGE_REPORT,
    }
