# ruff: noqa: RUF001  (letters of other alphabets are the point here)
"""Month names of two dozen languages, told apart by how they begin."""

import unicodedata

# One line a month, lower case without accents; a name belongs to the month whose longest stem it begins with.
_STEMS = (
    "jan ian ene gen sty led sij oca jaan tammi янв яну січ ιαν sau",
    "feb fev lut uno vel sub helmi veeb фев лют φεβ vas",
    "mar maart mrt marz bre ozu maalis мар бер μαρ kov",
    "apr avr abr kwi dub tra nis huhti апр кві απρ bal",
    "mai may mag mei maj kve svi touko май мая тра μαι geg",
    "jun juin iun giu cze cvn cerven cervna lipanj lipnja haz kesa juun юни июн чер ιουν bir",
    "jul juil iul lug lip cvc cervenec cervenc srpanj srpnja tem hein juul юли июл лип ιουλ lie",
    "aug aou ago sie srp kol agu elo авг сер αυγ rugp",
    "sep set wrz zar ruj eyl syys sze сеп сен вер σεπ rugs",
    "oct okt ott out paz rij eki loka окт жов οκτ spa",
    "nov noi lis stu kas marras ное ноя лис νοε lap",
    "dec dez dic gru pro ara joulu des det дек гру δεκ",
)


def month_number(name: str) -> int | None:
    """The month (1 to 12) that a name or abbreviation means in one of the known languages, else None.

    Where languages disagree the more widely spoken one wins: "lip" is Polish July, "lis" Polish November.
    """
    folded = _folded(name)
    for size in range(min(len(folded), 9), 2, -1):
        month = _MONTH_OF_STEM.get(folded[:size])
        if month:
            return month
    return None


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ł", "l").replace("ı", "i"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _stem_table() -> dict[str, int]:
    table: dict[str, int] = {}
    for number, stems in enumerate(_STEMS, start=1):
        for stem in stems.split():
            table.setdefault(_folded(stem), number)
    return table


_MONTH_OF_STEM = _stem_table()
