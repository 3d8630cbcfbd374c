"""Ask for every address as somebody, and look through all that comes back."""

import base64
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import product
from typing import Any
from urllib.parse import urlencode

import pyarrow.parquet as pq
from django.contrib import admin
from django.test import Client

from research.case_list import SORTS
from research.filters import CaseFilter
from research.pages.filters import COLUMNS
from research.table_files import FORMATS
from tests.canary.addresses import Address, addresses
from tests.canary.case import WORD, Canary
from web.entry.readings import READERS
from web.entry.suggestions import COLUMNS as SUGGESTED

MONTHS = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\\.?"
YEAR = "19[345]\\d"
# A day or month of the years of the canary, in any spelling.
DATE = re.compile(
    rf"\b{YEAR}-\d\d(?:-\d\d)?|\b\d{{1,2}}\.? {MONTHS},? {YEAR}\b|\b{MONTHS} (?:\d{{1,2}}, )?{YEAR}\b"
    rf"|\b\d{{1,2}}[./]\d{{1,2}}[./]{YEAR}\b|\b{YEAR}[01]\d[0-3]\d(?:\d{{4,6}})?\b"
)
# No size of a file and no share: those are any number. In CSV, a comma stands between two numbers.
EXACT_AGE = re.compile(r"\b97\.5(?:3\d*)?\b(?!\s*(?:bytes|[KM]B|%))|\b97 (?:years|a)\b")
# What looks like a day or an age by chance and holds neither: UUIDs (in one of 3,400 the second and third
# group are a year and a month), and where something is drawn.
BY_CHANCE = re.compile(
    r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b"
    r'|(?<=\s)(?:[xy][12]?|c[xy]|r|d|points|width|height|transform|viewBox|style)="[-\w .,:;%()]*"',
    re.IGNORECASE,
)
IN_ADDRESS = re.compile(r"[?&;]\w+=([\w%-]{12,})")
LINK = re.compile(r'href="([^"]*[?&][^"]*)"')
PAGES_TO_FOLLOW = ("older_than=", "newer_than=", "cursor=")
# Verbs that need no body; POST is sent an empty one.
VERBS = ("get", "head", "options", "post", "put", "patch", "delete")


@dataclass
class Walk:
    """All answers that somebody got, looked through. `found`: words and days by the name of the address."""

    canary: Canary
    client: Client
    headers: dict[str, str] = field(default_factory=dict)
    found: dict[str, set[str]] = field(default_factory=dict)
    statuses: dict[str, set[int]] = field(default_factory=dict)

    def ask(self, address: Address, verb: str = "get", data: Any = None, query: str = "") -> Any:
        path = f"{address.path}?{query}" if query else address.path
        answer = getattr(self.client, verb)(path, data, headers=self.headers)
        content = read_out(answer)
        self.statuses.setdefault(address.name, set()).add(answer.status_code)
        assert answer.status_code < 500, f"{verb} {path}"
        found = set(self._recognised(answer, content)) - set(recognised(self.canary, path))  # an echo
        if found:
            self.found.setdefault(address.name, set()).update(found)
        return answer, content

    def _recognised(self, answer: Any, content: bytes) -> Iterator[str]:
        headers = " ".join(f"{name}: {value}" for name, value in answer.items()) + str(answer.cookies)
        for text in (headers, *opened(content)):
            yield from recognised(self.canary, text)

    @property
    def everything(self) -> set[str]:
        return set().union(*self.found.values())


def recognised(canary: Canary, text: str) -> Iterator[str]:
    """The columns of the canary of which a text says something."""
    for word in WORD.findall(text):
        yield canary.words.get(f"zq{word}kw", f"zq{word}kw")
    text = BY_CHANCE.sub(" ", text)
    for day in DATE.findall(text):
        yield _column_of(canary, day)
    if EXACT_AGE.search(text):
        yield "Patient.age"


def _column_of(canary: Canary, day: str) -> str:
    columns = {**canary.days, **canary.times}
    if day[:10] in columns:
        return columns[day[:10]]
    for spelling in ("%d %b %Y", "%d %B %Y", "%Y%m%d"):
        try:
            return columns.get(
                datetime.strptime(day[:8] if spelling == "%Y%m%d" else day, spelling).date().isoformat(), day
            )
        except ValueError:
            continue
    return day


