# ruff: noqa: RUF001  (letters of other alphabets are the point here)
"""What banks call their columns, language by language, as data.

Every phrase stands under the role it names, phrases separated by ``|``. They are compared without case,
accents and punctuation.
"""

from ingest.domain.column_roles import ColumnRole

COLUMN_NAMES: dict[ColumnRole, str] = {
    ColumnRole.DATE: """
date|transaction date|trans date|trans. date|posting date|posted date|date posted|post date|booking date
|date of transaction|date processed|processed date|process date|effective date|entry date|started date
|completed date|created|created on|created at|transaction created on|timestamp|datetime|date time
|date/time|txn date|tran date|date completed|date started|finished on|bank date|operation date
|execution date|date and time|transaction timestamp|datum|buchungstag|buchungsdatum|buchung|belegdatum
|transaktionsdatum|kaufdatum|umsatzdatum|einkaufsdatum|abschlussdatum|datum verrichting|boekdatum
|boekingsdatum|transactiedatum|uitvoeringsdatum|verrichtingsdatum|datum transactie|date operation
|date d'opération|date de l'opération|date opération|date comptable|date de comptabilisation
|date d'écriture|date de transaction|date transaction|date vente|dateop|date op|date achat|date d'achat
|fecha|fecha operación|fecha de operación|f. operación|fecha contable|fecha movimiento
|fecha de la operación|fecha oper|fecha de transacción|fecha de compra|f. contable|data|data operazione
|data contabile|data registrazione|data movimento|data di contabilizzazione|data contabilizzazione
|data transazione|data esecuzione|data acquisto|data operacji|data transakcji|data księgowania
|data zaksięgowania|data operação|data da operação|data mov.|data lançamento|data do lançamento
|data de operação|data lanc|data compra|data da transação|dt. movimento|data realizării|data tranzacției
|data tranzactiei|data operațiunii|data procesării|datum zaúčtování|datum provedení|datum transakce
|datum operace|datum pohybu|datum splatnosti|datum odepsání|dátum|dátum zaúčtovania|dátum transakcie
|dátum operácie|dátum vykonania|dátum pohybu|dátum spracovania|bokföringsdag|bokföringsdatum|bokförd
|transaktionsdag|transdag|bokförningsdag|köpdatum|reskontradatum|radnummer datum|dato|bogføringsdato
|bogført|bogført dato|posteringsdato|transaktionsdato|bokført|bokføringsdato|bokført dato|utført dato
|betalingsdato|kjøpsdato|dato for transaktion|bogf. dato|bogføringsdag|päivämäärä|pvm|kirjauspäivä
|kirjauspäivämäärä|maksupäivä|tapahtumapäivä|pp.kk.vvvv|ostopäivä|könyvelés dátuma|könyvelési dátum
|könyvelés napja|tranzakció dátuma|tranzakció ideje|tranzakció időpontja|kelte|дата|дата на операцията
|дата на транзакция|дата на транзакцията|дата на осчетоводяване|дата операции|дата проводки
|дата транзакции|дата платежа|дата обработки|дата операції|дата транзакції|дата и час
|дата і час операції|дата и время|дата на плащане|дата на счетоводно записване|время операции|дата і час
|tarih|işlem tarihi|tarihi|tarih saat|kayıt tarihi|ημερομηνία|ημ/νία|ημερομηνία συναλλαγής
|ημ/νία συναλλαγής|ημερομηνία κίνησης|datum knjiženja|datum izvršenja|datum transakcije|datum knjižbe
|datum obrade|kuupäev|makse kuupäev|datums|darījuma datums|operacijos data|mokėjimo data|日付|取引日
|年月日|交易日期|日期|交易时间|記帳日|利用日
""",
    ColumnRole.VALUE_DATE: """
value date|value|valuta|valuta date|valutadatum|wertstellung|wertstellungsdatum|wert|wertstellungstag
|valuta datum|settlement date|date settled|settled|rentedatum|datum verrekening|valutadag|valutadato
|rentedato|rentedag|interest date|date de valeur|date valeur|valeur|dateval|fecha valor|f. valor
|fecha de valor|data valuta|data waluty|data valor|data da valor|dt. valor|valutový den|datum valuty
|dátum valuty|valuta dátum|értéknap|arvopäivä|вальор|вальорна дата|дата на вальор|дата валютирования
|дата валютування|valör|valör tarihi|valeur date|ημερομηνία αξίας|valor|ημ/νία αξίας|datum valute
|data valutei|abrechnungsdatum|cleared date|date cleared|ränteda|due date|fälligkeit
""",
    ColumnRole.TIME: """
time|transaction time|uhrzeit|zeit|tijd|heure|hora|ora|godzina|čas|čas zaúčtování|idő|tid|klokkeslæt
|klokkeslett|klockslag|kellonaika|час|время|saat|ώρα|vrijeme|laiks|laikas|kellaaeg|時間
""",
    ColumnRole.AMOUNT: """
amount|transaction amount|net amount|amount net|net|value amount|txn amount|account amount
|billing amount|total amount|amount in account currency|booked amount|posted amount|settled amount|sum
|total|betrag|umsatz|buchungsbetrag|betrag in kontowährung|betrag in eur|netto|abrechnungsbetrag
|transaktionsbetrag|umsatzbetrag|bedrag|transactiebedrag|bedrag in rekeningmunt|montant|montant en euros
|montant net|montant de l'opération|montant en eur|importe|importe eur|cantidad|monto|importe neto
|importo|importo euro|importo in euro|ammontare|importe movimiento|montante|quantia|valor eur|valor r$
|valor em eur|importância|montante eur|quantità|kwota|kwota operacji|kwota transakcji
|kwota w walucie rachunku|kwota księgowania|částka|částka v měně účtu|objem|zaúčtovaná částka|čiastka
|suma|suma transakcie|suma v mene účtu|belopp|belopp sek|insättning/uttag|insättning uttag|beløb
|beløb i dkk|beløp|määrä|summa|määrä euroa|määrä eur|összeg|tranzakció összege|terhelés vagy jóváírás
|сума|сума в лв|стойност|сума на операцията|сумма|сумма операции|сумма платежа|сумма в валюте счета
|сума в валюті картки|сума операції|сума у валюті рахунку|сума у валюті картки|tutar|işlem tutarı|ποσό
|ποσό συναλλαγής|iznos|znesek|kogus|summa eur|金額|取引金額|金额|交易金额|利用金額|suma eur|miktar
|amount incl fee|inleg opname|inc/out|ein/ausgang|amount local currency
""",
    ColumnRole.DEBIT: """
debit|debits|debit amount|withdrawal|withdrawals|withdrawal amount|withdrawals amount|paid out|money out
|payment out|payments out|out|outflow|amount debit|debit amt|spent|charge|charges|debited|withdraw
|total debit|expense|expenses|dr|money out gbp|withdrawal amt|funds out|cash out|amount out
|debited amount|soll|lastschrift betrag|belastung|belastungen|ausgang|ausgänge|ausgabe|ausgaben|abgang
|auszahlung|zahlungsausgang|debet|debetbedrag|bedrag af|uitgaven|afschrijving|af|uit|débit|débits
|dépense|dépenses|débit euros|montant débit|sorties|débito|cargo|cargos|gasto|gastos|retiro|retiros
|egreso|egresos|débitos|salida|salidas|debe|dare|addebito|addebiti|uscite|uscita|importo addebito
|avere dare|saídas|débito eur|despesa|levantamentos|obciążenia|obciążenie|wypłata|wypłaty|wydatki
|rozchód|kwota obciążenia|kwota debet|výdej|výdaje|na vrub|odepsáno|odchozí|výdavky|na ťarchu|debetné
|uttag|utgift|utgifter|ut|debiterat|udbetaling|hævet|hævet beløb|ud|ut av konto|ut fra konto|panot otot
|otto|otot|terhelés|terhelések|kiadás|kimenő|jóváírás nélkül|дебит|дебит в лв|разход|разходи|плащания
|расход|списание|списано|расходы|дебет|витрати|видаток|списання|borç|çekilen|gider|giden|borç tutarı
|χρέωση|χρεώσεις|αναλήψεις|isplata|isplate|zaduženje|duguje|teret|rashod|breme|odlivi|deebet|debets
|debetas|ieșiri|debit tranzactie|出金|支出|お支払金額|引出
""",
    ColumnRole.CREDIT: """
credit|credits|credit amount|deposit|deposits|deposit amount|deposits amount|paid in|money in|payment in
|payments in|in|inflow|amount credit|credit amt|received|credited|total credit|income|cr|money in gbp
|deposit amt|funds in|cash in|amount in|credited amount|lodgement|lodgements|payments received|haben
|gutschrift|gutschriften|eingang|eingänge|einnahme|einnahmen|zugang|einzahlung|zahlungseingang
|creditbedrag|bedrag bij|inkomsten|bijschrijving|bij|crédit|crédits|recette|recettes|crédit euros
|montant crédit|entrées|crédito|abono|abonos|ingreso|ingresos|depósito|depósitos|créditos|entrada
|entradas|haber|avere|accredito|accrediti|entrate|importo accredito|receita|crédito eur|uznania|uznanie
|wpłata|wpłaty|wpływy|przychód|kwota uznania|kwota kredyt|příjem|příjmy|ve prospěch|připsáno|příchozí
|príjmy|v prospech|kreditné|insättning|insättningar|inkomst|inkomster|krediterat|indbetaling|indsat
|indsat beløb|ind|inn på konto|inn|kredit|pano|panot|jóváírás|jóváírások|bevétel|bejövő|кредит
|кредит в лв|приход|приходи|постъпления|зачисление|зачислено|приходы|надходження|зарахування|alacak
|yatan|gelir|gelen|alacak tutarı|πίστωση|πιστώσεις|καταθέσεις|uplata|uplate|odobrenje|potražuje|korist
|prihod|dobro|prilivi|kreedit|kredīts|kreditas|intrări|入金|収入|お預り金額|預入
""",
    ColumnRole.DIRECTION: """
debit/credit|credit/debit|dr/cr|cr/dr|d/c|c/d|debit credit indicator|credit debit indicator
|debit or credit|dc|cdi|+/-|-/+|sign|cr dr|dr cr|direction|in/out|transaction sign
|debit/credit indicator|credit/debit indicator|debit credit code|soll/haben|s/h|soll haben
|soll haben kennzeichen|sollhaben|umsatz soll haben|af bij|af/bij|bij af|bij/af|debet/credit|by/af
|code debet credit|cd|d c|débit/crédit|sens|debe/haber|cargo/abono|signo|segno|dare/avere|d/a
|tipo movimiento|débito/crédito|obciążenie/uznanie|strona|směr|smer|debet kredit|дт/кт|дебит/кредит
|вид движение|дебит кредит|приход/расход|χ/π|borç/alacak|d/p|deebet/kreedit (d/c)|deebet/kreedit|d/k
|debets/kredīts|deebet kreedit|betalning/insättning|duguje potražuje|b/a|debit credit|credit debit
|plus minus|haben soll
""",
    ColumnRole.FEE: """
fee|fees|fee amount|transaction fee|commission|total fees|gebühr|gebühren|entgelt|kosten op verrichting
|kosten|frais|comisión|comisiones|commissione|commissioni|comissão|prowizja|opłata|poplatek|poplatky
|avgift|gebyr|kulu|díj|jutalék|такса|такси|комиссия|комісія|masraf|komisyon|προμήθεια|naknada|teenustasu
|手数料
""",
    ColumnRole.CURRENCY: """
currency|currency code|ccy|curr|account currency|transaction currency|iso currency|billing currency
|amount currency|währung|waehrung|kontowährung|buchungswährung|whg|munt|valuta|muntsoort|devise|monnaie
|moneda|divisa|divisa importe|valuta importo|moeda|waluta|waluta rachunku|waluta operacji|měna|měna účtu
|mena|mena účtu|kontovaluta|valuutta|pénznem|devizanem|валута|валюта|валюта операции|валюта карты
|валюта счета|döviz|para birimi|döviz cinsi|νόμισμα|monedă|valuuta|valūta|valiuta|通貨|币种|valutakod
|valutakode
""",
    ColumnRole.BALANCE: """
balance|running balance|running bal.|running bal|account balance|available balance|closing balance
|balance after|new balance|balance after transaction|ledger balance|current balance|end balance
|resulting balance|balance gbp|balance eur|saldo|kontostand|saldo nach buchung|saldo nach|neuer saldo
|saldo na trn|saldo na mutatie|saldo na boeking|boeksaldo|solde|solde après|nouveau solde
|saldo disponible|saldo contable|saldo final|saldo contabile|saldo progressivo|saldo após
|saldo contabilístico|saldo po operacji|saldo po transakcji|saldo po|zůstatek|zůstatek po
|účetní zůstatek|zostatok|zostatok po|účtovný zostatok|saldo efter|bokfört saldo|saldo beløp
|tilikauden saldo|egyenleg|könyvelt egyenleg|egyenleg a tranzakció után|салдо|наличност|остаток
|остаток после операции|баланс|залишок|залишок після операції|bakiye|son bakiye|υπόλοιπο
|λογιστικό υπόλοιπο|stanje|stanje nakon|jääk|konta atlikums|likutis|sold|sold contabil|残高|余额
|差引残高|saldo w walucie
""",
    ColumnRole.DESCRIPTION: """
description|transaction description|details|transaction details|narrative|narration|particulars|memo
|remarks|transaction remarks|text|booking text|statement description|merchant description
|memo/description|transaction narrative|message|payment details|transaction information|reference text
|purpose|narrative description|original description|description 1|description 2|description 3
|description1|description2|description3|narrative 1|narrative 2|additional information|transaction info
|details 1|verwendungszweck|zahlungszweck|beschreibung|transaktionsbeschreibung|vorgang/verwendungszweck
|vwz|zahlungsgrund|buchungsdetails|transaktionsbeschreibung zusatz|verwendungszweck 1|verwendungszweck 2
|verwendungszweck 3|buchungsinformation|bezeichnung|avisierungstext|beschreibung 1|beschreibung 2
|beschreibung 3|beschreibung1|beschreibung2|beschreibung3|beschrijving|omschrijving|omschrijving 1
|omschrijving 2|omschrijving 3|mededelingen|mededeling|vrije mededeling|gestructureerde mededeling
|naam omschrijving|naam/omschrijving|libellé|libelle|libellé de l'opération|libellé opération
|libellé complet|description de l'opération|communication|communications|libellé simplifié
|nature de l'opération|détails|détail|informations complémentaires|intitulé|concepto|descripción|detalle
|concepto ampliado|observaciones|movimiento|más datos|detalles|descrição|descritivo|histórico|lançamento
|descrizione|descrizione operazione|causale|descrizione estesa|dettagli|causale movimento|motivo
|descrição do movimento|opis|opis operacji|opis transakcji|tytuł|tytuł operacji|tytułem
|szczegóły transakcji|tytuł przelewu|dane operacji|popis|popis transakce|zpráva pro příjemce|zpráva
|poznámka|zpráva pro mě|zpráva pro mne|detaily transakce|položka|item|message for payee|popis transakcie
|správa pre prijímateľa|informácia pre príjemcu|poznamka|message for me|popis operace|označení operace
|beskrivning|transaktion|meddelande|specifikation|rubrik|transaktionstext|beskrivelse|tekst|forklaring
|meddelelse|melding|selite|viesti|selitys|tapahtuma|viitesanoma|közlemény|leírás|megjegyzés
|tranzakció leírása|könyvelési információ|описание|основание|основание за плащане|пояснения
|основание на операцията|детайли|описание операции|назначение платежа|назначение|опис|опис операції
|призначення платежу|деталі операції|детали операции|açıklama|işlem açıklaması|περιγραφή|αιτιολογία
|descriere|detalii|detalii tranzacție|descrierea tranzacției|opis plaćanja|opis transakcije|svrha|namen
|selgitus|informācija|mokėjimo paskirtis|paskirtis|摘要|内容|取引内容|交易摘要|お取引内容|備考|説明
|交易描述|利用店名|ご利用店名
""",
    ColumnRole.PAYEE: """
payee|payee name|merchant|merchant name|counterparty|counterparty name|beneficiary|beneficiary name
|payer/payee|recipient|name of counterparty|counter party|counterparty holder|beneficiary/payer
|payer payee|other party|other party name|vendor|to/from|empfänger|auftraggeber/empfänger
|beguenstigter/zahlungspflichtiger|begünstigter/zahlungspflichtiger|begünstigter
|auftraggeber/begünstigter|auftraggeber / begünstigter|zahlungsempfänger|name zahlungsbeteiligter
|zahlungspflichtiger|zahlungspartner|händler|gegenpartei|partnername|empfänger/zahlungspflichtiger
|zahlungspflichtige*r|zahlungsempfänger*in|zahlungsbeteiligter|empfänger/auftraggeber|partner name
|naam tegenpartij|naam tegenrekening|tegenpartij|handelaar|naam begunstigde|begunstigde
|naam van de tegenpartij|tegenpartij naam|bénéficiaire|tiers|nom de la contrepartie|nom contrepartie
|contrepartie|contrepartie nom|commerçant|marchand|nom du bénéficiaire|beneficiario|ordenante|comercio
|establecimiento|beneficiário|beneficiário/ordenante|esercente|controparte|ordinante/beneficiario
|nadawca/odbiorca|odbiorca/nadawca|odbiorca|kontrahent|dane kontrahenta|nazwa odbiorcy|nazwa kontrahenta
|nazwa nadawcy/odbiorcy|název protiúčtu|protistrana|název protistrany|jméno protistrany|obchodník
|counteraccount name|jméno protiúčtu|název obchodníka|partner|názov protiúčtu|názov protistrany
|názov partnera|mottagare|motpart|mottagare/avsändare|modtager|afsender/modtager|mottaker|motpart navn
|saaja/maksaja|saaja|saajan nimi|maksaja|partner neve|kedvezményezett|ellenoldali név|ellenszámla név
|контрагент|получател|наредител/получател|име на контрагент|получател/наредител|контрагент име
|получатель|отримувач|наредител|karşı taraf|alıcı|alıcı adı|δικαιούχος|αντισυμβαλλόμενος|primatelj
|primalac|naziv platitelja|saaja/maksja nimi|saaja/maksja|saņēmējs|gavėjas|beneficiar|相手先
""",
    ColumnRole.ACCOUNT: """
account|account number|account no|account no.|account id|own account|my account|account iban
|your account|account nr|from account|card number|card no|card no.|card|account name|account #
|source account|card last 4 digits|account number / iban|auftragskonto|auftraggeberkonto
|iban auftraggeberkonto|auftraggeber iban|eigenes konto|bezeichnung auftragskonto|iban auftragskonto
|kontonummer|konto|iban|karte|kartennummer|kreditkarte|kreditkartennummer|umsatz getätigt von|konto nr
|kontonr|iban kontoinhaber|rekening|rekeningnummer|iban/bban|eigen rekening|kredietkaart|kaartnummer
|compte|numéro de compte|n° de compte|numéro carte|n° compte|carte|cuenta|número de cuenta|nº cuenta
|tarjeta|número de tarjeta|conto|numero conto|rapporto|carta|numero carta|conta|número da conta|cartão
|rachunek|numer rachunku|numer konta|nr rachunku|karta|číslo účtu|účet|vlastní účet|číslo karty
|vlastný účet|moj účet|kontonummer/iban eget|eget konto|egen konto|fra konto|från konto|tililtä|tili
|tilinumero|számlaszám|saját számla|könyvelt számla|сметка|номер на сметка|iban на сметка|счет
|номер счета|рахунок|карта|картка|номер карты|hesap|hesap no|hesap numarası|λογαριασμός|račun
|broj računa|konto number|kliendi konto|klienta konts|sąskaita|cont|număr cont|口座番号|账号|sold cont
""",
    ColumnRole.REFERENCE: """
id|transaction id|transactionid|transaction reference|transaction ref|unique id|fitid|transaction number
|txn id|uuid|tx id|record id|transaction reference number|transaction no|transaction no.
|reference number|bank reference|payment id|internal id|tran id|transaction code id|entry reference
|transaction key|volgnr|volgnummer|transactiereferentie|transaktionsnummer|transaktions id
|transaktionsid|buchungsreferenz|umsatz id|buchungsnummer|transactienummer|buchungs id
|référence de l'opération|id transaction|référence opération|numéro d'opération|número de operación
|id de operación|referencia 1|numero operazione|id transazione|identificador|nº documento
|numer transakcji|id transakcji|identyfikator transakcji|numer referencyjny|id transakce|id pohybu
|id operace|referenční číslo transakce|id pokynu|identifikace transakce|id transakcie
|referencia transakcie|transaktionsreferens|verifikationsnummer|arkivref|arkivreferanse
|arkistointitunnus|arkivointitunnus|arkistotunnus|tranzakció azonosító|tranzakcióazonosító
|tranzakció azonosítója|номер на транзакция|номер операции|номер документа|идентификатор|dekont no
|işlem no|fiş no|αριθμός συναλλαγής|κωδικός συναλλαγής|broj transakcije|arhiveerimistunnus|arhīva numurs
|dokumento nr|buchungs nr|取引番号|交易流水号
""",
    ColumnRole.STATE: """
state|status|transaction status|posting status|transaction state|zustand|statut|état|estado|stato|stav
|tila|állapot|статус|състояние|durum|κατάσταση|info|umsatzstatus|buchungsstatus|olek|statuss|būsena
|situação|status transakcji
""",
    ColumnRole.MCC: """
mcc|merchant category code|mcc code|merchant code category|sic|mcc kód|mcc код|merchant category
""",
    ColumnRole.OTHER: """
counterparty account|counter account|account number payee|payee account|beneficiary account|to account
|target account|gegenkonto|iban zahlungsbeteiligter|gegenkonto iban|iban/kontonummer gegenpartei
|kontonummer/iban|konto empfänger|partner iban|tegenrekening|tegenrekening iban/bban|tegenrekening iban
|rekeningnummer tegenpartij|rekening tegenpartij|bic|swift|blz|bankleitzahl|bic tegenpartij
|compte bénéficiaire|compte contrepartie|cuenta destino|cuenta contrapartida|conto controparte|protiúčet
|číslo protiúčtu|motkonto|vastatili|saajan tilinumero|ellenszámla|ellenoldali számlaszám|cont beneficiar
|iban contrepartie|saaja/maksja konto|bank account details|bankovní spojení
|numer rachunku nadawcy/odbiorcy|numer konta|nadawca odbiorca rachunek|numer rachunku kontrahenta
|exchange rate|fx rate|rate|umrechnungskurs|kurs|wechselkurs|koers|taux de change|cours|tipo de cambio
|cambio|kurz|valutakurs|árfolyam|курс|sort code|bank code|check number|cheque number|check or slip #
|check no|cheque no|serial|category|kategorie|catégorie|categoría|categoria|kategoria|conversion rate
|reward points|points|balance before|opening balance|old balance|saldo voor|beginsaldo
|saldo vóór boeking|alter kontostand|number|quantity|customer reference|kundenreferenz|mandatsreferenz
|gläubiger id|gläubiger-id|mandate reference|end to end reference|limit|vat|mwst|btw|tax|tva|iva
""",
}
