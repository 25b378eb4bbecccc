"""Sums of money are exact on every database."""

from decimal import Decimal

from django.db.models import Q
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from core.aggregates import MoneySum
from tests.factories import AccountFactory, PersonFactory, TransactionFactory
from transactions.models import Account, Transaction
from transactions.selectors.accounts import accounts_with_balances


def rows_of(account, *amounts):
    for amount in amounts:
        TransactionFactory(account=account, amount=Decimal(amount), account_amount=Decimal(amount))
    return Transaction.objects.filter(account=account)


def total(rows, **options):
    return rows.aggregate(total=MoneySum("account_amount", **options))["total"]


def test_ten_times_ten_cents_is_one(alice):
    rows = rows_of(AccountFactory(user=alice), *["0.1"] * 10)

    assert total(rows) == Decimal(1)


def test_it_can_be_compared_inside_the_database(alice):
    account = AccountFactory(user=alice)
    rows_of(account, *["0.1"] * 3)

    sums = Account.objects.annotate(total=MoneySum("transactions__account_amount"))

    assert sums.filter(total=Decimal("0.3")).get() == account


def test_only_the_rows_of_a_condition_count(alice):
    rows = rows_of(AccountFactory(user=alice), "-0.7", "-0.1", "12.34")

    assert total(rows, filter=Q(account_amount__lt=0)) == Decimal("-0.8")


def test_of_no_rows_there_is_nothing_or_what_was_said(alice):
    rows = Transaction.objects.none() | Transaction.objects.filter(account=AccountFactory(user=alice))

    assert total(rows) is None
    assert total(rows, default=0) == Decimal(0)


def test_a_thousand_of_the_largest_amounts_have_room(alice):
    rows = rows_of(AccountFactory(user=alice), *["999999999999"] * 20)

    assert total(rows) == Decimal(19999999999980)


def test_a_difference_of_what_nearly_cancels_has_no_digits_of_its_own(alice):
    account = AccountFactory(user=alice, opening_balance=Decimal("61069.70"))
    rows_of(account, "-62074.37", "1.43")

    assert accounts_with_balances().get(pk=account.pk).balance == Decimal("-1003.24")


class AnyAmounts(TestCase):
    @settings(max_examples=30, deadline=None)
    @given(st.lists(st.decimals(-(10**9), 10**9, places=4), min_size=1, max_size=30))
    def test_the_sum_is_that_of_the_decimals(self, amounts):
        rows = rows_of(AccountFactory(user=PersonFactory()), *amounts)

        assert total(rows) == sum(amounts, Decimal(0))
