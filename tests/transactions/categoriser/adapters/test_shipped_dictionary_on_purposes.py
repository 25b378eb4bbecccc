"""Statement lines that name a firm and a purpose, or only a purpose (people, streets and numbers are invented)."""

# ruff: noqa: RUF001 (statements come in many scripts)

from decimal import Decimal

import pytest

from transactions.categoriser.adapters.dictionary import shipped_categoriser

CATEGORIES = [
    ("RENT SEPTEMBER MAPLE STREET 14", "-1150", "DE", "rent"),
    ("RENT PAYMENT UNIT 4B", "-1150", "US", "rent"),
    ("MIETE OKTOBER WHG 3 LINDENHOF", "-840", "DE", "rent"),
    ("LOYER OCTOBRE APPT 12", "-730", "FR", "rent"),
    ("CZYNSZ ZA MIESZKANIE PAZDZIERNIK", "-1900", "PL", "rent"),
    ("НАЕМ МЕСЕЦ МАЙ", "-700", "BG", "rent"),
    ("RENT A CAR SOLAR AIRPORT", "-120", "GB", "car-rental"),
    ("Netflix International Abo September", "-13.99", "DE", "streaming"),
    ("NETFLIX INTERNATIONAL B.V. AMSTERDAM", "-13.99", "NL", "streaming"),
    ("SPOTIFY AB STOCKHOLM PREMIUM FAMILY", "-17.99", "SE", "streaming"),
    ("ARAL AG ARAL Station 4711", "-58.21", "DE", "fuel"),
    ("SHELL DEUTSCHLAND GMBH SUPER E10 UND KAFFEE", "-61", "DE", "fuel"),
    ("IKEA Deutschland Möbel und Küche", "-124.95", "DE", "furniture"),
    ("IKEA ITALIA RETAIL SRL CARUGATE", "-89", "IT", "furniture"),
    ("LIDL Vertriebs GmbH LIDL DANKT 0223", "-41.02", "DE", "groceries"),
    ("REWE Markt GmbH REWE SAGT DANKE 41400", "-47.63", "DE", "groceries"),
    ("EDEKA Müller EDEKA SAGT DANKE", "-33.87", "DE", "groceries"),
    ("EDEKA MUELLER", "-25.98", "DE", "groceries"),
    ("ROSSMANN POLSKA SP Z O O LODZ", "-45", "PL", "personal-care"),
    ("KAUFLAND ROMANIA SCS CRAIOVA", "-150", "RO", "groceries"),
    ("DECATHLON FRANCE SAS VILLENEUVE D ASCQ", "-44", "FR", "sports-gear"),
    ("BADENOVA ABSCHLAG GAS", "-95", "DE", "gas"),
    ("STADTWERKE ERDGAS ABSCHLAG", "-64", "DE", "gas"),
    ("STADTWERKE ABSCHLAG STROM", "-78", "DE", "electricity"),
    ("Stadtwerke München Abschlag Strom und Gas", "-92", "DE", "utilities"),
    ("E.ON ENERGIE DEUTSCHLAND ABSCHLAG GAS", "-88", "DE", "gas"),
    ("STADTWERKE MUSTERSTADT ABSCHLAG GAS", "-88", "US", "gas"),
    ("GAS AND HEATING 3 ELM ROAD", "-60", "GB", "gas"),
    ("HILLTOP GAS 0042 BOISE ID", "-38", "US", "fuel"),
    ("CORNER GAS MART", "-41", "CA", "fuel"),
    ("FORNITURA GAS BIMESTRE 3", "-71", "IT", "gas"),
    ("TELEKOM DEUTSCHLAND GMBH FESTNETZ INTERNET", "-39.95", "DE", "internet"),
    ("ALDI SUED FREIBURG", "-22.40", "DE", "groceries"),
    ("CAFE SCHMIDT", "-8.20", "DE", "coffee"),
    ("VAG FREIBURG MONATSKARTE", "-59", "DE", "public-transport"),
    ("ZAHLUNG ERHALTEN - DANKE", "354.53", "DE", "credit-card-payment"),
    ("PAYMENT RECEIVED - THANK YOU", "350", "GB", "credit-card-payment"),
    ("PAIEMENT RECU MERCI", "350", "FR", "credit-card-payment"),
    ("BETALING ONTVANGEN DANK U", "350", "NL", "credit-card-payment"),
    ("SU PAGO GRACIAS", "350", "ES", "credit-card-payment"),
    ("KONTOFUEHRUNGSENTGELT", "-3.90", "DE", "bank-fees"),
    ("KONTOFÜHRUNGSENTGELTE 3. QUARTAL", "-11.70", "DE", "bank-fees"),
    ("ENTGELT GIROKONTO", "-4.90", "AT", "bank-fees"),
    ("KONTOAVGIFT KVARTAL 3", "-49", "SE", "bank-fees"),
    ("COTISATION COMPTE ESSENTIEL", "-6", "FR", "bank-fees"),
    ("ENTGELT SEPTEMBER", "2400", "DE", "salary"),
    ("NORDLICHT DRUCK REISEKOSTEN", "59.90", "DE", "refunds"),
    ("OTTO MEIER", "-40", "DE", "uncategorised"),
    ("MAX MUSTERMANN", "-40", "DE", "uncategorised"),
    ("OTTO 0815", "-40", "DE", "department-store"),
]


@pytest.mark.parametrize(
    ("description", "amount", "country", "category"), CATEGORIES, ids=[line[0] for line in CATEGORIES]
)
def test_a_purpose_or_a_firm_gives_the_category(description, amount, country, category):
    verdict = shipped_categoriser().categorise(
        description=description, amount=Decimal(amount), country=country
    )

    assert verdict.category == category


@pytest.mark.parametrize(
    ("description", "country", "name"),
    [
        ("ALDI SUED FREIBURG", "DE", "Aldi Süd"),
        ("ALDI SÜD SAGT DANKE 077", "DE", "Aldi Süd"),
        ("ALDI NORD 4411", "DE", "Aldi Nord"),
        ("ALDI 0771", "DE", "Aldi"),
        ("VAG FREIBURG MONATSKARTE", "DE", "Freiburger Verkehrs AG"),
        ("VAG NUERNBERG", "DE", "VAG Verkehrs-Aktiengesellschaft Nürnberg"),
        ("VAG 1234", "DE", "VAG"),
        ("PIZZA HUT 0288", "DE", "Pizza Hut"),
        ("EDEKA MUELLER 0815", "DE", "Edeka"),
        ("CAFE SCHMIDT", "DE", "Cafe Schmidt"),
        ("CAFE SCHMIDT", "FR", "Cafe Schmidt"),
        ("Netflix International Abo September", "DE", "Netflix"),
        ("ARAL AG ARAL Station 4711", "DE", "Aral"),
    ],
)
def test_a_statement_line_names_its_merchant(description, country, name):
    verdict = shipped_categoriser().categorise(description=description, amount=Decimal(-10), country=country)

    assert verdict.merchant_name == name


def test_paying_off_the_card_is_no_refund():
    verdict = shipped_categoriser().categorise(
        description="ZAHLUNG ERHALTEN - DANKE", amount=Decimal("354.53"), country="DE"
    )

    assert not verdict.reason.endswith("Money came back, so it counts against that category.")
