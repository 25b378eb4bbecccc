"""The category tree every person starts with: two levels, codes that never change."""

from dataclasses import dataclass
from enum import StrEnum

UNCATEGORISED = "uncategorised"


class CategoryGroup(StrEnum):
    NEEDS = "needs"
    WANTS = "wants"
    SAVINGS = "savings"
    INCOME = "income"
    TRANSFERS = "transfers"


@dataclass(frozen=True, slots=True)
class ShippedCategory:
    """One category as shipped.

    `priority` runs from 1 (pay this before anything else) to 5 (the first to be cut). `essential` says that a
    household cannot skip the category for a month. `parent` is the code of a category of the first level.
    """

    code: str
    name: str
    group: CategoryGroup
    parent: str | None = None
    essential: bool = False
    priority: int = 3


def _branch(top: ShippedCategory, *children: tuple[str, str]) -> tuple[ShippedCategory, ...]:
    """A first-level category and its children, which share its group, its priority and being essential."""
    return (
        top,
        *(
            ShippedCategory(code, name, top.group, top.code, top.essential, top.priority)
            for code, name in children
        ),
    )


_N, _W, _S = CategoryGroup.NEEDS, CategoryGroup.WANTS, CategoryGroup.SAVINGS
_I, _T = CategoryGroup.INCOME, CategoryGroup.TRANSFERS

SHIPPED_CATEGORIES: tuple[ShippedCategory, ...] = (
    *_branch(
        ShippedCategory("housing", "Housing", _N, essential=True, priority=1),
        ("rent", "Rent"),
        ("mortgage", "Mortgage"),
    ),
    *_branch(
        ShippedCategory("utilities", "Utilities", _N, essential=True, priority=1),
        ("electricity", "Electricity"),
        ("gas", "Gas and heating"),
        ("water", "Water and waste"),
        ("internet", "Internet and TV line"),
        ("mobile-phone", "Mobile phone"),
    ),
    ShippedCategory("groceries", "Groceries", _N, essential=True, priority=1),
    *_branch(
        ShippedCategory("transport", "Transport", _N, essential=True, priority=2),
        ("fuel", "Fuel and charging"),
        ("public-transport", "Public transport"),
        ("taxi", "Taxi and ride hailing"),
        ("parking", "Parking and tolls"),
        ("car-maintenance", "Car maintenance"),
    ),
    *_branch(
        ShippedCategory("health", "Health", _N, essential=True, priority=1),
        ("pharmacy", "Pharmacy"),
    ),
    ShippedCategory("insurance", "Insurance", _N, essential=True, priority=2),
    *_branch(
        ShippedCategory("family", "Children and family", _N, essential=True, priority=2),
        ("childcare", "Childcare"),
        ("education", "Education"),
        ("children-supplies", "Baby and children's things"),
    ),
    *_branch(
        ShippedCategory("obligations", "Taxes, loans and legal", _N, essential=True, priority=1),
        ("taxes", "Taxes and public fees"),
        ("loan-payment", "Loan payment"),
    ),
    ShippedCategory("bank-fees", "Bank fees and interest charged", _N, priority=3),
    ShippedCategory("postage", "Post and parcels", _N, priority=4),
    *_branch(
        ShippedCategory("eating-out", "Eating out", _W, priority=4),
        ("dining", "Restaurants and bars"),
        ("fast-food", "Fast food and takeaway"),
        ("coffee", "Coffee and cafés"),
        ("bakery-sweets", "Bakery and sweets"),
    ),
    *_branch(
        ShippedCategory("shopping", "Shopping", _W, priority=4),
        ("clothing", "Clothing, shoes and accessories"),
        ("electronics", "Electronics"),
        ("department-store", "Department and variety stores"),
        ("sports-gear", "Sports and outdoor gear"),
        ("hobbies", "Hobbies, toys and crafts"),
        ("gifts", "Gifts and flowers"),
        ("alcohol-tobacco", "Alcohol and tobacco"),
    ),
    *_branch(
        ShippedCategory("home", "Home", _W, priority=3),
        ("furniture", "Furniture"),
        ("diy-garden", "DIY and garden"),
        ("household-services", "Cleaning, repairs and services"),
    ),
    *_branch(
        ShippedCategory("entertainment", "Entertainment", _W, priority=5),
        ("games", "Games"),
        ("books", "Books, newspapers and stationery"),
        ("events", "Cinema and events"),
        ("gambling", "Lottery and gambling"),
    ),
    *_branch(
        ShippedCategory("subscriptions", "Subscriptions", _W, priority=4),
        ("streaming", "Streaming"),
        ("software", "Software and cloud"),
    ),
    *_branch(
        ShippedCategory("travel", "Travel", _W, priority=5),
        ("hotels", "Hotels and stays"),
        ("flights", "Flights"),
        ("car-rental", "Car rental"),
    ),
    *_branch(
        ShippedCategory("personal-care", "Personal care and drugstore", _W, priority=3),
        ("hair-beauty", "Hairdresser and beauty"),
        ("fitness", "Fitness"),
    ),
    ShippedCategory("pets", "Pets", _W, priority=3),
    ShippedCategory("charity", "Charity and memberships", _W, priority=4),
    *_branch(
        ShippedCategory("savings", "Savings", _S, priority=2),
        ("investments", "Investments"),
        ("retirement", "Retirement"),
    ),
    *_branch(
        ShippedCategory("income", "Income", _I, priority=1),
        ("salary", "Salary"),
        ("benefits", "Benefits and pension"),
        ("interest", "Interest and dividends"),
        ("refunds", "Refunds"),
        ("other-income", "Other income"),
    ),
    *_branch(
        ShippedCategory("transfer", "Transfer", _T, priority=3),
        ("credit-card-payment", "Credit card payment"),
        ("cash-withdrawal", "Cash withdrawal"),
    ),
    ShippedCategory(UNCATEGORISED, "Uncategorised", _W, priority=5),
)

CATEGORY_BY_CODE: dict[str, ShippedCategory] = {category.code: category for category in SHIPPED_CATEGORIES}
