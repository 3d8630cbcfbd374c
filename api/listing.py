"""Views of many cases, page after page: a line for each case, or whole cases in bulk."""

import json
from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.gzip import gzip_page
from drf_spectacular.utils import OpenApiExample

from api import changed_cases, parameters
from api.access import EXPORT, READ, ApiView, Need, sees_identities
from api.parameters import Cursor
from api.problems import Problem
from api.representations import digest_of, json_response
from api.schema import IF_NONE_MATCH, PAGING, describe, filter_parameters
from assessments import case_json
from cases.export_log import log_export
from cases.models import Case
from cases.models.export_log import ExportFormat
from cases.models.summary import number_of, pseudonym_of
from cases.unreadable import named, read_each
from cases.visibility import visible_to
from research import deidentified_json, masked_documents
from research.anonymity import Anonymity, DownloadRefused
from research.download_requests import address_to_ask, checked_page
from research.filters import WITHHELD, CaseFilter
from research.filters.switches import INCLUDE
from research.keyset import OLDEST_FIRST, Position, keyset_page

PAGING_PARAMETERS = ("cursor", "limit", "updated_since")
EXAMPLE_PAGE = OpenApiExample(
    "One case of two",
    {
        "as_of": "2026-11-22T08:30:00+00:00",
        "next": "https://registry.example.org/api/v1/cases/?limit=1&cursor=NyAyMDI2LTExLTIyVDA4OjMwOjAw",
        "left_out": {"outdated": 0, "undetermined": 0, "nullified": 0},
        "unreadable": [],
        "cases": [
            {
                "uuid": "9b0e7c55-6ec0-4a34-8d5b-6cf5ac3ad2ba",
                "number": "LETTER-P1",
                "state": "draft",
                "is_synthetic": False,
                "first_received": None,
                "latest_information": None,
                "updated": "2026-11-21T14:02:11.120000+00:00",
                "suspects": ["canakinumab"],
                "latency": {
                    "days_from_first_dose_low": "66", "days_from_first_dose_high": "72",
                    "days_from_last_dose_low": "10", "days_from_last_dose_high": "10",
                    "half_lives_from_first_dose_low": "2.75", "half_lives_from_first_dose_high": "3",
                    "half_lives_from_last_dose_low": "0.416667", "half_lives_from_last_dose_high": "0.416667",
                    "present_at_onset": "yes",
                },
                "score": {
                    "is_current": True, "category": "probable", "total": 5, "origin": "reported",
                    "is_settled": False, "computed_total": 3, "computed_category": "possible",
                    "low": -1, "high": 7, "lowest_category": "no_case", "highest_category": "definite",
                    "adjudicated_low": None, "adjudicated_high": None,
                    "adjudicated_lowest_category": None, "adjudicated_highest_category": None,
                    "provisional": False, "answers_due": 0, "rule_version": "regiscar-1",
                },
            }
        ],
    },
    response_only=True,
    status_codes=["200"],
)  # fmt: skip
Read = Callable[[Iterable[int]], dict[int, str]]


@method_decorator(gzip_page, name="dispatch")
class CasePages(ApiView):
    """Pages of the cases that match the filters of the address, in the order in which they were opened; in
    that of their pseudonyms for readers without identities, who don't learn that order.
    """

    DEFAULT_LIMIT, MAX_LIMIT = 100, 1000
    as_recorded: ClassVar[Read]
    deidentified: ClassVar[Read]

    def get(self, request: Any) -> HttpResponse:
        filters = filters_of(request, PAGING_PARAMETERS)
        since = parameters.moment(request, "updated_since")
        limit = parameters.whole_number(request, "limit", self.DEFAULT_LIMIT, self.MAX_LIMIT)
        text = request.query_params.get("cursor")
        cursor = Cursor(0, changed_cases.as_of()) if text is None else Cursor.parse(text)
        cases = filters.qs if since is None else changed_cases.changed_since(filters.qs, since)
        identities = sees_identities(request)
        ids, following = _page_of(cases, cursor.after, limit, identities=identities)
        anonymity = self.anonymity(request, filters)
        read = type(self).as_recorded if identities else type(self).deidentified
        readings, problems = read_each(ids, read)
        rows = [readings[pk] for pk in ids if pk in readings]
        head = {
            "next": following and parameters.next_address(request, Cursor(following, cursor.as_of)),
            "left_out": _left_out(filters, is_first=text is None),
            "unreadable": named(problems, identities=identities),
        }
        if anonymity is not None:
            head["anonymity"] = anonymity.as_json()
        times = {"as_of": cursor.as_of.isoformat()}
        # The time of reading, and the cursors that hold it, are no news.
        digest = digest_of([json.dumps({**head, "next": bool(following)}), *rows])
        response = json_response(request, _page({**times, **head}, rows), digest=digest)
        if response.status_code == HTTPStatus.OK:
            self.log_export(request, len(rows), anonymity)
        return response

    def anonymity(self, request: Any, filters: CaseFilter) -> Anonymity | None:
        """Nothing: a list is no download. Bulk reading is."""

    def log_export(self, request: Any, cases: int, anonymity: Anonymity | None) -> None:
        """Nothing: looking at a list is no export. Bulk reading is."""


