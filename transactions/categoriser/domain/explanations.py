"""The sentence that tells a person why a transaction got its category."""

from collections.abc import Mapping

from transactions.domain.category_tree import CATEGORY_BY_CODE

_KINDS: Mapping[str, str] = {
    "groceries": "a grocery shop",
    "fuel": "a filling or charging station",
    "furniture": "a furniture shop",
    "diy-garden": "a DIY or garden shop",
    "department-store": "a department or general store",
    "personal-care": "a drugstore or perfumery",
    "pharmacy": "a pharmacy",
    "fast-food": "fast food or takeaway",
    "coffee": "a café",
    "dining": "a restaurant or bar",
    "clothing": "a clothing, shoe or jewellery shop",
    "electronics": "an electronics shop",
    "mobile-phone": "a telephone company",
    "internet": "an internet or TV company",
    "bakery-sweets": "a bakery or sweet shop",
    "sports-gear": "a sports shop",
    "home": "a household shop",
    "family": "a shop for families",
    "hobbies": "a toy, craft or hobby shop",
    "games": "games",
    "books": "a bookshop or stationer",
    "pets": "a pet shop or vet",
    "gifts": "a flower or gift shop",
    "alcohol-tobacco": "a wine, spirits or tobacco shop",
    "hair-beauty": "a hairdresser or beauty salon",
    "health": "a health service",
    "car-maintenance": "a garage or car dealer",
    "fitness": "a gym or sports club",
    "hotels": "a hotel or place to stay",
    "flights": "an airline",
    "events": "a cinema or ticket seller",
    "streaming": "a streaming service",
    "software": "a software or cloud service",
    "insurance": "an insurer",
    "electricity": "an electricity company",
    "gas": "a gas or heating company",
    "water": "a water company",
    "travel": "a travel company",
    "car-rental": "a car rental company",
    "transport": "a vehicle sharing service",
    "taxi": "a taxi or ride service",
    "parking": "parking or tolls",
    "postage": "a post or parcel service",
    "household-services": "a household service",
    "public-transport": "public transport",
    "charity": "a charity or association",
}


def kind_of(category: str) -> str:
    """What a merchant of `category` is, with its article; the category's name where no noun fits."""
    if category in _KINDS:
        return _KINDS[category]
    shipped = CATEGORY_BY_CODE.get(category)
    return f"“{shipped.name if shipped else category}”"


def because_corrected(name: str) -> str:
    return f"You chose this category for {name} before."


def because_brand(description: str, brand: str, category: str) -> str:
    return f"“{description}” is {brand}, {kind_of(category)}."


def because_cut_name(description: str, brand: str, category: str) -> str:
    return f"“{description}” looks like the beginning of {brand}, {kind_of(category)}."


def because_mcc(code: str, meaning: str) -> str:
    return f"The card network files this shop under {code}: {meaning}."


def because_keyword(word: str, category: str) -> str:
    return f"The text says “{word}”, which points to {kind_of(category)}."


def because_shared_word(word: str, category: str) -> str:
    return f"Most brands with “{word}” in their name are {kind_of(category)}."


def because_like(category: str, percent: int) -> str:
    return f"It looks like other rows of {CATEGORY_BY_CODE[category].name} ({percent} % sure)."


def because_like_taught(percent: int) -> str:
    return f"It looks like merchants for which you chose this category ({percent} % sure)."


def as_refund(reason: str) -> str:
    return f"{reason} Money came back, so it counts against that category."


def because_unsure(guess: str | None) -> str:
    if guess is None:
        return "Nothing in the text says what this was for."
    return f"It might be {kind_of(guess)}, but that is not sure enough."
