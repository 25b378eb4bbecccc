"""What the apps that plan hand to one another; each names providers of others and imports none of them."""

# Who tells goals what is owed.
GOAL_DEBTS = "debts.selectors.owed.debts_owed"

# Who tells budgets what has to be paid soon; see budgets.obligations.
BUDGET_OBLIGATIONS = [
    "debts.selectors.obligations.minimum_payments",
    "goals.selectors.obligations.planned_contributions",
]
