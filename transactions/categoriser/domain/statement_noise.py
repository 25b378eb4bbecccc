"""Words that banks and card processors wrap around a merchant's name, in the folded form of `merchants.fold`.

Every list is lower case and without accents. A word belongs here only when it is safe to lose: taking it off
must not merge two merchants that a person would tell apart.
"""
# ruff: noqa: RUF001 (words of other scripts are the point of this file)

import re

from transactions.categoriser.domain.place_names import CITIES, COUNTRIES, COUNTRY_NAMES, US_STATES

_PROCESSORS = (
    "sq|sqc|gosq|tst|izettle|zettle|iz|sumup|paypal|pp|pypl|google|goog|klarna|mollie|adyen|worldline|six|ccv|payu|"
    "stripe|clover|toast|cko|paddle|paddle\\.net|2co\\.com|ls|lsp|ezi|wpy|eb|sp|nya|nyx|mypos|satispay|nexi|"
    "viva|vivawallet|dna|dojo|crv|ppro|gc|gocardless|shopify|in|py|wl|bt|dd|fs"
)
PROCESSOR_PREFIX = re.compile(rf"\s*(?:{_PROCESSORS}) ?[*_]+ ?(?=.*\w)", re.IGNORECASE)
"""`SQ *BLUE BOTTLE`, `Zettle_*Café`, `TST* BURGER`: the part that names the processor."""

PUNCTUATED_NOISE = re.compile(
    r"\d{4}-\d\d-\d\d(?:t\d\d[:.]\d\d(?:[:.]\d\d)?)?"
    r"|\d{1,2}[./-]\d{1,2}(?:[./-](?:\d{2,4})?)?"
    r"|\d{1,2}:\d\d(?::\d\d)?(?:am|pm)?"
    r"|\d*[x*#.]{2,}-?\d{2,6}|\d{4,6}[x*]{3,}\d{0,4}"
    r"|(?:iban|bic|eref|mref|cred|kref|id|ref|nr|no|auth|trn|tid|term|mandate?|mandato|rif|folio|beleg)[.:#+]+\S*"
    r"|\(?\+?\d[\d()-]{7,}\d|#\w*\d\S*|\d+[.,]\d\d(?:eur|usd|gbp|chf|lv|zl|kc)?"
)
"""One blank-separated piece that is a date, a time, a card mask, a phone number, a reference or an amount."""

DOMAIN_SUFFIX = re.compile(
    r"\.(?:co\.uk|com\.tr|com\.au|com\.br|com|net|org|de|fr|it|es|nl|pl|cz|bg|ro|gr|se|at|ch|be|eu|io|app|tv)\b"
)

ORDER_TAIL = re.compile(r"(?<=\w)(?:\*[a-z0-9]*\d[a-z0-9]*\b|//.*$)")
"""`AMAZON*2K4TY8`: an order number behind the star; `REWE//BERLIN/DE`: the place a German bank adds."""

PERSON_TAIL = re.compile(r"\bindn:.*$")
"""`INDN:JANE DOE CO ID:...`: the account holder, which American banks repeat behind an ACH entry."""

_MONTHS = "jan feb mar apr may mai jun jul aug sep sept oct okt nov dec dez"
MONTHS = frozenset(_MONTHS.split())
MASKED_WORD = re.compile(
    rf"x+\d{{2,}}|\d+x{{2,}}\d*|x{{4,}}|\d{{1,2}}h\d\d|\d{{1,2}}(?:{'|'.join(sorted(MONTHS))})\d*"
)
"""A card mask, a time or a date without any punctuation: `XXXX1234`, `18H22`, `12MAR`."""

_LEGAL_FORMS = """
gmbh mbh ag kg ohg ug gbr ev ltd limited plc llc llp inc incorporated corp bv nv sarl sas sasu eurl srl
spa sl slu sau sa lda ltda sp zoo spzoo sro vos as asa aps oyj oy ab hb kft zrt nyrt doo dd ead ood eood
ад ооо оод еоод еад ет зао оао пао ип epe ike αε επε ικε οε sti sirketi pty
"""
LEGAL_FORMS = frozenset(_LEGAL_FORMS.split())

