"""Who may no longer see identities loses what was prepared and noted while it was allowed."""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry

from cases.models import ExportLog
from tests.cases.rows import open_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def former_assessor(client, assessor, settings, tmp_path):
    """Somebody who worked on a case, ordered it with names, and is a researcher since."""
    settings.VAR_DIR = tmp_path
    case = open_case(assessor, "FORMER-1")
    client.force_login(assessor)
    client.post("/download/", {"format": "csv", "identified": "yes"})
    LogEntry.objects.log_actions(assessor.pk, [case], CHANGE, change_message="FORMER-1")
    assessor.role = "researcher"
    assessor.save()
    return client


def test_a_file_with_names_is_no_longer_handed_out(former_assessor):
    log = ExportLog.objects.get()
    assert not log.is_deidentified
    assert former_assessor.get(f"/download/{log.uuid}/").status_code == 404


@pytest.mark.parametrize("address", ["/admin/", "/admin/cases/", "/admin/search/?s=FORMER&extended=1"])
def test_own_actions_in_the_admin_name_no_case(former_assessor, address):
    answer = former_assessor.get(address)
    assert answer.status_code in (200, 302, 403, 404)
    assert "FORMER-1" not in answer.content.decode()
