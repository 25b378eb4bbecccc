"""A believable household to look at before one's own data is in."""
