"""Correcting how a file was read, and having it remembered for the account."""

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from ingest.models import RememberedLayout
from tests.factories import AccountFactory
from tests.ingest.conftest import Import
from transactions.models import Account
from users.models import User

# Both days and both columns of amounts could be either: only a person knows.
AMBIGUOUS = b"Day,Text,Sum,Total\n03/04/2026,LIDL 0412,5.00,105.00\n05/04/2026,ARAL,7.00,7.50\n"
MARCH = json.dumps({"date_order": "MDY", "sign": "inverted", "columns": {"amount": "Sum"}})


def test_the_layout_is_shown_with_its_confidence(bring_in: Import) -> None:
    job = bring_in(b"Date;Description;Amount\n31.03.2026;LIDL 0412;-1.234,50\n")

    layout = job["layout"]
    assert {name: layout[name]["value"] for name in ("delimiter", "decimal_mark", "date_order")} == {
        "delimiter": ";",
        "decimal_mark": ",",
        "date_order": "DMY",
    }
    assert all(0 <= part["confidence"] <= 1 for part in layout.values())
    assert layout["columns"]["value"]["amount"] == "Amount"


def test_a_correction_is_followed(bring_in: Import, account: Account, ledger: Any) -> None:
    job = bring_in(AMBIGUOUS, account=str(account.pk), mapping=MARCH)

    assert job["mapping"] == json.loads(MARCH)
    assert job["layout"]["date_order"] == {"value": "MDY", "confidence": 1.0}
    assert ledger() == [("2026-03-04", "LIDL 0412", "-5.00"), ("2026-05-04", "ARAL", "-7.00")]


def test_a_correction_may_come_as_a_part_with_a_media_type(bring_in: Import, account: Account) -> None:
    part = SimpleUploadedFile("blob", MARCH.encode(), content_type="application/json")

    assert bring_in(AMBIGUOUS, account=str(account.pk), mapping=part)["mapping"] == json.loads(MARCH)


def test_a_correction_is_remembered_for_the_account(bring_in: Import, account: Account, ledger: Any) -> None:
    bring_in(AMBIGUOUS, account=str(account.pk), mapping=MARCH)

    job = bring_in(AMBIGUOUS.replace(b"/2026", b"/2025"), account=str(account.pk))

    assert job["layout"]["date_order"]["value"] == "MDY"
    assert ledger()[:2] == [("2025-03-04", "LIDL 0412", "-5.00"), ("2025-05-04", "ARAL", "-7.00")]


def test_another_account_is_read_by_detection(bring_in: Import, alice: User, account: Account) -> None:
    bring_in(AMBIGUOUS, account=str(account.pk), mapping=MARCH)

    job = bring_in(AMBIGUOUS, account=str(AccountFactory(user=alice).pk), dry_run="true")

    assert job["layout"]["date_order"]["confidence"] < 1.0


def test_a_later_correction_replaces_the_one_before(bring_in: Import, account: Account) -> None:
    bring_in(AMBIGUOUS, account=str(account.pk), mapping=MARCH)
    bring_in(AMBIGUOUS, account=str(account.pk), mapping='{"date_order": "DMY"}')

    assert RememberedLayout.objects.get().mapping == {"date_order": "DMY"}


def test_a_dry_run_remembers_nothing(bring_in: Import, account: Account) -> None:
    bring_in(AMBIGUOUS, account=str(account.pk), mapping=MARCH, dry_run="true")

    assert not RememberedLayout.objects.exists()


def test_the_shown_layout_can_be_given_back_whole(bring_in: Import, account: Account) -> None:
    shown = bring_in(AMBIGUOUS, account=str(account.pk), mapping=MARCH)["layout"]

    again = bring_in(AMBIGUOUS, account=str(account.pk), mapping=json.dumps(shown))

    assert again["rows"]["duplicate"] == 2


def test_what_is_remembered_of_one_format_leaves_the_others_alone(bring_in: Import, account: Account) -> None:
    bring_in(AMBIGUOUS, account=str(account.pk), mapping=MARCH)

    job = bring_in(
        b"OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR"
        b"<BANKACCTFROM><ACCTID>1</BANKACCTFROM><BANKTRANLIST><STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260302"
        b"<TRNAMT>-1.00<FITID>77<NAME>LIDL</STMTTRN></BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>",
        filename="march.ofx",
        account=str(account.pk),
        mapping='{"encoding": "cp1252"}',
    )
    assert job["status"] == "succeeded"

    assert bring_in(AMBIGUOUS, account=str(account.pk))["layout"]["date_order"]["value"] == "MDY"


def test_a_correction_that_names_nothing_fails_in_words(bring_in: Import, account: Account) -> None:
    for mapping in ('{"colour": "red"}', '{"columns": {"amount": "Betrag"}}', '{"date_order": "XYZ"}'):
        job = bring_in(AMBIGUOUS, account=str(account.pk), mapping=mapping)
        assert (job["status"], "our side" in job["error"]) == ("failed", False)
    assert not RememberedLayout.objects.exists()
