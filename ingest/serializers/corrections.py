"""How the API describes corrections of a layout: the parts and roles of ``docs/statements.md``."""

from ingest.domain.amount_rules import FEE_RULES, SignRule
from ingest.domain.column_roles import COLUMN_ROLES, ColumnRole

COLUMN: dict[str, object] = {
    "type": ["string", "integer", "null"],
    "description": "A column by its name or its index from 0; null takes the role away.",
}
COLUMNS: dict[str, object] = {"type": "array", "items": {"type": ["string", "integer"]}}


def _text(description: str, *, nullable: bool = False, **more: object) -> dict[str, object]:
    return {"type": ["string", "null"] if nullable else "string", "description": description, **more}


CORRECTIONS: dict[str, object] = {
    "type": "object",
    "description": "Corrections of the layout; give only what is wrong.",
    "additionalProperties": False,
    "properties": {
        "encoding": _text("The name of an encoding: `utf-8`, `cp1252`, `utf-16` ..."),
        "delimiter": _text("What separates columns.", minLength=1, maxLength=1),
        "quote": _text("What encloses a text with a delimiter in it; may be empty.", maxLength=1),
        "header_line": {
            "type": ["integer", "null"],
            "minimum": 1,
            "description": "The line, from 1, that names the columns; null where none does.",
        },
        "columns": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                role: COLUMNS if role == ColumnRole.DESCRIPTION else COLUMN for role in COLUMN_ROLES
            },
        },
        "date_order": _text("For dates that could be read in two ways.", enum=["DMY", "MDY", "YMD"]),
        "decimal_mark": _text("What stands before the cents.", enum=[".", ","]),
        "sign": _text("What makes an amount an outflow.", enum=[rule.value for rule in SignRule]),
        "account": _text("The account of rows that no column gives one.", nullable=True),
        "currency": _text(
            "The currency of rows that no column gives one.", nullable=True, pattern="^[A-Za-z]{3}$"
        ),
        "fee": _text("Whether the amount contains the fee.", enum=[*FEE_RULES]),
    },
}
