"""Opening pages and saving a case by the admin form, beside reading its rows and one amendment."""

from bench.scratch import percentiles, registry

ROUNDS = 40


def main() -> None:
    with registry(1000):
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
    for name, (middle, high), (beside, _) in (
        ("open the case page / read its rows", opening, reading),
        ("open the list / read one case", listing, reading),
        ("open the admin form / read its rows", form, reading),
        ("save the form, open included / amend", saving, service),
    ):
        figures = f"{middle:7.1f} ms, p95 {high:7.1f} ms   / {beside:6.1f} ms"
        print(f"{name:<38} {figures}   ratio {middle / beside:5.1f}")


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
