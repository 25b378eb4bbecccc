"""A period adds up to the cent, whatever is allotted and whatever rolled in."""

from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgets.models import Allocation, BudgetPeriod
from budgets.selectors.plans import with_allotted
from tests.factories import BudgetPeriodFactory
from transactions.models import Category

cents = st.decimals(0, 10**9, places=2)
allocations = st.lists(st.tuples(cents, st.decimals(-(10**6), 10**6, places=2)), max_size=6)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(income=cents, given_amounts=allocations)
def test_income_and_what_rolled_in_less_what_is_allotted_is_unallocated(alice, income, given_amounts):
    with transaction.atomic():
        period = BudgetPeriodFactory(user=alice, income_expected=income)
        categories = Category.objects.for_user(alice).order_by("pk")[: len(given_amounts)]
        Allocation.objects.bulk_create(
            Allocation(
                user=alice, period=period, category=category, amount=amount, rolled_in=rolled_in, priority=3,
                is_essential=False, planned=[],
            )
            for category, (amount, rolled_in) in zip(categories, given_amounts, strict=True)
        )  # fmt: skip
        shown = with_allotted(BudgetPeriod.objects.filter(pk=period.pk)).get()

        assert shown.allotted == sum((amount for amount, _ in given_amounts), Decimal(0))
        assert shown.rolled_in == sum((rolled_in for _, rolled_in in given_amounts), Decimal(0))
        assert shown.income_expected + shown.rolled_in - shown.allotted == shown.unallocated
        transaction.set_rollback(True)
