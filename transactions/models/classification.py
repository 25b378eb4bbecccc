"""What rows are about: categories, merchants, tags."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from core.models import OwnedQuerySet, Record
from transactions.domain.category_tree import CATEGORY_BY_CODE, UNCATEGORISED, CategoryGroup


class CategoryQuerySet(OwnedQuerySet):
    def uncategorised(self) -> "Category":
        """The category of rows that nobody and nothing has placed yet."""
        found: Category = self.get(code=UNCATEGORISED)
        return found


class Category(Record):
    """A person's own copy of a shipped category, or one that they added.

    ``code`` names a shipped one for good; ``name`` is empty until the person renames it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="categories")
    code = models.SlugField(max_length=40, blank=True)
    name = models.CharField(max_length=60, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.RESTRICT, null=True, blank=True, related_name="children"
    )
    group = models.CharField(max_length=9, choices=[(group.value, group.value) for group in CategoryGroup])
    essential = models.BooleanField(default=False)
    priority = models.PositiveSmallIntegerField(
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text="1 is the most important.",
    )
    is_hidden = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=1000)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "categories"
        constraints = (
            models.UniqueConstraint(
                fields=["user", "code"], condition=~Q(code=""), name="category_code_unique_per_person"
            ),
            models.UniqueConstraint(
                "user",
                Lower("name"),
                condition=~Q(name=""),
                name="category_name_unique_per_person",
                violation_error_code="CATEGORY_NAME_TAKEN",
                violation_error_message="You have a category of this name already.",
            ),
            models.CheckConstraint(
                condition=~Q(code="", name=""),
                name="category_has_a_name",
                violation_error_message="A category needs a name.",
            ),
            models.CheckConstraint(
                condition=Q(priority__gte=1, priority__lte=5),
                name="category_priority_1_to_5",
                violation_error_message="The priority is a number from 1 to 5.",
            ),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The person's own name for it, or the shipped one."""
        return self.name or CATEGORY_BY_CODE[self.code].name


class Merchant(Record):
    """One business a person deals with, however its name is written on statements.

    ``key`` is the normal form of those writings. ``category`` is what the person taught: their own answer for
    rows of this merchant, which comes before every dictionary.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="merchants")
    key = models.CharField(max_length=100, editable=False)
    name = models.CharField(max_length=100)
    category = models.ForeignKey(
        Category, on_delete=models.SET_NULL, null=True, blank=True, related_name="taught_merchants"
    )

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user", "key"],
                name="merchant_key_unique_per_person",
                violation_error_code="MERCHANT_EXISTS",
                violation_error_message="You have this merchant already.",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Tag(Record):
    """A person's own word for rows."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(max_length=50)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                "user",
                Lower("name"),
                name="tag_name_unique_per_person",
                violation_error_code="TAG_EXISTS",
                violation_error_message="You have this tag already.",
            ),
        )

    def __str__(self) -> str:
        return self.name
