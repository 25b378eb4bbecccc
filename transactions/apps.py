"""The ledger."""

from django.apps import AppConfig


class TransactionsConfig(AppConfig):
    name = "transactions"
    verbose_name = "Ledger"

    def ready(self) -> None:
        from transactions.services.categories import plant_categories
        from transactions.services.valuation import start_revaluation
        from users import services

        services.on_registered.append(plant_categories)
        services.on_base_currency_changed.append(start_revaluation)
