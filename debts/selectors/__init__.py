"""Reading debts and planning their end."""
