"""Words that hint at what a column holds, or that warn against taking it for more than it is."""

from ingest.domain.column_roles import ColumnRole

# Names that count only where nothing better names the role.
WEAK_NAMES: dict[ColumnRole, str] = {
    ColumnRole.PAYEE: """
name|naam|nom|nombre|nome|nazwa|jméno|název|meno|názov|namn|navn|nimi|név|име|имя|ім'я|ad|ad soyad|όνομα
|ime|naziv|nume|auftraggeber|sender|from|to|absender|von|an
""",
    ColumnRole.DESCRIPTION: """
buchungstext|notes|note|notiz|info|comment|comments|additional info|notes and #tags|reference
|payment reference|referenz|further information|location|place|plaats|locatie|remittance information
|referencia 2|toelichting|statement|zusatzinfo|zusätzliche information|opmerking
""",
    ColumnRole.KIND: """
type|transaction type|kind|umsatzart|transaktionstyp|buchungsart|vorgang|umsatztyp|art|category
|kategorie|code|mutatiesoort|soort|rubrieknaam|type d'opération|type opération|catégorie|tipo
|tipo de movimiento|categoría|tipologia|tipo operazione|categoria|typ operacji|rodzaj operacji
|typ transakcji|kategoria|typ|typ transakce|typ operace|kategorie transakce|typ transakcie|tyyppi|laji
|típus|tranzakció típusa|jogcím|тип|вид|вид операция|категория|категорія|тип операции|işlem tipi|işlem
|kategori|τύπος|vrsta|tip|método|details|transaction|subcategory|merchant category|emoji|product
""",
}

# Stems at the end of a compound ("Transaktionsdatum", "Buchungsbetrag"), or the whole word before a remark.
STEMS: dict[ColumnRole, str] = {
    ColumnRole.DATE: "date datum dato datums tag",
    ColumnRole.AMOUNT: "betrag bedrag belopp belob belop amount montant importe importo kwota castka tutar",
    ColumnRole.BALANCE: "saldo balance zustatek zostatok",
    ColumnRole.CURRENCY: "wahrung waehrung currency valuta",
    ColumnRole.DESCRIPTION: "description text zweck omschrijving",
}

# A column so qualified tells of another currency or another party, never of the booking itself.
FOREIGN_WORDS = frozenset(
    """
alkuperainen|cashback|converted|devise|equivalent|eredeti|exchange|foreign|fremd|instructed|local
|merchant|oorspr|oorspronkelijk|oorspronkelijke|opprinnelig|oprindelig|orig|origen|original|originale
|originaria|originario|origine|origineel|povodna|povodny|purchase|puvodni|puvodny|quoted|settlement|tax
|urspr|ursprung|ursprunglich|ursprunglicher|valutabelopp|vat|zahraniční|исходная|оригинал|оригинална
|початкова
""".replace("\n", "").split("|")
)
FOREIGN_PREFIXES = (
    "original",
    "fremd",
    "ursprung",
    "oorspr",
    "auslands",
    "vreemde",
    "zahranic",
    "puvodn",
    "foreign",
)
COUNTERPARTY_WORDS = frozenset(
    """
alici|beguenstigter|begunstigde|begunstigter|beneficiaire|beneficiario|beneficiary|contrapartida
|contrepartie|controparte|counter|counterparty|destinataire|destino|ellenoldali|ellenszamla|empfanger
|gegenkonto|gegenpartei|kontrahenta|modtager|motkonto|motpart|mottagare|mottaker|nadawcy|odbiorcy
|partner|partnera|party|payee|protistrany|protiuctu|recipient|saajan|target|tegenpartij|tegenrekening
|third|to|vastatili|zahlungsbeteiligter|zahlungspflichtigen|контрагент|наредителя|получател|получателя
""".replace("\n", "").split("|")
)
