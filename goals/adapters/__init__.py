"""Who draws for goals: the one place where that is decided."""

from goals.adapters.net_worth_chart import net_worth_chart

draw_net_worth = net_worth_chart

__all__ = ["draw_net_worth"]
