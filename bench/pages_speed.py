"""Opening pages and saving a case by the admin form, beside reading its rows and one amendment.

Then the form of the larger case of the letter, and of one with many rows, beside its goals: milliseconds of
server time, kilobytes of the page as it is and compressed.
"""

import argparse
import gzip
import time
from functools import partial

from bench.scratch import percentiles, registry

ROUNDS = 40
LARGER, LARGEST, RESULTS = "LETTER-P2", "BENCH-500", 500
GOALS = {"open": 150, "open another tab": 150, "save": 300, "kB": 300, "kB compressed": 40}
TAB = "tab-patient"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1000, help="100000 for the goals of the form")
    with registry(parser.parse_args().cases):
        from django.conf import settings
        from django.test import Client

        settings.ALLOWED_HOSTS += ["testserver"]
        from accounts.models import User
        from cases.amendment import amend
        from cases.models import Case, Patient
        from cases.record.case_record import SOURCES
        from registry import demo

        demo.load_cases(demo.user("bench", "bench"))
        user = User.objects.get(username="bench")
        case = Case.objects.get(number="LETTER-P1")
        client = Client()
        client.force_login(user)

        def amended(number: int) -> None:
            with amend(Case.objects.get(pk=case.pk), by=user, reason="bench") as amendment:
                amendment.change(Patient.objects.get(case=case), history_text=f"bench {number}")

        def read_rows(_: int) -> None:
            for model in SOURCES:
                list(model.objects.filter(case_id__in=[case.pk]))

        reading = percentiles(read_rows, ROUNDS)
        opening = percentiles(lambda _: fetched(client, f"/cases/{case.number}/"), ROUNDS)
        listing = percentiles(lambda _: fetched(client, "/cases/"), ROUNDS)
        form = percentiles(lambda _: fetched(client, f"/admin/cases/case/{case.pk}/change/"), ROUNDS)
        service = percentiles(amended, ROUNDS)
        saving = percentiles(lambda number: saved(client, case.pk, number), ROUNDS)
        open_largest(user)
        forms = {number: form_figures(client, number) for number in (LARGER, LARGEST)}
    for name, (middle, high), (beside, _) in (
        ("open the case page / read its rows", opening, reading),
        ("open the list / read one case", listing, reading),
        ("open the admin form / read its rows", form, reading),
        ("save the form, open included / amend", saving, service),
    ):
        figures = f"{middle:7.1f} ms, p95 {high:7.1f} ms   / {beside:6.1f} ms"
        print(f"{name:<38} {figures}   ratio {middle / beside:5.1f}")
    for number, measured in forms.items():
        for name, figure in measured.items():
            verdict = "met" if figure <= GOALS[name] else "not met"
            print(f"{f'form of {number}: {name}':<38} {figure:7.1f}   goal {GOALS[name]}: {verdict}")


def open_largest(user) -> None:
    """A case with many laboratory results, unless there is one."""
    from cases.models import Case, Examination
    from cases.opening import opening

    if Case.objects.filter(number=LARGEST).exists():
        return
    with opening(by=user, reason="bench", number=LARGEST, organisation=user.organisation) as amendment:
        for number in range(1, RESULTS + 1):
            values = {"name": "ALT", "test": "alt", "value": number, "unit": "U/L", "position": number}
            amendment.add(Examination(kind="laboratory", **values))


def form_figures(client, number: str) -> dict[str, float]:
    """Medians of opening the form of a case and a tab of it, and of saving a word; the size of the page."""
    from cases.models import Case
    from tests.web.entry.posting import CHANGE

    url = CHANGE.format(Case.objects.get(number=number).pk)
    page = fetched(client, url)
    return {
        "kB": len(page) / 1000,
        "kB compressed": len(gzip.compress(page, 6)) / 1000,
        "open": percentiles(lambda _: fetched(client, url), ROUNDS)[0],
        "open another tab": percentiles(lambda _: fetched(client, f"{url}?part={TAB}"), ROUNDS)[0],
        "save": sorted(map(partial(save_in_tab, client, url), range(ROUNDS)))[ROUNDS // 2],
    }


def save_in_tab(client, url: str, number: int) -> float:
    """Change a word in a tab; the milliseconds of the save alone."""
    from tests.web.entry.posting import Page

    page = Page(client, url, tab=TAB).set(reason="bench")
    page.fill("patient-0", history_text=f"bench words {number}")
    began = time.perf_counter()
    status = page.post().status_code
    assert status == 302, f"The form was not saved: {status}"
    return 1000 * (time.perf_counter() - began)


def fetched(client, url: str) -> bytes:
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return response.content


def saved(client, case: int, number: int) -> None:
    """Open the form, change one word, and save it, as a browser would."""
    from tests.web.entry.posting import CHANGE, Page

    page = Page(client, CHANGE.format(case))
    name = next(box for box in page.data if box.endswith("-history_text"))
    response = page.set(**{name: f"words {number}", "reason": "bench"}).post()
    status = getattr(getattr(response, "response", response), "status_code", None)
    assert status == 302, f"The form was not saved: {status}"


if __name__ == "__main__":
    main()
