"""How pages declare their columns and what may be done to a row."""

from collections.abc import Callable
from typing import TypeVar

from unfold import decorators

Method = TypeVar("Method", bound=Callable[..., object])


def column(**options: object) -> Callable[[Method], Method]:
    """A shown figure of a row; ``label`` maps its values to colours."""
    declared: Callable[[Method], Method] = decorators.display(**options)
    return declared


def row_link(*, description: str, icon: str, permission: str = "change") -> Callable[[Method], Method]:
    """A button on a row's page that leads elsewhere; it must change nothing."""
    declared: Callable[[Method], Method] = decorators.action(
        description=description, icon=icon, permissions=[permission]
    )
    return declared


def row_action(
    *, description: str, icon: str, question: str, explanation: str, permission: str = "change"
) -> Callable[[Method], Method]:
    """A button on a row's page that asks first, in a form of its own, so that a mere link cannot set it off."""
    declared: Callable[[Method], Method] = decorators.action(
        description=description,
        icon=icon,
        permissions=[permission],
        dialog={
            "title": question,
            "description": explanation,
            "form_class": None,
            "form_submit_text": description,
        },
    )
    return declared
