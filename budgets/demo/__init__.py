"""The budget of the demo household: a month that is over and the one in progress."""
