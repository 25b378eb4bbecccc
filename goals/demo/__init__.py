"""The goals of the demo household, and where it stood month by month."""
