"""The most extreme cases that can be stored pass through every output: nothing answers 500."""

import json

import pytest

from api.case_entry import enter_case
from api.case_input import InvalidCaseInput
from assessments.rescoring import rescore_cases
from cases.record.read_cases import read_cases
from exchange.icsr import message_of
from research import masked_documents
from research.exports import Masking, export_tables
from tests.canary.case import Canary
from tests.canary.extremes import EXTREMES, enter_extreme
from tests.canary.walk import walk

pytestmark = pytest.mark.django_db
# That of every run; the others take several seconds each.
QUICK = "LATEST"


@pytest.mark.slow
@pytest.mark.parametrize("who", ["administrator", "researcher"])
def test_every_address(who, assessor, visitor):
    cases = [enter_extreme(name, assessor) for name in EXTREMES]
    visit = walk(Canary(cases[-1]), *visitor(who), rows=len(cases))
    for name in ("api-case", "case-detail", "api-bulk", "case-list", "download-file"):
        assert visit.statuses[name] >= {200}, name


@pytest.mark.parametrize(
    "name",
    [name if name == QUICK else pytest.param(name, marks=pytest.mark.slow) for name in EXTREMES],
)
def test_scored_and_written_without_identities(name, assessor):
    """What is quick enough for every run: scores, replay, a message, the masked document, tables."""
    case = enter_extreme(name, assessor)
    (record,) = read_cases([case.pk]).values()
    assert record.standing.is_current
    assert rescore_cases([case.pk]) == 0
    assert message_of(record).message
    assert json.loads(masked_documents.whole([case.pk])[case.pk])
    for table in export_tables(is_deidentified=True):
        assert list(table.rows([case.pk], Masking([case.pk]))) is not None


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "sNaN", "1E+999"])
def test_no_number(number, assessor):
    with pytest.raises(InvalidCaseInput, match=r"patient.weight_kg"):
        enter_case({"number": "A-1", "patient": {"weight_kg": number}}, by=assessor)
