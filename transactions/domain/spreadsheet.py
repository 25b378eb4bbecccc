"""Text that a spreadsheet must not run."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def neutralised(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula.

    Source: OWASP, CSV Injection.
    """
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text
