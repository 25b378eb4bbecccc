"""Endpoints of debts, plans and the planner: each one call."""
