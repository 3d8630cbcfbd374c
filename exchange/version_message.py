"""The ICH message of a version of a case, frozen when the version is closed."""

from cases.models import Case
from cases.record.read_cases import read_cases
from e2b import Batch, E2BError, write
from exchange.icsr.outgoing import message_of


def message_of_version(case: Case) -> bytes:
    """The case as it stands, as a message. Raises ValueError for a report too unfinished to be one."""
    (record,) = read_cases([case.pk]).values()
    try:
        return write(Batch(messages=(message_of(record).message,)))
    except E2BError as error:
        raise ValueError(str(error)) from error