def read_out(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def opened(content: bytes) -> Iterator[str]:
    """The texts in an answer: archives are opened, tables read, and values in addresses decoded."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield " ".join(archive.namelist())
            for name in archive.namelist():
                yield from opened(archive.read(name))
    elif content.startswith(b"PAR1"):
        yield str(pq.read_table(io.BytesIO(content)).to_pydict())
    else:
        text = content.decode("utf-8", "replace")
        yield text
        yield from map(_decoded, IN_ADDRESS.findall(text))


def _decoded(text: str) -> str:
    """What a value in an address says to whoever decodes it."""
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("utf-8", "replace")
    except ValueError:
        return ""


def walk(
    canary: Canary, client: Client, headers: dict[str, str], *, thoroughly: bool = False, rows: int = 0
) -> Walk:
    """Ask for everything once; with every verb and query where `thoroughly`. `rows`: of each table."""
    visit = Walk(canary, client, headers)
    numbers = [canary.case.number, *numbers_known(visit)]
    for address in addresses(numbers, rows=rows or (3 if thoroughly else 1)):
        for verb in VERBS if thoroughly else VERBS[:1]:
            if not _ends_session(address, verb):
                visit.ask(address, verb)
        for query in _queries(address, thoroughly=thoroughly):
            _follow(visit, address, query)
    _download(visit)
    return visit


def _ends_session(address: Address, verb: str) -> bool:
    return verb == "post" and address.name.endswith("logout")


def numbers_known(visit: Walk) -> list[str]:
    """The numbers under which the cases of the list are known to somebody, who may know them by others."""
    answer, content = visit.ask(Address("api-cases", "/api/v1/cases/"))
    if answer.status_code != 200:
        return []
    numbers = [case["number"] for case in json.loads(content)["cases"]]
    return [number for number in numbers if number != visit.canary.case.number]


def _follow(visit: Walk, address: Address, query: str) -> None:
    """Ask with a query, and for the pages beside."""
    _, content = visit.ask(address, query=query)
    for link in LINK.findall(content.decode("utf-8", "replace")):
        if any(name in link for name in PAGES_TO_FOLLOW):
            visit.ask(address, query=link.partition("?")[2].replace("&amp;", "&"))


def _queries(address: Address, *, thoroughly: bool) -> Iterator[str]:
    """Queries of an address that show more of it, or an error."""
    wrong = urlencode(dict.fromkeys(CaseFilter.all_filters(), "no such value"))
    if address.name in ("api-cases", "api-bulk"):
        yield from ("limit=1", wrong, "updated_since=1940-01-01", "cursor=wrong", "nonsense=1")
    if address.name == "case-list":
        columns = ",".join(column.key for column in COLUMNS)
        yield from (f"columns={columns}&sort={sort}" for sort in (SORTS if thoroughly else ["newest"]))
        yield from (wrong, "older_than=wrong", "beside=state=draft&count=exact", "nonsense=1")
    if address.name == "compare":
        yield from ("a=state=draft&b=sex=1", urlencode({"a": wrong, "b": wrong}))
    if address.name.endswith("_changelist"):
        yield from ("q=a", "o=1.-2", "all=", "nonsense=1", "_popup=1")
    if address.name == "admin:cases_case_change":
        yield "tab=all"
    if address.name == "admin:case-suggestions":
        yield from (urlencode({"column": column, "q": "zq"}) for column in SUGGESTED)
    if address.name == "admin:case-reading":
        yield from (f"of={reader}" for reader in READERS)
    if address.name == "admin:search":
        yield from ("s=zq&extended=1", "s=zq")
    if address.name == "admin:autocomplete":
        yield from _autocompletes()


def _autocompletes() -> Iterator[str]:
    """Every foreign key of every admin, as a form asks for its choices."""
    for model in admin.site._registry:
        for column in model._meta.get_fields():
            if column.is_relation and column.concrete:
                yield urlencode(
                    {
                        "app_label": model._meta.app_label,
                        "model_name": model._meta.model_name,
                        "field_name": column.name,
                        "term": "",
                    }
                )


def _download(visit: Walk) -> None:
    """Order every download, de-identified and not, and fetch its file."""
    for format_, identified in product(FORMATS, ("yes", "no")):
        answer, _ = visit.ask(
            Address("download", "/download/"), "post", {"format": format_, "identified": identified}
        )
        location = answer.headers.get("Location", "")
        if location.startswith("/download/"):
            visit.ask(Address("download-file", location))
