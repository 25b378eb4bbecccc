"""What the statistical categoriser learns from: names and words of the shipped data, written as banks write them."""

import random
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from transactions.categoriser.domain.dictionary import Brand, Keywords, MccMeaning
from transactions.categoriser.domain.merchants import parse
from transactions.categoriser.domain.statement_noise import GIVEN_NAMES
from transactions.domain.category_tree import UNCATEGORISED

PERSONS = 1500
KEYWORD_WEIGHT = 2.0
COUNTRY_KNOWN = 0.7
"""Share of a brand's examples that name one of its countries."""

_TOWNS = """
landshut|passau|tuttlingen|wels|st polten|thun|winterthur|chur|reading|luton|truro|stockport|dunfermline|valence
annecy|vannes|beziers|leganes|jerez|lugo|viseu|evora|lecce|pesaro|trento|breda|zwolle|leuven|namur|opole|kielce
zabrze|pardubice|zlin|nitra|pleven|vidin|yambol|oradea|bacau|volos|kavala|bolton on|sundsvall|umea|vejle|bodo
oulu|lahti|pecs|szeged|osijek|nis|boulder|tacoma|reno|boise|savannah|duluth|spokane|halifax|guelph|kelowna
hobart|geelong|hamilton|pune|jaipur|recife|cordoba|leon|видин|перник|тула|самара
"""
_TOWN_NAMES = tuple(_TOWNS.replace("\n", "|").strip("|").split("|"))
_SURNAMES = """
müller schmidt schneider fischer weber meyer wagner becker schulz hoffmann koch bauer richter klein wolf neumann
schwarz zimmermann krüger hofmann lange werner krause lehmann maier köhler herrmann könig walter huber kaiser fuchs
smith johnson williams brown jones taylor davies wilson evans thomas roberts walker wright robinson thompson white
hughes edwards green hall wood harris clarke jackson turner hill scott cooper morris ward moore doe martin bernard
dubois durand moreau laurent lefebvre michel leroy roux garcia fernandez gonzalez rodriguez lopez martinez sanchez
perez gomez ruiz diaz rossi russo ferrari esposito bianchi romano colombo ricci marino greco silva santos ferreira
pereira costa oliveira jansen de vries van den berg bakker visser smit nowak kowalski wisniewski wojcik kaminski
novak svoboda dvorak cerny horvath nagy toth popescu ionescu popa papadopoulos yilmaz kaya demir andersson
johansson karlsson nilsson hansen olsen larsen nielsen virtanen korhonen ivanov georgiev dimitrov petrov nikolov
иванов георгиев димитров петров николов стоянов петрова иванова смирнов кузнецов попов tan lim lee chen wang kumar
singh sharma patel gupta khan nguyen tanaka suzuki
"""


class Example(NamedTuple):
    """`words` as `parse` folds them; `country`: ISO 3166 alpha-2 in lower case, or empty."""

    words: Sequence[str]
    country: str
    category: str
    weight: float


def brand_examples(brand: Brand, aliases: Sequence[str], *, chance: random.Random) -> Iterator[Example]:
    """Each folded name by itself, and the brand's own name once as a terminal prints it."""
    countries = brand.countries.split()
    weight = len(aliases) ** -0.5
    for words in [*(alias.split() for alias in aliases), parse(printed(brand.name, chance)).key_words]:
        country = chance.choice(countries) if countries and chance.random() < COUNTRY_KNOWN else ""
        yield Example(words, country, brand.category, weight)


def word_examples(keywords: Keywords, mcc: Iterable[MccMeaning]) -> Iterator[Example]:
    """Keywords, and the descriptions of merchant category codes."""
    for phrase, meanings in sorted(keywords.phrases.items()):
        for meaning in meanings:
            yield Example(phrase.split(), "", meaning.category, KEYWORD_WEIGHT)
    for described in sorted(set(mcc)):
        yield Example(parse(described.description).key_words, "", described.category, 1.0)


def person_examples(*, chance: random.Random) -> Iterator[Example]:
    """People, of whom nobody can say what they are paid for."""
    given, family = sorted(GIVEN_NAMES), sorted(set(_SURNAMES.split()))
    for _ in range(PERSONS):
        names = [chance.choice(given), chance.choice(family)]
        if chance.random() < 1 / 3:
            names.reverse()
        yield Example(parse(" ".join(names)).key_words, "", UNCATEGORISED, 1.0)


def printed(name: str, chance: random.Random) -> str:
    """`name` cut to the field of some terminal, or with a branch, a number or a town behind it."""
    written = name.lower()
    if chance.random() < 0.3:
        written = written[: chance.randint(12, 25)]
    if chance.random() < 0.3:
        written += f" {chance.choice(('nr', 'fil', 'shop', 'eshop', 'srl', 'gmbh', 'www'))}"
    if chance.random() < 0.4:
        written += f" {chance.randint(1, 9999):03}"
    if chance.random() < 0.4:
        written += f" {chance.choice(_TOWN_NAMES)}"
    return written