_BANK_PHRASES = (
    "sp",
    "dd",
    "fpo",
    "bgc",
    # English
    "card purchase",
    "card payment to",
    "card payment",
    "card",
    "debit card purchase",
    "debit card payment",
    "debit card",
    "debit purchase",
    "credit card purchase",
    "recurring card purchase",
    "recurring payment authorized on",
    "recurring payment",
    "purchase authorized on",
    "contactless payment",
    "contactless",
    "checkcard",
    "check card purchase",
    "pos debit",
    "pos purchase",
    "pos",
    "visa debit",
    "visa purchase",
    "visa direct",
    "visa",
    "mastercard",
    "maestro",
    "apple pay",
    "google pay",
    "direct debit payment to",
    "direct debit to",
    "direct debit",
    "sepa direct debit",
    "ach debit",
    "ach credit",
    "ach",
    "online purchase",
    "bill payment to",
    "purchase",
    "pending",
    "faster payment to",
    # German, Dutch, Swedish, Danish, Norwegian
    "kartenzahlung",
    "kartenumsatz",
    "lastschrift",
    "sepa lastschrift",
    "basislastschrift",
    "folgelastschrift",
    "lastschrifteinzug",
    "girocard",
    "debitkarte",
    "einkauf",
    "ec karte",
    "bea betaalpas",
    "bea",
    "betaalpas",
    "betaalautomaat",
    "pinbetaling",
    "sepa incasso",
    "incasso",
    "ideal betaling",
    "kortkop",
    "kortkob",
    "korttiosto",
    "varekjop",
    "visa varekjop",
    "dankort",
    "dankort nota",
    "autogiro",
    # French
    "achat cb",
    "paiement cb",
    "paiement par carte",
    "paiement carte",
    "paiement sans contact",
    "achat",
    "carte",
    "cb",
    "prlv sepa",
    "prlv",
    "prelevement sepa",
    "prelevement",
    "facture carte",
    # Spanish, Portuguese, Italian
    "compra tarjeta",
    "compra tarj",
    "compra con tarjeta",
    "compra en",
    "compra internet en",
    "compra",
    "pago con tarjeta",
    "pago en",
    "pago movil en",
    "adeudo recibo",
    "recibo",
    "compras c deb",
    "compra mb",
    "pagamento mb",
    "debito direto",
    "pagamento pos",
    "pagamento con carta",
    "pagamento carta",
    "pagamento",
    "acquisto",
    "acquisto pos",
    "addebito sdd",
    "addebito diretto",
    "addebito",
    # Polish, Czech, Romanian, Turkish
    "platnosc karta",
    "transakcja karta",
    "zakup przy uzyciu karty",
    "zakup",
    "platba kartou",
    "platba",
    "nakup",
    "inkaso",
    "plata la pos",
    "plata pos",
    "plata card",
    "cumparare pos",
    "cumparaturi",
    "alisveris",
    "harcama",
    "kart ile odeme",
    "pos harcama",
    # Bulgarian, Russian, Greek
    "покупка на пос",
    "покупка пос",
    "покупка",
    "плащане на пос",
    "плащане с карта",
    "плащане",
    "пос плащане",
    "оплата",
    "оплата картои",
    "αγορα με καρτα",
    "αγορα",
    "αγορες",
    "πληρωμη",
)
BANK_PHRASES = frozenset(tuple(phrase.split()) for phrase in _BANK_PHRASES)
BANK_PHRASE_WORDS = frozenset(phrase[0] for phrase in BANK_PHRASES)
LONGEST_BANK_PHRASE = max(len(phrase) for phrase in BANK_PHRASES)
"""Phrases in front of a merchant's name that say how it was paid."""

_TAIL_WORDS = """
card cardno kartennr karte debitk pas terminal term tid mid ref reference rrn auth contactless recurring
pending purchase pos visa mastercard maestro vpay girocard danke dankt sagt vielen on of help bill
billing store stores str filiale fil branch shop nr no num uhr kfn kaufumsatz folgenr verfalld and und et
y e och og
"""
TAIL_WORDS = frozenset(_TAIL_WORDS.split())
"""Words after a merchant's name that say nothing about it."""

NAME_ENDS = LEGAL_FORMS | frozenset(
    f"{COUNTRY_NAMES} osterreich oesterreich austria schweiz suisse svizzera nederland belgie belgique portugal "
    "bulgaria romania ceska cesko slovensko magyarorszag hrvatska srbija sverige danmark norge suomi ellas hellas "
    "turkiye brasil mexico ireland europe european europa international intl българия ελλας россия".split()
)
"""Behind one of these a firm's name is over; what follows says what the payment was for."""

_COMPANY_WORDS = """
markt maerkte vertrieb vertriebs handel handels handelsgesellschaft einzelhandel dienstleistung dienstleistungen
betriebs betreiber verwaltungs gesellschaft company group groupe gruppe gruppo grupo holding services service
retail trading distribution supermarket supermarche supermercado supermercados market online payments
"""
COMPANY_WORDS = frozenset(_COMPANY_WORDS.split())
"""Words in firms' names that do not tell one firm from another of the same first name."""

_GIVEN_NAMES = """
adam albert alex alexander alfred alice amelie andrea andreas anna anton antonio arthur ben bella bernd bruno
carla carlo carlos carmen charles charlie chris christian clara claudia dana daniel david diana edgar elena elisa
emil emma eric erik eva fabian felix ferdinand frank franz fred fritz george georg gerd giovanni gregor hans harry
heidi heinz helena henri henry hermann hugo ida irma ivan jack jacob jakob james jan jana jean jens joe john jonas
jose julia julian julius karl kate klaus lara laura lea leo leon lena lidia linda lisa louis luca lucas lucia
luis luisa lukas manfred marco marcus maria marie mario mark markus marta martin martina max maya mia michael
miguel mila monika monica nadia natalia natalie nick nico nicolas nina noah norbert nora oliver olivia oscar oskar
otto pablo paul paula pedro peter petra philipp pierre ralf rene richard robert roberto robin roger roland roman
rosa rose rudolf sam samuel sandra sara sarah sebastian simon sofia sonja sophie stefan stella susanne sven
tania theo thomas tim tina tom tommy toni tony udo valentina vera victor victoria viktor vincent walter werner
wilhelm william willi willy иван георги мария петър
"""
GIVEN_NAMES = frozenset(_GIVEN_NAMES.split())
"""Given names: `OTTO MEIER` is a person, `OTTO 0815` and `OTTO` are the shop."""

TAIL_NOISE = TAIL_WORDS | COUNTRIES | US_STATES | CITIES | LEGAL_FORMS
