"""What stands in the side bar of pages and admin: one table, and for whom each entry is."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from accounts.roles import Permission
from web.start.waiting import URGENT


def _reads(user: User) -> bool:
    return user.may(Permission.VIEW_CASES)


def _enters(user: User) -> bool:
    return user.is_staff and user.may(Permission.AMEND_CASES)


def _works_in_admin(user: User) -> bool:
    return user.is_staff


def _manages(user: User) -> bool:
    return user.is_staff and user.may(Permission.MANAGE_USERS)


@dataclass(frozen=True)
class Entry:
    """A place in the registry.

    `view`: the name of its address. `pages`: how the names of the pages begin that belong to it too. `waits`:
    the kinds of work (`web.start.waiting`) that it counts; a section counts those of its entries.
    """

    title: str
    view: str
    pages: tuple[str, ...] = ()
    waits: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """A task, for those who do it. It opens its first entry; the others show while one of them is open."""

    title: str
    is_for: Callable[[User], bool]
    entries: tuple[Entry, ...]


def _model(name: str) -> str:
    return f"admin:{name}_changelist"


def _pages(*models: str) -> tuple[str, ...]:
    return tuple(f"admin:{model}_" for model in models)


NAVIGATION = (
    Section("New case", _enters, (Entry("New case", "admin:cases_case_add"),)),
    Section("Work", _enters, (Entry("Work", "start", waits=URGENT),)),
    Section(
        "Cases",
        _enters,
        (
            Entry(
                "Cases",
                _model("cases_case"),
                (
                    *_pages("cases_case", "cases_caseevent", "assessments_assessment"),
                    *_pages("assessments_revieweranswer"),
                    "case-",
                    "admin:case",
                ),
            ),
        ),
    ),
    Section(
        "Receive",
        _enters,
        (
            Entry(
                "Received messages",
                _model("exchange_receivedmessage"),
                (*_pages("exchange_receivedmessage"), "admin:exchange-aside", "admin:exchange-decide"),
                ("decisions", "messages"),
            ),
            Entry("Receive a file", "admin:exchange-upload", ("admin:exchange-import",)),
            Entry("Receipts", _model("exchange_receipt"), _pages("exchange_receipt")),
            Entry("Files in and out", _model("exchange_batch"), _pages("exchange_batch")),
        ),
    ),
    Section(
        "Send",
        _enters,
        (
            Entry(
                "Submissions",
                _model("exchange_submission"),
                (*_pages("exchange_submission"), "admin:exchange-again"),
                ("rejected",),
            ),
            Entry(
                "Acknowledgements",
                _model("exchange_acknowledgement"),
                (*_pages("exchange_acknowledgement"), "admin:exchange-acknowledgement"),
            ),
            Entry(
                "Answers to messages",
                _model("exchange_answer"),
                (*_pages("exchange_answer"), "admin:exchange-match"),
                ("unmatched",),
            ),
        ),
    ),
    Section(
        "Research",
        _reads,
        (
            Entry("Search", "case-list", ("case-", "download")),
            Entry("Compare", "compare"),
            Entry("Large downloads", "prepared-downloads"),
        ),
    ),
    Section(
        "Dictionaries",
        _works_in_admin,
        (Entry("Drugs", _model("cases_drug"), _pages("cases_drug")),),
    ),
    Section(
        "Administration",
        _manages,
        (
            Entry("Users", _model("accounts_user"), (*_pages("accounts_user"), "admin:auth_user")),
            Entry("Organisations", _model("accounts_organisation"), _pages("accounts_organisation")),
            Entry(
                "Roles to confirm",
                _model("accounts_rolerequest"),
                _pages("accounts_rolerequest"),
                ("roles",),
            ),
            Entry("API tokens", _model("accounts_apitoken"), _pages("accounts_apitoken")),
            Entry("Access log", _model("accounts_accessevent"), _pages("accounts_accessevent")),
            Entry(
                "Downloads to allow",
                _model("research_downloadrequest"),
                _pages("research_downloadrequest"),
                ("downloads",),
            ),
            Entry("Changes of users", _model("accounts_userhistory"), _pages("accounts_userhistory")),
            Entry(
                "Changes of organisations",
                _model("accounts_organisationhistory"),
                _pages("accounts_organisationhistory"),
            ),
            Entry(
                "Changes of tokens", _model("accounts_apitokenhistory"), _pages("accounts_apitokenhistory")
            ),
            Entry("Sender", _model("exchange_senderdetails"), _pages("exchange_senderdetails")),
            Entry("Receivers", _model("exchange_receiversettings"), _pages("exchange_receiversettings")),
        ),
    ),
)


@dataclass(frozen=True)
class Link:
    """An entry or section as it is shown. `count`: how much waits there."""

    title: str
    address: str
    count: int
    is_current: bool
    below: tuple["Link", ...] = ()


def sections_for(user: User) -> Iterator[Section]:
    """The sections of the tasks that a user does."""
    return (section for section in NAVIGATION if section.is_for(user))


def current_entry(sections: Iterable[Section], view: str) -> Entry | None:
    """The entry to which the page of this name belongs: the one that names it most closely."""
    best, closest = None, 0
    for section in sections:
        for entry in section.entries:
            closeness = _closeness(entry, view)
            if closeness > closest:
                best, closest = entry, closeness
    return best


def _closeness(entry: Entry, view: str) -> int:
    if view == entry.view:
        return len(view) + 1
    return max((len(start) for start in entry.pages if view.startswith(start)), default=0)


def links(sections: Iterable[Section], current: Entry | None, counts: Mapping[str, int]) -> list[Link]:
    """The side bar: each section with what waits in it; the entries of the current one below it."""
    return [_section_link(section, current, counts) for section in sections]


def _section_link(section: Section, current: Entry | None, counts: Mapping[str, int]) -> Link:
    shown = tuple(
        Link(
            entry.title,
            reverse(entry.view),
            sum(counts.get(key, 0) for key in entry.waits),
            is_current=entry is current,
        )
        for entry in section.entries
    )
    is_open = any(link.is_current for link in shown)
    below = shown if is_open and len(shown) > 1 else ()
    waiting = sum(link.count for link in shown)
    return Link(section.title, shown[0].address, waiting, is_current=is_open, below=below)
