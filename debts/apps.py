"""What is owed, and how it comes to an end."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.apps import AppConfig

from core import hooks

if TYPE_CHECKING:
    from core.audit import Act
    from users.models import User

DEBTS = hooks.Section("Debts", 30)


class DebtsConfig(AppConfig):
    name = "debts"
    verbose_name = "Debts"

    def ready(self) -> None:
        from debts import scopes

        hooks.join(
            hooks.Contributions(
                scopes=scopes.ALL,
                obligations=_minimum_payments,
                debts_owed=_debts_owed,
                demo=_load_demo,
                schedule={
                    "forget-old-calculations": {
                        "task": "debts.forget_old_calculations",
                        "schedule": timedelta(hours=6),
                    },
                },
                tags={
                    "debt-payments": "Payments on debts, split into interest and principal.",
                    "debts": "Debts and the plans that pay them off.",
                    "instalments": "Things bought now and paid in parts.",
                    "payment-plans": "Plans that are kept and held against what was paid.",
                },
                enums={
                    "DebtKindEnum": "debts.models.Debt.Kind",
                    "DebtStatusEnum": "debts.models.Debt.Status",
                    "SegmentKindEnum": "debts.domain.terms.SegmentKind",
                    "CalculationKindEnum": "debts.models.Calculation.Kind",
                    "PauseKindEnum": "debts.serializers.planning.PAUSES",
                    "StrategyEnum": "debts.domain.strategies.Strategy",
                    "OrderingStrategyEnum": "debts.serializers.planning.ORDERINGS",
                    "RiskStrategyEnum": "debts.serializers.planning.RISKED",
                    "PlanStatusEnum": "debts.models.PaymentPlan.Status",
                    "CertificateStatusEnum": "debts.domain.optimal.certificate.CertificateStatus",
                },
                staff_pages=(
                    hooks.StaffPage(DEBTS, "Debts", "credit_card", "debts.debt"),
                    hooks.StaffPage(DEBTS, "Payment plans", "flag", "debts.paymentplan"),
                    hooks.StaffPage(hooks.JOBS, "Calculations", "calculate", "debts.calculation"),
                ),
            )
        )


# The planner comes with a solver: nobody waits for its import who does not plan.


def _minimum_payments(user: "User", /, *, today: date, until: date) -> Iterable[hooks.Obligation]:
    from debts.selectors.obligations import minimum_payments

    return minimum_payments(user, today=today, until=until)


def _debts_owed(people: Collection[UUID], /, *, today: date) -> Mapping[UUID, Iterable[hooks.OwedDebt]]:
    from debts.selectors.owed import debts_owed_of

    return debts_owed_of(people, today=today)


def _load_demo(demo: "User", /, *, act: "Act", today: date) -> int:
    from debts.demo.loading import load_debts

    return load_debts(demo, act=act, today=today)
