"""Both cases of the letter are made ready for FDA and for EMA by the forms alone, and leave valid."""

import pytest

from cases.models import Case
from e2b import PROFILES, load_schema, read, validate, validate_schema
from tests.browser.steps import add_row, choose_for_export, fill, open_row, save, show_tab
from tests.material import IS_HERE, SCHEMA

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ROUTES = {"FDA": "FDA/postmarket test", "EMA": "EMA/post-authorisation"}
SENDER = {
    "department": "Safety",
    "title": "Dr",
    "given_name": "Ada",
    "family_name": "Own",
    "street": "1 Test Street",
    "city": "Testville",
    "region": "Test State",
    "postcode": "12345",
    "country": "FR",
    "telephone": "+33 1 23456",
    "fax": "+33 1 23457",
    "email": "safety@example.org",
}
ANSWERS = {
    "patient-0-fda_race": "Asian",
    "patient-0-fda_ethnicity": "Not Hispanic or Latino",
    "reactions-0-fda_required_intervention": "No information",
}


def enter_sender(window_of, address, administrator):
    """What the organisation says in every report, once."""
    page = window_of(administrator, address("admin:exchange_senderdetails_add"))
    page.select_option("[name=organisation]", label=str(administrator.organisation))
    page.select_option("[name=sender_type]", "4")
    for name, text in SENDER.items():
        page.fill(f"[name={name}]", text)
    with page.expect_navigation():
        page.click("[name=_save]")


def complete(page):
    """What a report of a letter has no words for: who reported it, the codes, how serious it was."""
    fill(page, add_row(page, "reporters"), family_name="Author", country="FR")
    show_tab(page, "tab-reactions")
    open_row(page, "reactions-0")
    show(page, "reactions-0-meddra_code")
    fill(page, "reactions-0", meddra_version="27.0", meddra_code="10073508")
    show(page, "reactions-0-company_medically_important")
    fill(page, "reactions-0", company_medically_important="true")
    save(page)


def show(page, box):
    """Open the folded line in which a box stands, if it is in one."""
    line = page.locator(f"details:not([open]):has([name='{box}']) > summary")
    if line.count():
        line.click()


def answer_for_fda(page):
    """The questions of FDA by keyboard: the folded line opens with Enter, letters choose in a list."""
    show_tab(page, "general")
    answer(page, "fda_combination_product", "No")
    save(page)
    for box, words in ANSWERS.items():
        show_tab(page, f"tab-{box.partition('-')[0]}")
        if not box.startswith("patient"):
            open_row(page, "reactions-0")
        answer(page, box, words)
    show_tab(page, "general")
    open_row(page, "reporters-0")
    unfold(page, "reporters-0-fda_email")
    page.keyboard.press("Tab")
    page.keyboard.type("author@example.org")
    save(page)


def unfold(page, box):
    """With the keyboard, open the folded line in which a question stands; the focus stays on the line."""
    line = page.locator(f"details:has([name='{box}']) > summary")
    line.wait_for()
    line.focus()
    if line.evaluate("line => !line.parentElement.open"):
        page.keyboard.press("Enter")


def answer(page, box, words):
    unfold(page, box)
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == box:
            break
    else:
        raise AssertionError(f"{box} isn't reached by the keyboard from its folded line")
    page.keyboard.type(words)
    assert page.evaluate("document.activeElement.selectedOptions[0].text") == words


@pytest.mark.parametrize("receiver", ROUTES)
@pytest.mark.parametrize("number", [0, 1])
def test_a_case_is_made_ready_in_the_forms_and_leaves(
    window_of, address, assessor, administrator, letter_cases, receiver, number
):
    case = letter_cases[number]
    enter_sender(window_of, address, administrator)
    page = window_of(assessor, address("admin:cases_case_change", case.pk))
    complete(page)
    if receiver == "FDA":
        answer_for_fda(page)
    page.goto(address("admin:cases_case_changelist"))
    choose_for_export(page, Case.objects.get(pk=case.pk))
    page.select_option("[name=receiver]", ROUTES[receiver])
    with page.expect_navigation():
        page.click("#export-check")
    assert "1 of 1 cases can leave" in page.locator("#export-summary").inner_text()
    with page.expect_navigation():
        page.click("#export-send")
    with page.expect_download() as download:
        page.get_by_text("Download", exact=False).first.click()
    content = download.value.path().read_bytes()
    (message,) = read(content).messages
    found = validate(message, PROFILES[receiver], header=read(content).N)
    assert [str(violation) for violation in found if violation.severity == "error"] == []
    if IS_HERE:
        assert list(validate_schema(content, load_schema(SCHEMA))) == []
    races = [race["FDA.D.11.r.1"] for race in message.D["FDA.D.11.r"]]
    assert races == (["C41260"] if receiver == "FDA" else [])
    if receiver == "FDA":
        assert message.C["C.2.r"][0]["FDA.C.2.r.2.8"] == "author@example.org"
