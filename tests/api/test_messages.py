"""A case fetched as a message of its receiver: each state of it once, or refused with its findings."""

from io import BytesIO

import pytest
from django.test import Client

from cases.amendment import amend
from cases.models import Case, ExportLog
from e2b import PROFILES, read, text_of, validate
from exchange.importing import import_batch
from exchange.models import Batch, Direction, Submission
from exchange.receiving import receive
from tests.api.conftest import Machine
from tests.exchange.material import enter_sender, fda_file

pytestmark = pytest.mark.django_db
XML = "cases/DE-X-1.xml"


@pytest.fixture
def case(assessor):
    """One that has all that FDA asks for, and an organisation that says who it is."""
    enter_sender(assessor.organisation)
    results = []
    import_batch(receive(BytesIO(fda_file(1)), "file.xml", by=assessor), by=assessor, report=results.append)
    assert [result.state for result in results] == ["new"], results
    return Case.objects.get(number="DE-X-1")


def sent():
    return Batch.objects.filter(direction=Direction.SENT)


@pytest.mark.parametrize(
    "receiver", ["FDA", *(pytest.param(name, marks=pytest.mark.slow) for name in PROFILES if name != "FDA")]
)
def test_the_message_is_valid_for_its_receiver_and_stands_among_what_was_sent(make_machine, case, receiver):
    machine = make_machine("assessor")
    answer = machine.get(f"{XML}?receiver={receiver}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml")
    batch = read(answer.content)
    (message,) = batch.messages
    errors = [
        found for found in validate(message, PROFILES[receiver], header=batch.N) if found.severity == "error"
    ]
    assert errors == []
    submission = Submission.objects.get(case=case)
    assert (submission.profile, submission.state) == (receiver, "sent")
    assert text_of(message.N["N.2.r.1"]) == submission.message.identifier
    assert text_of(batch.N["N.1.2"]) == submission.message.batch.number
    assert "errors=0" in answer["Findings"]
    assert ExportLog.objects.filter(format="e2b", is_deidentified=False).count() == 1


def test_a_state_of_a_case_is_sent_once(make_machine, case, assessor):
    machine = make_machine("assessor")
    first = machine.get(f"{XML}?receiver=FDA")
    again = machine.get(f"{XML}?receiver=FDA")
    assert again.content == first.content
    assert machine.get(f"{XML}?receiver=fda", If_None_Match=first["ETag"]).status_code == 304
    assert sent().count() == 1
    assert machine.get(f"{XML}?receiver=FDA&route=postmarket+test").content != first.content
    with amend(Case.objects.get(pk=case.pk), by=assessor, reason="test") as amendment:
        amendment.change(amendment.case.patient, sex="1")
    changed = machine.get(f"{XML}?receiver=FDA", If_None_Match=first["ETag"])
    assert changed.status_code == 200
    assert sent().count() == 3


@pytest.mark.slow
def test_what_was_rejected_is_sent_anew_under_new_numbers(make_machine, case):
    machine = make_machine("assessor")
    first = machine.get(f"{XML}?receiver=FDA")
    Submission.objects.update(state="rejected")
    second = machine.get(f"{XML}?receiver=FDA")
    assert read(second.content).N["N.1.2"] != read(first.content).N["N.1.2"]


def test_what_is_of_unknown_outcome_is_sent_anew_if_somebody_asks_for_it(make_machine, case):
    machine = make_machine("assessor")
    first = machine.get(f"{XML}?receiver=FDA")
    refused = machine.get(f"{XML}?receiver=FDA&again=1")
    assert refused.status_code == 400
    assert "sent, not yet answered" in refused.json()["errors"][0]["detail"]
    Submission.objects.update(state="unknown")
    assert machine.get(f"{XML}?receiver=FDA").content == first.content
    second = machine.get(f"{XML}?receiver=FDA&again=1")
    assert read(second.content).N["N.1.2"] != read(first.content).N["N.1.2"]
    assert machine.get(f"{XML}?receiver=FDA").content == second.content


def test_errors_stop_it_with_their_findings_and_nothing_is_sent(machine, letter_cases):
    refused = machine.get("cases/LETTER-P1.xml?receiver=FDA")
    assert (refused.status_code, refused["Content-Type"]) == (422, "application/problem+json")
    problem = refused.json()
    assert {"path", "detail"} == set(problem["errors"][0])
    assert {"rule", "severity", "element", "remedy"} < set(problem["findings"][0])
    assert not Submission.objects.exists()
    assert not Case.objects.get(number="LETTER-P1").safety_report_id


def test_the_report_sends_nothing(machine, case):
    report = machine.get(f"{XML}?receiver=FDA&report=1").json()
    assert (report["receiver"], report["can_be_sent"], report["counts"]["errors"]) == ("FDA", True, 0)
    described = machine.get(f"{XML}?receiver=FDA")["Link"]
    assert "report=1>" in described
    assert machine.get("cases/DE-X-1/?receiver=FDA&report=1", Accept="application/xml").json() == report
    assert sent().count() == 1


def test_a_link_in_a_browser_sends_nothing(make_user, case):
    """Else any page could have a case sent in the name of whoever follows its link."""
    client = Client()
    client.force_login(make_user("assessor", "person"))
    person = Machine(client=client)
    assert person.get(f"{XML}?receiver=FDA").status_code == 403
    assert person.get(f"{XML}?receiver=FDA&report=1").status_code == 200
    assert not sent().exists()


WRONG = [
    "receiver=BfArM",
    "receiver=",
    "route=postmarket",
    "receiver=FDA&route=pigeon",
    "receiver=FDA&report=2",
    "receiver=FDA&again=yes",
    "to=x",
]


def test_what_cannot_be_asked_is_refused_by_name(machine, case):
    """Receivers are for messages, too."""
    other_forms = [f"{address}?receiver=FDA" for address in ("cases/DE-X-1/", "cases/DE-X-1.pdf")]
    for address in (*(f"{XML}?{query}" for query in WRONG), *other_forms):
        answer = machine.get(address)
        assert answer.status_code == 400, address
        assert answer.json()["errors"][0]["path"]
    assert not sent().exists()
