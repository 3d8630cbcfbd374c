"""The frame around pages and admin, for their templates: side bar, where one is, the menu of the user."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest

from accounts.models import User
from web.start.navigation import Entry, Link, Section, current_entry, links, sections_for
from web.start.waiting import urgent


class Frame:
    """Read when a template asks for it, so that what has no frame costs nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def user(self) -> User | None:
        user = getattr(self.request, "user", None)
        return user if isinstance(user, User) else None

    @cached_property
    def _sections(self) -> list[Section]:
        return list(sections_for(self.user)) if self.user else []

    @cached_property
    def entry(self) -> Entry | None:
        """The entry of the side bar that is open."""
        match = self.request.resolver_match
        return current_entry(self._sections, match.view_name) if match else None

    @cached_property
    def section(self) -> Link | None:
        """The section that is open."""
        return next((link for link in self.links if link.is_current), None)

    @cached_property
    def links(self) -> list[Link]:
        """The side bar. One query for those for whom something may wait."""
        counts = urgent(self.user) if self.user else {}
        return links(self._sections, self.entry, counts)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor."""
    return {"frame": Frame(request)}
