"""Small pieces of pages."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.models import Job
from core.staff.reader import reader_locale
from core.writing import written_amount, written_day, written_instant, written_time

NOTHING = SafeString("&ndash;")
JOB_COLOURS = {
    Job.Status.PENDING: "info",
    Job.Status.RUNNING: "warning",
    Job.Status.SUCCEEDED: "success",
    Job.Status.FAILED: "danger",
}


def amount(value: Decimal, code: str) -> str:
    """An amount with its currency, as the reader writes it."""
    return written_amount(value, code, locale=reader_locale())


def written(value: date | datetime | time) -> str:
    """A day, a time or an instant, as the reader writes it; instants in the zone of the portal."""
    locale = reader_locale()
    if isinstance(value, datetime):
        return written_instant(value, zone=timezone.get_current_timezone(), locale=locale)
    if isinstance(value, date):
        return written_day(value, locale=locale)
    return written_time(value, locale=locale)


def progress_bar(percent: int) -> SafeString:
    """A bar, and its figure for those who do not see it."""
    return format_html(
        '<div class="flex items-center gap-2"><div class="bg-base-200 dark:bg-base-700 h-1.5 overflow-hidden'
        ' rounded-default w-24"><div class="bg-primary-600 h-1.5" style="width: {}%"></div></div>{}%</div>',
        percent,
        percent,
    )


def readable_json(value: object) -> SafeString:
    """JSON on several lines; nothing for an empty value."""
    if not value:
        return NOTHING
    text = json.dumps(value, indent=2, ensure_ascii=False, sort_keys=True)
    return format_html(
        '<pre class="font-mono max-h-96 overflow-auto text-xs whitespace-pre-wrap">{}</pre>', text
    )


def lines(rows: Iterable[Sequence[object]]) -> SafeString:
    """A two-column table of names and values; nothing for no rows."""
    shown = format_html_join(
        "",
        '<tr><th class="align-top font-medium pr-4 py-0.5 text-left whitespace-nowrap">{}</th><td>{}</td></tr>',
        ((row[0], row[1]) for row in rows),
    )
    return format_html('<table class="text-sm">{}</table>', shown) if shown else NOTHING


def links(addresses: Iterable[tuple[str, str]]) -> SafeString:
    """Links in a row; nothing for none."""
    shown = format_html_join(
        " · ", '<a class="text-primary-600 dark:text-primary-500" href="{}">{}</a>', addresses
    )
    return shown or NOTHING
