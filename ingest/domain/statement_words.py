"""Words in a statement's rows that say what a row is: direction, state, balance lines, card payments."""

import re

from ingest.domain.column_vocabulary import plain

MAX_MORE_LETTERS = 12


def _words(listed: str) -> frozenset[str]:
    return frozenset(plain(word) or word for word in listed.replace("\n", "").split("|"))


def _any_of(listed: str) -> re.Pattern[str]:
    return re.compile("|".join(map(plain, listed.replace("\n", "").split("|"))))


def _whole_word_of(listed: str) -> re.Pattern[str]:
    return re.compile(f"(?:{_any_of(listed).pattern})(?![^\\W\\d_])")


_OUT = _words("""
d|dr|db|dbit|debit|debet|debito|soll|s|af|out|outflow|-|withdrawal|money out|paid out|ausgang|belastung
|lastschrift|uit|afschrijving|debe|cargo|gasto|dare|addebito|uscita|obciazenie|wyplata|wydatek|vydaj
|odchozi|debetni|uttag|ut|ud|udgaende|utgaende|panot|otto|terheles|kiadas|дебит|дт|разход|расход|дебет
|витрата|списание|borc|cekilen|χρεωση|χ|isplata|teret|deebet|debets|debetas|negative|expense|saida
|salida|egreso|zahlungsausgang|odeslana|vydavok|minus
""")
_IN = _words("""
c|cr|crdt|credit|credito|haben|h|bij|in|inflow|+|deposit|money in|paid in|eingang|gutschrift|einzahlung
|bijschrijving|haber|abono|ingreso|avere|accredito|entrata|uznanie|wplata|wplyw|prijem|prichozi|kreditni
|insattning|ingaende|inn|ind|indgaende|pano|jovairas|bevetel|кредит|кт|приход|зачисление|надходження
|alacak|yatan|πιστωση|π|uplata|korist|kredit|k|kreedit|kredits|kreditas|positive|income|entrada
|zahlungseingang|prijata|prijmy|plus
""")
_PENDING = _words("""
pending|authorised|authorized|authorisation|vorgemerkt|umsatz vorgemerkt|in bearbeitung|reserved
|reserverad|reserveret|reservert|gereserveerd|in behandeling|processing|on hold|not posted|unposted
|en cours|en attente|in attesa|non contabilizzato|pendiente|pendente|oczekujaca|w trakcie|blokada
|blokace|cekajici|varaus|fuggoben|чакаща|чакащ|в обработке|в обработка|beklemede|bekliyor|tx pending
|uncleared
""")
_VOID = _words("""
reverted|declined|failed|cancelled|canceled|rejected|refused|voided|void|expired|blocked|error|deleted
|abgelehnt|storniert|fehlgeschlagen|geweigerd|geannuleerd|mislukt|refuse|annule|rechazado|anulado
|rifiutato|annullato|odrzucona|anulowana|zamitnuto|zruseno|avvisad|afvist|avvist|hylatty|отказана
|отменена|отхвърлена|iptal|reddedildi
""")
_BALANCE_PHRASE = _whole_word_of("""
opening balance|closing balance|beginning balance|ending balance|starting balance|previous balance
|final balance|initial balance|current balance|available balance|statement balance|ledger balance
|opening ledger balance|closing ledger balance|start balance|end balance|ending bal|balance brought
|balance carried|balance b f|balance c f|balance forward|balance as of|balance at|balance on
|anfangssaldo|endsaldo|alter saldo|neuer saldo|alter kontostand|neuer kontostand|kontostand am
|kontostand vom|saldovortrag|ubertrag|tagessaldo|schlusssaldo|schlussaldo|beginsaldo|eindsaldo
|begin saldo|eind saldo|oud saldo|nieuw saldo|vorig saldo|saldo inicial|saldo final|saldo anterior
|saldo actual|saldo iniziale|saldo finale|saldo contabile|saldo precedente|saldo poczatkowe
|saldo koncowe|saldo do dia|saldo disponivel|saldo na dzien|saldo per|saldo am|saldo vom|saldo zum
|solde initial|solde final|solde precedent|solde au|solde anterieur|solde crediteur|solde debiteur
|ancien solde|nouveau solde|pocatecni zustatek|konecny zustatek|pociatocny zostatok|konecny zostatok
|ingaende saldo|utgaende saldo|startsaldo|slutsaldo|inngaende saldo|nyito egyenleg|zaro egyenleg
|nyitoegyenleg|zaroegyenleg|начално салдо|крайно салдо|входящий остаток|исходящий остаток
|devreden bakiye|end of report|end of file|end of statement|saldo w dniu|bakiye devri
""")
_BALANCE_STARTS = frozenset(word[:4] for word in _BALANCE_PHRASE.pattern[3:].split("|"))
_TOTAL_WORD = _whole_word_of("""
new balance|total|totals|subtotal|sub total|grand total|sum of|sum|summe|gesamt|gesamtsumme
|zwischensumme|totaal|totale|totaux|totales|suma|razem|celkem|spolu|osszesen|общо|всего|итого|разом
|toplam|συνολο|ukupno|skupaj|kokku|kopa|is viso|saldo|balance|solde|zustatek|kontostand|zostatok
|egyenleg|салдо|остаток|bakiye|summary|yhteensa|sammanlagt|i alt|totalt
""")
_PAYMENT_TO_CARD = _any_of("""
payment received|payment thank|thank you|thankyou|paiement recu|merci|zahlung erhalten
|betaling ontvangen|bedankt|pagamento recebido|pagamento ricevuto|pago recibido|su pago|grazie|gracias
|inbetalning tack|payment from checking|refund|erstattung|terugbetaling|remboursement|reembolso|rimborso
|statement credit|credit adjustment
""")
_PERHAPS_TO_CARD = _any_of("""
autopay|auto pay|direct debit payment|payment by direct|electronic payment|online payment
|internet payment|mobile payment|bill payment|payment|paiement|einzug|ausgleich|incasso|betaling
|inbetalning|innbetaling|indbetaling|splata|platba|pagamento|gutschrift|cashback
""")
_CARD = _any_of("""
credit card|kreditkart|creditcard|kredietkaart|carte de credit|kreditkort|luottokort|karta kredytowa
|kreditni karta|tarjeta de credito|carta di credito|mastercard|master card|visa|amex|american express
|cardmember|card member|barclaycard|кредитна карта|кредитная карта|kredi kart|diners|discover card
|cartao de credito
""")
_INCOME = _any_of("""
salary|payroll|wages|interest|dividend|refund|gehalt|lohn|habenzinsen|zinsen|gutschrift|finanzamt
|salaire|remuneration|salaris|loon|rente|nomina|stipendio|wynagrodzenie|mzda|plat|lon|palkka|fizetes
|заплата|зарплата|maas|plata|deposit|einzahlung
""")
_SPENDING = _any_of("""
entgelt|fee|charge|atm|bankomat|pos|dankt|card|karte|purchase|miete|rent|strom|kartenzahlung|lastschrift
|direct debit|store|market|markt|shop|supermarket|hotel|restaurant|lidl|aldi|hofer|spar|tesco|carrefour
|netflix|spotify|amazon|такса|pin
""")


