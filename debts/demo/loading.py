"""Writing the demo household's debts and plan beside its ledger, as the person would have."""

from datetime import date

from django.db import transaction

from core.audit import Act
from debts.demo.described import CURRENCY, DemoDebt, DemoPayment
from debts.demo.household import debts
from debts.demo.plan import NAME, plan_request
from debts.services.answering import checked_plan
from debts.services.debts import add_debt
from debts.services.payments import record_payment
from debts.services.plans import keep_plan
from transactions.domain.fingerprint import Fingerprints
from transactions.models import Account, Transaction
from transactions.services.ledger import record_transaction
from users.models import User


@transaction.atomic
def load_debts(user: User, *, act: Act, today: date) -> int:
    """Four debts, what was paid on them, and a plan that is followed; returns how many rows the ledger got."""
    checking = Account.objects.for_user(user).get(kind=Account.Kind.CHECKING)
    rows = sum(_load(user, described, checking=checking, act=act) for described in debts(today))
    request = plan_request(today)
    asked = checked_plan(user, request, today=today)
    keep_plan(user, act=act, name=NAME, asked=asked, request=request, activate=True)
    return rows


def _load(user: User, described: DemoDebt, *, checking: Account, act: Act) -> int:
    debt = add_debt(
        user,
        act=act,
        name=described.name,
        kind=described.kind,
        lender=described.lender,
        currency=CURRENCY,
        opened_on=described.opened_on,
        balance_on=described.balance_on,
        due_day=described.due_day,
        credit_limit=described.credit_limit,
        minimum_payment=described.minimum,
        segments=described.segments,
        notes=described.notes,
    )
    fingerprints = Fingerprints()
    for payment in described.payments:
        if payment.is_in_ledger:
            row = _collected(payment, described, checking=checking, fingerprints=fingerprints, act=act)
            record_payment(debt, act=act, transaction=row, notes=payment.notes)
        else:
            record_payment(debt, act=act, paid_on=payment.on, amount=payment.amount, notes=payment.notes)
    return sum(payment.is_in_ledger for payment in described.payments)


def _collected(
    payment: DemoPayment, described: DemoDebt, *, checking: Account, fingerprints: Fingerprints, act: Act
) -> Transaction:
    """The row of the joint account by which the lender collected a payment."""
    return record_transaction(
        checking.user,
        act=act,
        account=checking,
        date=payment.on,
        amount=-payment.amount,
        currency=CURRENCY,
        description=described.statement,
        source=Transaction.Source.STATEMENT,
        external_id=fingerprints.external_id(
            account=checking.kind,
            day=payment.on,
            amount=-payment.amount,
            currency=CURRENCY,
            description=described.statement,
            reference=None,
        ),
    )
