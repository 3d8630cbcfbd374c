"""Fetching whole cases by the API, beside the same JSON made by PostgreSQL alone, in turns."""

import json
import statistics
import time
from datetime import timedelta

from bench.scratch import registry

CASES, PAGE, ROUNDS = 2000, 500, 5


def main() -> None:
    with registry(CASES):
        from django.conf import settings
        from django.db import connection
        from django.test import Client
        from django.utils import timezone

        settings.ALLOWED_HOSTS += ["testserver"]
        settings.API_REQUESTS_PER_MINUTE = 10**6
        settings.K_ANONYMITY_FLOOR = 1  # made-up cases are never alike; that is still found out
        from accounts.api_tokens import issue
        from accounts.models import User
        from assessments import case_json
        from registry import demo

        user = demo.user("bench", "bench")
        User.objects.filter(pk=user.pk).update(role="administrator")
        user = User.objects.get(pk=user.pk)
        tomorrow = timezone.now() + timedelta(days=1)
        secrets = {
            view: issue(user, f"bench {view}", scopes, tomorrow, by=user)[1]
            for view, scopes in (
                ("as recorded", ["read", "full", "export"]),
                ("de-identified", ["read", "export"]),
            )
        }
        client = Client()

        def by_api(view: str, **headers: str) -> tuple[int, int]:
            headers |= {"Authorization": f"Bearer {secrets[view]}"}
            address, cases, size = f"/api/v1/bulk/cases/?limit={PAGE}", 0, 0
            while address:
                response = client.get(address, headers=headers)
                assert response.status_code == 200, response.content
                size += len(response.content)
                if "Accept-Encoding" in headers:
                    return PAGE, size
                page = json.loads(response.content)
                cases += len(page["cases"])
                address = (page["next"] or "").partition("testserver")[2]
            return cases, size

        def by_api_unread(view: str = "as recorded") -> tuple[int, int]:
            """Every page; of its JSON only the head is parsed, as the rival parses nothing."""
            headers = {"Authorization": f"Bearer {secrets[view]}"}
            address, pages, size = f"/api/v1/bulk/cases/?limit={PAGE}", 0, 0
            while address:
                content = client.get(address, headers=headers).content
                size, pages = size + len(content), pages + 1
                head = json.loads(content[: content.index(b',"cases":')] + b"}")
                address = (head["next"] or "").partition("testserver")[2]
            return pages * PAGE, size

        def by_database() -> tuple[int, int]:
            """The statement alone: PostgreSQL builds the JSON, and psycopg2 returns it as text."""
            size, after = 0, 0
            with connection.cursor() as cursor:
                while True:
                    cursor.execute(
                        "SELECT array_agg(id) FROM "
                        "(SELECT id FROM cases_case WHERE id > %s ORDER BY id LIMIT %s) c",
                        [after, PAGE],
                    )
                    (ids,) = cursor.fetchone()
                    if not ids:
                        return CASES, size
                    size += sum(len(text) for text in case_json.whole(ids).values())
                    after = ids[-1]

        works = {
            "masked": lambda: by_api_unread("de-identified"),
            "api": by_api_unread,
            "database": by_database,
        }
        making = timed(works["masked"])
        rates = {name: [] for name in works}
        size = 0
        for _ in range(ROUNDS):
            for name, work in works.items():
                began = time.perf_counter()
                count, size = work()
                rates[name].append(count / (time.perf_counter() - began))
        masked, api, database = (statistics.median(rates[name]) for name in works)
        packed = timed(lambda: by_api("as recorded", **{"Accept-Encoding": "gzip"}))
        now = timezone.now().isoformat().replace("+", "%2B")
        headers = {"Authorization": f"Bearer {secrets['as recorded']}"}
        nothing_new = timed(
            lambda: (1, len(client.get(f"/api/v1/bulk/cases/?updated_since={now}", headers=headers).content))
        )
    print(f"whole cases by the API        {api:8.0f} cases/s, {size / CASES / 1000:.1f} kB a case")
    print(f"the same by PostgreSQL        {database:8.0f} cases/s   ratio {api / database:.2f} (goal 0.70)")
    print(f"de-identified, stored         {masked:8.0f} cases/s   ratio {masked / database:.2f} (goal 0.50)")
    print(f"de-identified, made anew      {making:8.0f} cases/s   ratio {making / database:.2f}")
    print(f"compressed, one page          {packed:8.0f} cases/s   ratio {packed / database:.2f}")
    print(f"nothing changed since         {1000 / nothing_new:8.1f} ms")


def timed(work) -> float:
    """Cases a second; `work` returns how many cases it has read, and their size."""
    began = time.perf_counter()
    count, _ = work()
    return count / (time.perf_counter() - began)


if __name__ == "__main__":
    main()
