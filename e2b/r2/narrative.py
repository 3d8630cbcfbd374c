"""Section H: narrative, comments and the sender's diagnosis."""

from e2b.message import Block as R3Block
from e2b.r2.parse import Block
from e2b.r2.values import Converter, is_code

_REMARKS = "OTHER REMARKS"


def narrative_of(summary: Block, converter: Converter) -> R3Block:
    """Section H of a summary."""
    values = converter.values(summary)
    blocks = {}
    narrative = converter.text(summary, "narrativeincludeclinical")
    if others := converter.text(summary, "otherremarks"):
        narrative = f"{narrative}\n\n{_REMARKS}\n{others}".strip()
        converter.remarks.converted(
            "otherremarks", "", others[:80], "H.1", "", f"it stands at the end under {_REMARKS}"
        )
    if narrative:
        values["H.1"] = narrative
    comment = converter.text(summary, "sendercomment")
    diagnosis = converter.text(summary, "senderdiagnosis")
    if is_code(diagnosis):
        version = converter.version(summary, "senderdiagnosismeddraversion", "H.3.r.1a")
        blocks["H.3.r"] = (R3Block("H.3.r", {"H.3.r.1b": diagnosis, **version}),)
    elif diagnosis:
        version_text = summary.take("senderdiagnosismeddraversion")
        written = f"{diagnosis} ({version_text})" if version_text else diagnosis
        comment = f"Sender's diagnosis: {written}\n{comment}".strip()
        reason = "R3 has only a code here; the words stand in front of the comment"
        converter.remarks.converted("senderdiagnosis", "", diagnosis, "H.4", written, reason)
    if comment:
        values["H.4"] = comment
    return R3Block("H", values, blocks)
