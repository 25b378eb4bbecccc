"""Names and headings of operations, as a person would choose them."""

import re
from collections.abc import Sequence

TITLES = {
    "list": "List {plural}",
    "create": "Create {noun}",
    "retrieve": "Read {noun}",
    "update": "Replace {noun}",
    "partial_update": "Change {noun}",
    "destroy": "Delete {noun}",
}


def operation_id(*, words: Sequence[str], action: str | None) -> str:
    """``transactions``, ``export.csv`` as ``transactions_export_csv``; an action is its last word.

    A file is called after what it shows: ``calendar``, ``calendar.svg`` is ``calendar_svg``.
    """
    parts: list[str] = []
    for word in words:
        name = re.sub(r"[.-]", "_", word)
        if parts and name.startswith(f"{parts[-1]}_"):
            parts.pop()
        parts.append(name)
    return "_".join([*parts, *([action] if action else [])])


def title(action: str, *, singular: str, plural: str) -> str:
    """What a standard action does, where its view says nothing of its own."""
    article = "an" if singular[0].lower() in "aeiou" else "a"
    return TITLES[action].format(noun=f"{article} {singular}", plural=plural)


def heading_and_text(documentation: str) -> tuple[str, str]:
    """The first sentence without its full stop, and what comes after it."""
    first, _, rest = documentation.strip().partition("\n\n")
    first = " ".join(first.split())
    sentence = re.match(r"(.+?[.!?])(?:\s+(?=[A-Z`])|$)", first)
    heading = sentence.group(1) if sentence else first
    more = first[len(heading) :].strip()
    return heading.rstrip("."), "\n\n".join(part for part in (more, rest.strip()) if part)


def words_of(class_name: str) -> str:
    """``BudgetSettings`` as ``budget settings``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", class_name).lower()