def is_outflow_word(text: str) -> bool:
    """Whether a direction cell means money going out: D, DBIT, Debit, S, Af, "-" and the like."""
    return (plain(text) or text.strip()) in _OUT


def is_inflow_word(text: str) -> bool:
    """Whether a direction cell means money coming in: C, CRDT, Credit, H, Bij, "+" and the like."""
    return (plain(text) or text.strip()) in _IN


def is_pending_word(text: str) -> bool:
    """Whether a date or state cell says that the movement is not booked yet."""
    return plain(text) in _PENDING


def is_void_word(text: str) -> bool:
    """Whether a state cell says that no money moved: reverted, declined, failed, cancelled."""
    return plain(text) in _VOID


def opens_balance_line(text: str) -> bool:
    """Whether a text begins the way an opening, closing or total line does; so may the name of a shop."""
    words = plain(text)
    return _BALANCE_PHRASE.match(words) is not None or _TOTAL_WORD.match(words) is not None


def is_balance_line(text: str) -> bool:
    """Whether a text is the name of a balance, with hardly a word more, and so not the name of a shop."""
    if plain(text[:6])[:4] not in _BALANCE_STARTS:
        return False
    words = plain(text)
    found = _BALANCE_PHRASE.match(words)
    return found is not None and sum(letter.isalpha() for letter in words[found.end() :]) <= MAX_MORE_LETTERS


def is_card_payment(text: str, *, on_a_card: bool) -> bool:
    """Whether a description sounds like money paid towards a credit card, or given back to it.

    What could as well be a payment made from an ordinary account counts only ``on_a_card``.
    """
    words = plain(text)
    return _PAYMENT_TO_CARD.search(words) is not None or (
        on_a_card and _PERHAPS_TO_CARD.search(words) is not None
    )


def speaks_of_a_credit_card(text: str) -> bool:
    """Whether text about the statement (file name, preamble, headings) says it belongs to a credit card."""
    return _CARD.search(plain(text)) is not None


def sounds_like_income(text: str) -> bool:
    """Whether a description sounds like money coming in: salary, interest, refund."""
    return _INCOME.search(plain(text)) is not None


def sounds_like_spending(text: str) -> bool:
    """Whether a description sounds like money going out: card payments, fees, shops, cash machines."""
    return _SPENDING.search(plain(text)) is not None
