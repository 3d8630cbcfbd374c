"""Only a case of our own is nullified by us: whoever sent a case takes it back.

A case of somebody else that we have passed on under a number of our own is taken back under that number.
Which cases came from others and have left again is no matter of the case's own row, and so of no constraint.
"""

from django.core.exceptions import ValidationError

from cases.effects import Amended
from cases.versions import NULLIFICATION
from e2b import Violation
from exchange.retransmission import Reception, receptions_of

# The words of the event log for what people do; an imported nullification is the sender's.
_BY_PEOPLE = ("nullified", "amended")
_SENTENCE = "{} sent this case, and we have never passed it on: only the sender takes it back."
_REMEDY = (
    "Ask the sender to nullify it: the nullification is imported like every message. If it is the same as "
    "another case here, join the two on its page “Same case twice”."
)


def check_nullifications(amended: Amended) -> None:
    """Refuse that a person nullifies what another sender reported. Raises ValidationError."""
    if amended.action not in _BY_PEOPLE:
        return
    for amendment in amended.amendments:
        case = amendment.case
        if case.nullification_or_amendment == NULLIFICATION:
            ours = (amended.by.organisation.identifier, case.organisation.identifier)
            reception = receptions_of([case.pk], ours=ours).get(case.pk)
            if reception is not None and not reception.number:
                raise ValidationError(f"{_SENTENCE.format(reception.sender)} {_REMEDY}")


def nullifies_others(reception: Reception | None) -> Violation | None:
    """What is wrong with the nullification of a case, if it isn't ours to send."""
    if reception is None or reception.number:
        return None
    return Violation(
        "NULLIFIES-OTHERS", "C.1.11.1", "case", _SENTENCE.format(reception.sender), "Nothing has to leave."
    )
