"""What an organisation says in every report without being asked: who sends, and what a receiver must know.

They are declared beside the evidence (see `declarations`), after what the sender declares for one export.
"""

from accounts.models import Organisation
from e2b import Null, Value
from exchange.declarations import Declaration
from exchange.sending_models import ReceiverSettings, SenderDetails

_OTHER = "6"  # C.3.1: another organisation
_COLUMNS = {field.ich[0]: field.name for field in SenderDetails._meta.fields if hasattr(field, "ich")}
_LONGEST_NAME = SenderDetails._meta.get_field("name").max_length

# What a region asks of every report, where nobody has answered: it wasn't asked, or isn't known.
_UNANSWERED: dict[str, dict[str, dict[str, Value]]] = {
    "FDA": {
        "C": {"FDA.C.1.12": "false"},
        "C.2.r": {"FDA.C.2.r.2.8": Null("NASK")},
        "D": {"FDA.D.12": Null("UNK")},
        "FDA.D.11.r": {"FDA.D.11.r.1": Null("UNK")},
        "E.i": {"FDA.E.i.3.2h": Null("NI")},
    }
}


def sender_values(organisation: Organisation) -> dict[str, Value]:
    """C.3 as the organisation has entered it; at least its name. One query."""
    details = SenderDetails.objects.filter(organisation=organisation).first()
    values: dict[str, Value] = {}
    if details is not None:
        values = {element: text for element, name in _COLUMNS.items() if (text := getattr(details, name))}
    return {"C.3.1": _OTHER, "C.3.2": organisation.name[:_LONGEST_NAME], **values}


def with_defaults(declaration: Declaration, organisation: Organisation, receiver: str) -> Declaration:
    """What is declared for an export, and below it what the organisation and the receiver's region add."""
    defaults = {kind: dict(values) for kind, values in _UNANSWERED.get(receiver, {}).items()}
    defaults["C"] = {**defaults.get("C", {}), **sender_values(organisation)}
    kinds = dict.fromkeys((*declaration.blocks, *defaults))
    return Declaration({kind: {**defaults.get(kind, {}), **declaration.of(kind)} for kind in kinds})


def settings_of(organisation: Organisation, receiver: str) -> ReceiverSettings:
    """What a receiver wants; nothing beyond the report where nobody has chosen anything."""
    stored = ReceiverSettings.objects.filter(organisation=organisation, receiver=receiver).first()
    return stored or ReceiverSettings(organisation=organisation, receiver=receiver)
