"""Keep a copy of your ledger up to date: python sync.py http://127.0.0.1:8000 TOKEN copy.json"""

import json
import sys
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

RESOURCES = ("accounts", "categories", "merchants", "transactions")


def changes(base, token, resource, since):
    query = urlencode({"limit": 500, **({"since": since} if since else {})})
    request = Request(
        f"{base}/api/v1/{resource}/changes?{query}", headers={"Authorization": f"Bearer {token}"}
    )
    with urlopen(request, timeout=60) as answer:
        return json.load(answer)


def sync(base, token, path):
    copy = json.loads(path.read_text()) if path.exists() else {"since": {}, "rows": {}}
    for resource in RESOURCES:
        rows, more = copy["rows"].setdefault(resource, {}), True
        while more:
            page = changes(base, token, resource, copy["since"].get(resource))
            rows.update({row["id"]: row for row in page["created"] + page["updated"]})
            for gone in page["deleted"]:
                rows.pop(gone["id"], None)
            copy["since"][resource], more = page["next"], page["has_more"]
            path.write_text(json.dumps(copy))


sync(sys.argv[1].rstrip("/"), sys.argv[2], Path(sys.argv[3]))
