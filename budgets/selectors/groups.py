"""A category's group in an answer."""

from transactions.models import Category

# With the choices of the category's own field, so that clients have one enumeration of groups.
CATEGORY_GROUP = {"serializer_kwargs": {"choices": Category._meta.get_field("group").choices}}  # noqa: SLF001
