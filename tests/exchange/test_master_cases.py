"""A case that two senders reported: one master case with the numbers of both, until somebody parts them."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from accounts.models import Organisation
from cases.amendment import amend
from cases.joining import joining_of, part
from cases.models import Case, CaseEvent, CaseState, OtherIdentifier
from cases.versions import open_version
from e2b import read
from exchange.master_cases import join_duplicate
from exchange.models import ImportState
from tests.exchange.material import (
    case_message,
    enter_sender,
    file_of,
    imported,
    run,
    with_narrative,
    written,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(tmp_path, assessor, organisation):
    """The same case from two senders: master and duplicate."""
    enter_sender(organisation)
    messages = (case_message(1), case_message(2, C_3_2="Other sender"))
    imported(*written(tmp_path, file_of(*messages)))
    return Case.objects.get(number="DE-X-1"), Case.objects.get(number="DE-X-2")


def identifiers(case):
    return set(OtherIdentifier.objects.filter(case=case).values_list("source", "identifier"))


def sent(number, out):
    status, report = run("export_icsr", number, receiver="ICH", out=out, by="assessor")
    assert status == 0, report
    return read(report["files"][0]).messages[0].C


def test_the_master_carries_the_numbers_of_both_and_the_link(two, assessor, tmp_path):
    master, case = two
    join_duplicate(case, master, by=assessor, reason="Same patient, same dates")
    master, case = Case.objects.get(pk=master.pk), Case.objects.get(pk=case.pk)
    assert identifiers(master) == {(master.sender.organisation_name, "DE-X-1"), ("Other sender", "DE-X-2")}
    assert master.has_other_identifiers is True
    assert (case.state, case.nullification_reason) == (
        CaseState.NULLIFIED,
        "Duplicate of DE-X-1: Same patient, same dates",
    )
    message = sent(master.number, tmp_path / "out")
    assert {block["C.1.9.1.r.2"] for block in message["C.1.9.1.r"]} == {"DE-X-1", "DE-X-2"}
    assert [block["C.1.10.r"] for block in message["C.1.10.r"]] == ["DE-X-2"]
    assert joining_of(case).master == master


def test_the_duplicate_is_as_it_was_and_does_not_leave(two, assessor, tmp_path):
    master, case = two
    join_duplicate(case, master, by=assessor, reason="Same")
    with pytest.raises(ValidationError, match="nullified"), amend(case, by=assessor, reason="x"):
        pass
    with pytest.raises(ValidationError, match="Part the two"):
        open_version(case, by=assessor, reason="x", kind="amendment")
    status, report = run("export_icsr", case.number, receiver="ICH", out=tmp_path, by="assessor")
    assert status == 1
    assert "never passed it on" in str(report["cases"][0]["findings"])


def test_parting_takes_back_what_joining_gave_and_nothing_else(two, assessor):
    master, case = two
    with amend(master, by=assessor, reason="their own number") as amendment:
        amendment.add(OtherIdentifier(source="Clinic", identifier="K-7"))
    joined = join_duplicate(case, master, by=assessor, reason="Same")
    part(joined, by=assessor, reason="Two sisters")
    master, case = Case.objects.get(pk=master.pk), Case.objects.get(pk=case.pk)
    assert identifiers(master) == {("Clinic", "K-7")}
    assert not master.linked_cases.exists()
    assert case.state == CaseState.IN_REVIEW
    assert joining_of(case) is None
    actions = CaseEvent.objects.filter(case_id=case.pk).values_list("action", "reason")
    assert {("joined to master case", "Duplicate of DE-X-1: Same"), ("amendment opened", "Two sisters")} <= {
        *actions
    }
    join_duplicate(case, master, by=assessor, reason="Same after all")
    with pytest.raises(ValidationError, match="parted on"):
        part(joined, by=assessor, reason="x")


def test_a_master_that_had_no_other_numbers_has_none_after_parting(two, assessor):
    master, case = two
    joined = join_duplicate(case, master, by=assessor, reason="Same")
    part(joined, by=assessor, reason="Two sisters")
    master.refresh_from_db()
    assert (master.has_other_identifiers, master.null_flavors.get("C.1.9.1")) == (None, "NI")


def test_a_follow_up_of_the_duplicate_waits_with_the_way_to_its_master(two, assessor, tmp_path):
    master, case = two
    join_duplicate(case, master, by=assessor, reason="Same")
    news = with_narrative(case_message(2, C_3_2="Other sender"), "News.")
    (result,) = imported(*written(tmp_path, file_of(news, number="B-9")))
    assert result["fate"] == ImportState.WAITING
    assert "joined to the master case DE-X-1" in result["reasons"][0]


def test_a_follow_up_of_the_master_keeps_the_numbers_of_both(two, assessor, tmp_path):
    master, case = two
    join_duplicate(case, master, by=assessor, reason="Same")
    before = identifiers(master)
    (result,) = imported(*written(tmp_path, file_of(with_narrative(case_message(1), "News."), number="B-9")))
    assert result["fate"] == ImportState.FOLLOW_UP, result
    assert identifiers(master) == before
    assert master.linked_cases.get().other == case


def test_refusals(two, assessor, researcher):
    master, case = two
    with pytest.raises(ValidationError, match="itself"):
        join_duplicate(case, case, by=assessor, reason="Same")
    with pytest.raises(ValidationError, match="reason"):
        join_duplicate(case, master, by=assessor, reason=" ")
    with pytest.raises(PermissionDenied):
        join_duplicate(case, master, by=researcher, reason="Same")
    join_duplicate(case, master, by=assessor, reason="Same")
    with pytest.raises(ValidationError, match="nullified"):
        join_duplicate(master, case, by=assessor, reason="The other way round")


def test_the_page_joins_and_parts_within_the_walls(two, assessor, client):
    master, case = two
    hidden = Case.objects.create(
        number="HIDDEN-1", organisation=Organisation.objects.create(identifier="OTHER")
    )
    client.force_login(assessor)
    page = f"/admin/cases/case/{case.pk}/duplicate/"
    assert "Number of the master case" in client.get(page).text
    for number in (hidden.number, "NOWHERE"):
        refused = client.post(page, {"master": number, "reason": "Same"})
        assert f"There is no case {number} that you may change" in refused.text
    refused = client.post(page, {"master": case.number, "reason": "Same"})
    assert "no duplicate of itself" in refused.text, refused.context["form"].errors
    assert client.post(page, {"master": master.number, "reason": "Same"}).status_code == 302
    shown = client.get(f"/admin/cases/case/{case.pk}/change/").text
    assert "Duplicate of" in shown
    assert f"/admin/cases/case/{master.pk}/change/" in shown
    assert f'duplicate of <a href="/cases/{master.number}/">' in client.get(f"/cases/{case.number}/").text
    assert client.post(page, {"reason": "Two sisters"}).status_code == 302
    case.refresh_from_db()
    assert case.state == CaseState.IN_REVIEW


@pytest.mark.parametrize("column", ["reason", "master_id"])
def test_the_database_knows_the_same(two, assessor, column):
    master, case = two
    join_duplicate(case, master, by=assessor, reason="Same")
    value = " " if column == "reason" else case.pk
    with pytest.raises(Exception, match="joined_duplicate"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE cases_joinedduplicate SET {column} = %s", [value])
