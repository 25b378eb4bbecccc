"""A person's merchants, tags, and what they have taught."""

from typing import TypedDict, Unpack

from django.db import transaction
from django.db.models import Q

from core.audit import Act, differences, record, record_each, snapshot
from core.errors import field_error
from core.models import AuditEntry
from transactions.categoriser import Habits, Lesson, merchant_key
from transactions.domain.category_tree import CategoryGroup
from transactions.models import Category, Merchant, Rule, Tag
from transactions.selectors.names import merchant_names
from users.models import User


class MerchantFields(TypedDict, total=False):
    """What can be said of a merchant; ``category`` is taught for its rows to come, None unteaches it."""

    name: str
    category: Category | None


class TagFields(TypedDict, total=False):
    name: str


MERCHANT_FIELDS = ("name", "category")


@transaction.atomic
def create_merchant(user: User, *, act: Act, name: str, category: Category | None = None) -> Merchant:
    """A merchant by the name that stands on statements; with a category, that is taught."""
    key = merchant_key(name)
    if not key:
        raise field_error("name", "This holds no name of a merchant.")
    merchant = Merchant(user=user, key=key[:100], name=name, category=category)
    merchant.full_clean()
    merchant.save(force_insert=True)
    record(merchant, act=act, action=AuditEntry.Action.CREATED)
    return merchant


@transaction.atomic
def update_merchant(merchant: Merchant, *, act: Act, **fields: Unpack[MerchantFields]) -> Merchant:
    """Rename a merchant, or teach (or, with null, unteach) the category of its rows to come."""
    merchant = Merchant.objects.select_for_update().get(pk=merchant.pk)
    before = snapshot(merchant, MERCHANT_FIELDS)
    if "name" in fields and fields["name"] == merchant_names(merchant.user.locale).get(merchant.name):
        # The name as it was shown in the person's own script: nobody has renamed anything.
        del fields["name"]
    for name, value in fields.items():
        setattr(merchant, name, value)
    merchant.full_clean()
    merchant.save()
    changes = differences(before, snapshot(merchant, MERCHANT_FIELDS))
    if changes:
        record(merchant, act=act, action=AuditEntry.Action.UPDATED, changes=changes)
    return merchant


@transaction.atomic
def delete_merchant(merchant: Merchant, *, act: Act) -> None:
    """Forget a merchant, what was taught about it and its rules; its rows stay, without a merchant."""
    record(merchant, act=act, action=AuditEntry.Action.DELETED, changes=snapshot(merchant, MERCHANT_FIELDS))
    record_each(
        merchant.transactions.iterator(),
        act=act,
        action=AuditEntry.Action.UPDATED,
        changes={"merchant": [str(merchant.pk), None], "deleted": merchant.name},
    )
    rules = Rule.objects.filter(Q(merchant=merchant) | Q(set_merchant=merchant))
    record_each(rules, act=act, action=AuditEntry.Action.DELETED)
    merchant.delete()


def teach(merchant: Merchant, *, category: Category, act: Act) -> None:
    """From the next row on, this merchant's rows are of this category."""
    if merchant.category_id == category.pk:
        return
    changes = {"category": [merchant.category_id and str(merchant.category_id), str(category.pk)]}
    Merchant.objects.filter(pk=merchant.pk).update(category=category, updated_at=act.at)
    merchant.category = category
    record(merchant, act=act, action=AuditEntry.Action.UPDATED, changes=changes)


def merchant_of(user: User, *, key: str, name: str, act: Act) -> Merchant:
    """The person's merchant of this key, made where it is new."""
    merchant, is_new = Merchant.objects.get_or_create(
        user=user, key=key[:100], defaults={"name": (name or key)[:100]}
    )
    if is_new:
        record(merchant, act=act, action=AuditEntry.Action.CREATED)
    found: Merchant = merchant
    return found


def lessons(user: User) -> dict[str, str]:
    """What the person taught: merchant key to category id."""
    taught = Merchant.objects.for_user(user).filter(category__isnull=False)
    return {key: str(category_id) for key, category_id in taught.values_list("key", "category_id")}


def habits(user: User) -> Habits:
    """What the person taught, for merchants of like names; read when first asked."""

    def read() -> list[Lesson]:
        taught = Merchant.objects.for_user(user).filter(category__isnull=False)
        return [
            Lesson(key, str(category_id), is_income=group == CategoryGroup.INCOME)
            for key, category_id, group in taught.values_list("key", "category_id", "category__group")
        ]

    return Habits(read)


@transaction.atomic
def create_tag(user: User, *, act: Act, name: str) -> Tag:
    tag = Tag(user=user, name=name)
    tag.full_clean()
    tag.save(force_insert=True)
    record(tag, act=act, action=AuditEntry.Action.CREATED)
    return tag


@transaction.atomic
def update_tag(tag: Tag, *, act: Act, **fields: Unpack[TagFields]) -> Tag:
    before = snapshot(tag, ["name"])
    tag.name = fields.get("name", tag.name)
    tag.full_clean()
    tag.save()
    changes = differences(before, snapshot(tag, ["name"]))
    if changes:
        record(tag, act=act, action=AuditEntry.Action.UPDATED, changes=changes)
    return tag


@transaction.atomic
def delete_tag(tag: Tag, *, act: Act) -> None:
    """Remove a tag from every row and every rule."""
    record(tag, act=act, action=AuditEntry.Action.DELETED, changes={"name": tag.name})
    for name, rows in (("tags", tag.transactions.iterator()), ("add_tags", tag.rules.iterator())):
        changes = {name: [[str(tag.pk)], []], "deleted": tag.name}
        record_each(rows, act=act, action=AuditEntry.Action.UPDATED, changes=changes)
    tag.delete()
