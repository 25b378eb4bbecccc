"""Who a bank's text names, what the money was for, how sure that is, and why: the door to all of it.

``shipped_categoriser()`` judges a row by the dictionary, the keywords and the model that Solvent ships. ``Lesson`` and
``Habits`` carry what one person taught into its verdicts; ``merchant_key`` says when two texts name the same payee;
``shipped_merchant_names`` knows what brands are called in another script.

What is behind this door knows of the ledger its categories alone, and nothing outside looks behind it.
"""

from transactions.categoriser.adapters.dictionary import shipped_categoriser
from transactions.categoriser.adapters.merchant_names import shipped_merchant_names
from transactions.categoriser.domain.categoriser import Categoriser, Source, Verdict
from transactions.categoriser.domain.habits import Habits, Lesson
from transactions.categoriser.domain.merchants import merchant_key

__all__ = [
    "Categoriser",
    "Habits",
    "Lesson",
    "Source",
    "Verdict",
    "merchant_key",
    "shipped_categoriser",
    "shipped_merchant_names",
]
