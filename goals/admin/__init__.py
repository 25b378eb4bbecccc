"""Staff's view of goals, of their plans, and of snapshots."""

from goals.admin import goals, plans, snapshots

__all__ = ["goals", "plans", "snapshots"]