class CaseList(CasePages):
    """A line for each case."""

    needs: ClassVar[dict[str, Need]] = {"GET": READ}
    as_recorded, deidentified = case_json.light, deidentified_json.light

    @describe(
        "List cases",
        "CasePage",
        parameters=[*PAGING, IF_NONE_MATCH, *filter_parameters()],
        examples=[EXAMPLE_PAGE],
    )
    def get(self, request: Any) -> HttpResponse:
        return super().get(request)


class CaseBulk(CasePages):
    """Whole cases; logged as an export, and refused where de-identified ones are too few alike."""

    needs: ClassVar[dict[str, Need]] = {"GET": EXPORT}
    as_recorded, deidentified = case_json.whole, masked_documents.whole

    def anonymity(self, request: Any, filters: CaseFilter) -> Anonymity | None:
        """Of all cases that the filters find, whatever the page: a cursor fits other filters too."""
        if sees_identities(request):
            return None
        try:
            return checked_page(filters, request.user, is_first="cursor" not in request.query_params)
        except DownloadRefused as error:
            page = request.build_absolute_uri(address_to_ask(filters))
            raise Problem(HTTPStatus.FORBIDDEN, f"{error} Log in at {page}", ask=page) from None

    def log_export(self, request: Any, cases: int, anonymity: Anonymity | None) -> None:
        log_export(
            ExportFormat.JSON,
            by=request.user,
            cases=cases,
            address=request.get_full_path(),
            is_deidentified=not sees_identities(request),
            **(anonymity.for_log() if anonymity else {}),
        )

    @describe("Fetch whole cases", "CaseBulk", parameters=[*PAGING, IF_NONE_MATCH, *filter_parameters()])
    def get(self, request: Any) -> HttpResponse:
        return super().get(request)


def _page_of(
    cases: QuerySet[Case], after: int, limit: int, *, identities: bool
) -> tuple[list[int], int | None]:
    """The keys of a page of cases, and where the next one begins after; None for the last page."""
    if identities:
        ids, has_more = keyset_page(cases.values_list("pk", flat=True), OLDEST_FIRST, limit, Position(after))
        return ids, ids[-1] if has_more else None
    beyond = cases.filter(summary__pseudonym__gt=pseudonym_of(after)).order_by("summary__pseudonym")
    rows = list(beyond.values_list("pk", "summary__pseudonym")[: limit + 1])
    return [pk for pk, _ in rows[:limit]], number_of(rows[limit - 1][1]) if len(rows) > limit else None


def filters_of(request: Any, beside: Iterable[str] = ()) -> CaseFilter:
    """The filters in the address. `beside`: names of other parameters. Raises Problem."""
    parameters.check_names(request, {*CaseFilter.all_filters(), *beside})
    data = request.query_params.copy()
    if "updated_since" in data:
        # Who keeps a copy has to learn that a case was nullified.
        data.setdefault("nullified", INCLUDE)
    filters = CaseFilter(data, queryset=visible_to(request.user), identities=sees_identities(request))
    if errors := [*_withheld(filters), *_invalid(filters)]:
        raise parameters.invalid(errors)
    return filters


def _withheld(filters: CaseFilter) -> Iterator[dict[str, str]]:
    """What is asked for and would show what this reader isn't shown."""
    known = filters.all_filters()
    for name in filters.data:
        if name in known and name not in filters.filters:
            yield {"path": name, "detail": WITHHELD.format(known[name].label)}
    if not filters.identities and "updated_since" in filters.data:
        yield {"path": "updated_since", "detail": WITHHELD.format("updated_since")}


def _invalid(filters: CaseFilter) -> Iterator[dict[str, str]]:
    for name, messages in filters.errors.items():
        for message in messages:
            yield {"path": name, "detail": str(message)}


def _left_out(filters: CaseFilter, *, is_first: bool) -> dict[str, int] | None:
    """How many cases aren't in the answer: outdated scores, values that the report leaves open, nullified."""
    if not is_first:
        return None
    return {
        "outdated": changed_cases.outdated(filters.all_cases) if filters.needs_current_score else 0,
        "undetermined": filters.undetermined().count() if filters.has_ranges else 0,
        "nullified": filters.nullified_left_out().count(),
    }


def _page(head: dict[str, Any], rows: Iterable[str]) -> str:
    return f'{json.dumps(head)[:-1]},"cases":[{",".join(rows)}]}}'
