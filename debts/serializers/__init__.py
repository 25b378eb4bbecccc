"""What debts, payments and plans look like in the API."""
