"""The portal's sidebar: every app's tables under its headings."""

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import TypedDict

from django.http import HttpRequest
from django.urls import reverse

from core import hooks
from core.hooks import Section, StaffPage


class Link(TypedDict, total=False):
    title: str
    icon: str
    link: str
    permission: Callable[[HttpRequest], bool]


class Heading(TypedDict, total=False):
    title: str
    separator: bool
    items: list[Link]


def navigation(_request: HttpRequest) -> list[Heading]:
    """The overview, and below it the headings by their position; a page is shown to those who may view its table."""
    pages = [page for app in hooks.joined() for page in app.staff_pages]
    sections = sorted({page.section for page in pages}, key=attrgetter("position"))
    overview: Heading = {
        "items": [{"title": "Overview", "icon": "monitoring", "link": reverse("admin:index")}]
    }
    return [overview, *(_heading(section, pages) for section in sections)]


def _heading(section: Section, pages: Iterable[StaffPage]) -> Heading:
    return {
        "title": section.title,
        "separator": True,
        "items": [_link(page) for page in pages if page.section == section],
    }


def _link(page: StaffPage) -> Link:
    app_label, name = page.model.split(".")
    return {
        "title": page.title,
        "icon": page.icon,
        "link": reverse(f"admin:{app_label}_{name}_changelist"),
        "permission": lambda request: request.user.has_perm(f"{app_label}.view_{name}"),
    }
