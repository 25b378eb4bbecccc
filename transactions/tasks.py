"""Work of the ledger outside the request."""

from typing import Any

from celery import shared_task

from transactions.services.valuation import revalue_ledger
from users.models import User


@shared_task(name="transactions.revalue_ledger")
def revalue(*, user_id: str, **kwargs: Any) -> int:
    return revalue_ledger(User.objects.get(pk=user_id))
