"""Rate limits, told to the client in headers (IETF draft-ietf-httpapi-ratelimit-headers)."""

import time

from django.conf import settings
from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

WINDOW_SECONDS = 60
# Where a request keeps what is left of its minute.
RATE_LIMIT = "solvent.rate_limit"


class ContractThrottle(BaseThrottle):
    """Counts requests in windows of a minute: a person by id, a stranger by address.

    Views of the ``auth`` group have a tighter limit by address, whoever asks.
    """

    def allow_request(self, request: Request, view: object) -> bool:
        name, ident = self._bucket(request, view)
        limit = settings.RATE_LIMITS[name]
        now = int(time.time())
        key = f"rate:{name}:{ident}:{now // WINDOW_SECONDS}"
        try:
            used = cache.incr(key)
        except ValueError:
            # The first of this minute; where two are, the second to come is counted on top.
            used = 1 if cache.add(key, 1, timeout=2 * WINDOW_SECONDS) else cache.incr(key)
        self._reset = WINDOW_SECONDS - now % WINDOW_SECONDS
        request.META[RATE_LIMIT] = (limit, max(0, limit - used), self._reset)
        return bool(used <= limit)

    def wait(self) -> float:
        return float(self._reset)

    def _bucket(self, request: Request, view: object) -> tuple[str, str]:
        if getattr(view, "throttle_group", "") == "auth":
            return "auth", str(self.get_ident(request))
        if request.user and request.user.is_authenticated:
            return "person", str(request.user.pk)
        return "anonymous", str(self.get_ident(request))


def rate_limit_headers(limit: int, remaining: int, reset: int) -> dict[str, str]:
    """The three headers that say how much is left of this minute."""
    return {
        "RateLimit-Limit": str(limit),
        "RateLimit-Remaining": str(remaining),
        "RateLimit-Reset": str(reset),
    }
