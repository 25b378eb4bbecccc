"""A person's category tree: planted from the shipped one, then theirs."""

from collections.abc import Mapping
from typing import TypedDict, Unpack

from django.db import transaction

from core.audit import Act, differences, record, record_each, snapshot
from core.errors import DomainError, field_error
from core.models import AuditEntry
from transactions.domain.category_tree import SHIPPED_CATEGORIES
from transactions.models import Category, Split, Transaction
from transactions.selectors.names import category_label, category_names
from users.models import User


class CategoryFields(TypedDict, total=False):
    """What can be said of a category; ``parent`` is one of the first level, ``priority`` from 1 to 5."""

    name: str
    parent: Category | None
    group: str
    essential: bool
    priority: int
    is_hidden: bool


FIELDS = ("name", "parent", "group", "essential", "priority", "is_hidden")


@transaction.atomic
def plant_categories(user: User) -> None:
    """Give a person the shipped categories that they do not have yet."""
    have = {category.code: category for category in Category.objects.for_user(user).exclude(code="")}
    for is_child in (False, True):
        level = [
            Category(
                user=user,
                code=shipped.code,
                parent=have[shipped.parent] if shipped.parent else None,
                group=shipped.group,
                essential=shipped.essential,
                priority=shipped.priority,
                position=position,
            )
            for position, shipped in enumerate(SHIPPED_CATEGORIES)
            if bool(shipped.parent) == is_child and shipped.code not in have
        ]
        have |= {category.code: category for category in Category.objects.bulk_create(level)}


@transaction.atomic
def create_category(user: User, *, act: Act, **fields: Unpack[CategoryFields]) -> Category:
    """A category of the person's own."""
    category = Category(user=user, **fields)
    _require_free_name(category)
    _check(category)
    category.save(force_insert=True)
    record(category, act=act, action=AuditEntry.Action.CREATED)
    return category


@transaction.atomic
def update_category(category: Category, *, act: Act, **fields: Unpack[CategoryFields]) -> Category:
    """Rename, move, hide or re-rank a category; a shipped one keeps its code and its place in the tree."""
    category = Category.objects.select_for_update().get(pk=category.pk)
    before = snapshot(category, FIELDS)
    for name, value in fields.items():
        setattr(category, name, value)
    if category.name == category_names(category.user.locale).get(category.code):
        category.name = ""
    changes = differences(before, snapshot(category, FIELDS))
    if "name" in changes:
        _require_free_name(category)
    _require_same_place(category, changes)
    _check(category)
    category.save()
    if changes:
        record(category, act=act, action=AuditEntry.Action.UPDATED, changes=changes)
    if "group" in changes:
        _regroup_children(category, act=act)
    return category


@transaction.atomic
def delete_category(category: Category, *, act: Act) -> None:
    """Remove a category of the person's own, and the rules that set it.

    Its rows become uncategorised, and no merchant teaches it any longer.

    409 ``CATEGORY_IS_SHIPPED`` or ``CATEGORY_HAS_CHILDREN``.
    """
    if category.code:
        raise DomainError("A shipped category can be hidden, not deleted.", code="CATEGORY_IS_SHIPPED")
    if category.children.exists():
        raise DomainError("Delete or move its children first.", code="CATEGORY_HAS_CHILDREN")
    fallback = Category.objects.filter(user_id=category.user_id).uncategorised()
    rows = Transaction.objects.filter(category=category)
    changes = {"category": [str(category.pk), str(fallback.pk)]}
    record_each(rows.iterator(), act=act, action=AuditEntry.Action.UPDATED, changes=changes)
    untaught = {"category": [str(category.pk), None], "deleted": category.label}
    record_each(category.taught_merchants.all(), act=act, action=AuditEntry.Action.UPDATED, changes=untaught)
    record_each(category.rules.all(), act=act, action=AuditEntry.Action.DELETED)
    rows.update(
        category=fallback,
        category_source=Transaction.CategorySource.NONE,
        category_confidence=0,
        category_reason=f"Its category “{category.label}” was deleted.",
        updated_at=act.at,
    )
    Split.objects.filter(category=category).update(category=fallback)
    record(category, act=act, action=AuditEntry.Action.DELETED, changes=snapshot(category, FIELDS))
    category.delete()


def _regroup_children(category: Category, *, act: Act) -> None:
    for child in category.children.select_for_update().order_by("pk"):
        changes = {"group": [child.group, category.group]}
        child.group = category.group
        child.save(update_fields=["group", "updated_at"])
        record(child, act=act, action=AuditEntry.Action.UPDATED, changes=changes)


def _check(category: Category) -> None:
    parent = category.parent
    if parent is not None:
        if parent.parent_id is not None or parent.pk == category.pk:
            raise field_error("parent", "Categories have two levels: choose one of the first.", "too_deep")
        if category.group != parent.group:
            raise field_error(
                "group", f"A child is in the group of its parent, {parent.group}.", "wrong_group"
            )
        if category.children.exists():
            raise field_error("parent", "A category with children cannot become a child.", "too_deep")
    category.full_clean()


def _require_same_place(category: Category, changes: Mapping[str, object]) -> None:
    if category.code and {"parent", "group"} & changes.keys():
        raise DomainError(
            "A shipped category keeps its place; hide it and add your own.", code="CATEGORY_IS_SHIPPED"
        )


def _require_free_name(category: Category) -> None:
    """No other category of the person is called so in their language.

    A shipped one that was never renamed has its name in the catalogue, out of the constraint's sight.
    """
    locale = category.user.locale
    others = Category.objects.filter(user_id=category.user_id).exclude(pk=category.pk)
    taken = {category_label(other, locale=locale).casefold() for other in others.only("code", "name")}
    if category_label(category, locale=locale).casefold() in taken:
        raise DomainError("You have a category of this name already.", code="CATEGORY_NAME_TAKEN")
