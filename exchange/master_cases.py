"""A case that two senders reported: joined under a master case, with the identifiers of both (C.1.9.1.r)."""

from collections.abc import Iterator

from accounts.models import User
from cases.joining import join
from cases.models import Case, JoinedDuplicate, OtherIdentifier, Sender
from exchange.retransmission import LONGEST_SOURCE, Reception, name_of, receptions_of


def join_duplicate(case: Case, master: Case, *, by: User, reason: str) -> JoinedDuplicate:
    """Make a case a duplicate of a master case, which gets all identifiers of both senders.

    Raises PermissionDenied, and ValidationError where one of the two can't be changed.
    """
    ours = {by.organisation.identifier, case.organisation.identifier, master.organisation.identifier}
    receptions = receptions_of([case.pk, master.pk], ours=ours)
    identifiers = [*_all_identifiers(case, receptions.get(case.pk))]
    if reception := receptions.get(master.pk):
        identifiers.insert(0, (_source(master, reception), master.safety_report_id))
    return join(case, master, identifiers=identifiers, by=by, reason=reason)


def _all_identifiers(case: Case, reception: Reception | None) -> Iterator[tuple[str, str]]:
    """Source and number of all identifiers that a case has had."""
    source = _source(case, reception)
    yield source, case.safety_report_id
    yield source, case.worldwide_id
    if reception is not None:
        yield case.organisation.name[:LONGEST_SOURCE], reception.number
    yield from OtherIdentifier.objects.filter(case=case).values_list("source", "identifier")


def _source(case: Case, reception: Reception | None) -> str:
    """Who gave a case its number: its sender, or its organisation if it is our own."""
    if reception is None:
        return case.organisation.name[:LONGEST_SOURCE]
    return name_of(Sender.objects.filter(case=case).first(), reception)
