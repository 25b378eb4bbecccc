"""The debts of the demo household, and its plan to end them."""
