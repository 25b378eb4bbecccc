"""Merchant category codes (ISO 18245) as categories of ours.

A code that is not in the table says too little about what was bought (6012 financial institutions, 5999
miscellaneous retail, 7299 miscellaneous services) and gives no category.
"""

import iso18245

from transactions.categoriser.domain.dictionary import MccMeaning

_TABLE = """
pets: 0742 5995
diy-garden: 0780 1520-1799 5039 5072 5074 5198 5200-5261 7623 7629 8912
flights: 3000-3350 4511
car-rental: 3351-3500 7512-7519
hotels: 3501-3999 7011-7012 7033
public-transport: 4011 4111-4112 4131
health: 4119 5047 5975 5976 7280 8011-8050 8062-8099
taxi: 4121
postage: 4214-4215 9402
household-services: 4225 7210-7217 7342-7349 7393-7394 7641 7692 7699 7251 7631
travel: 4411 4457 4468 4722-4723 5962 7032
parking: 4784 7523
transport: 4582 4789
mobile-phone: 4812 4814
software: 4816 5045 5734 5817 7372 7375 7379
transfer: 4829 6532-6540
streaming: 4899 7841
utilities: 4900
car-maintenance: 5013 5511-5533 5551-5571 5592-5599 7531-7542 7549
electronics: 5044 5065 5722 5732 5946 5997 7622
clothing: 5094 5137 5139 5611-5651 5661-5699 5944 5948 7296
books: 5111 5192 5942-5943 5994 7332-7338
pharmacy: 5122 5912
hobbies: 5131 5733 5735 5932 5931 5937 5945 5949 5970-5973
fuel: 5172 5541-5542 5552 5983
gifts: 5193 5947 5992
department-store: 5300 5309-5331 5399 5964-5965
groceries: 5411-5422 5451 5499
bakery-sweets: 5441 5462
sports-gear: 5655 5940-5941 5998
furniture: 5021 5712
home: 5046 5713-5719 5950 5996
dining: 5811-5813
fast-food: 5814
games: 5816 7993-7994
streaming: 5815
alcohol-tobacco: 5715 5921 5993
personal-care: 5977
cash-withdrawal: 6010-6011
investments: 6211
insurance: 5960 6300-6399
rent: 6513
hair-beauty: 7230 7297-7298
obligations: 7261 7276-7277 8111 8931
taxes: 9311 9222 9211 9399
loan-payment: 7322
events: 7829-7832 7922-7929 7991 7996 7998
entertainment: 7911 7932-7933 7992 7999
fitness: 7941 7997
gambling: 7800-7802 7995 9406
education: 8211-8299
childcare: 8351
charity: 8398 8641-8661 8699
"""
_PRIVATE_USE = (("3000", "3350", "Airlines"), ("3351", "3500", "Car rental"), ("3501", "3999", "Hotels"))


def mcc_meanings() -> dict[str, MccMeaning]:
    """Code → category and description, for every known code that says what was bought."""
    categories = dict(_expanded_table())
    return {
        code.mcc: MccMeaning(categories[code.mcc], _description(code))
        for code in iso18245.get_all_mccs()
        if code.mcc in categories
    }


def _expanded_table() -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for line in _TABLE.strip().splitlines():
        category, _, spans = line.partition(": ")
        for span in spans.split():
            first, _, last = span.partition("-")
            rows += [(f"{code:04}", category) for code in range(int(first), int(last or first) + 1)]
    return rows


def _description(code: iso18245.MCC) -> str:
    for first, last, kind in _PRIVATE_USE:
        if first <= code.mcc <= last:
            return kind
    return str(
        code.iso_description or code.usda_description or code.visa_description or code.mastercard_description
    )
