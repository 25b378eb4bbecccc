"""Feeds of changes, followed as a client follows them.

A feed tells only of what has been committed, so a test of one may not happen in one transaction.
"""

import time
from typing import Any

from rest_framework.test import APIClient

from core.changes import _horizon
from core.models import AuditEntry

Page = dict[str, Any]


def wait_for_neighbours() -> None:
    """Transactions of other databases of the same server hold the feed up as well: other tests, at that."""
    for _ in range(1200):
        if not AuditEntry.objects.filter(xid__gte=_horizon()).exists():
            return
        time.sleep(0.05)


def follow(
    client: APIClient, path: str, since: str | None = None, *, patient: bool = True, **query: Any
) -> Page:
    """What has become of a person's rows of one kind since a token."""
    if patient:
        wait_for_neighbours()
    answer = client.get(f"{path}/changes", query if since is None else query | {"since": since})
    assert answer.status_code == 200, answer.json()
    page: Page = answer.json()
    return page


def ids(page: Page) -> dict[str, list[str]]:
    """The ids of a page by what became of them, without the empty lists."""
    found = {name: sorted(row["id"] for row in page[name]) for name in ("created", "updated", "deleted")}
    return {name: some for name, some in found.items() if some}
