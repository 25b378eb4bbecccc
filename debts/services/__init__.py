"""Writing debts, payments and plans."""
