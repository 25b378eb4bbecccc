"""The schema lists every code that an error can have: none is missing, none is left from before."""

from core.schema.responses import ERROR_CODES, FAULT_CODES
from tests.core.schema.codes import error_codes, fault_codes


def test_every_code_of_an_error_is_listed():
    assert set(ERROR_CODES) == error_codes()


def test_every_code_of_a_fault_is_listed():
    assert fault_codes() <= set(FAULT_CODES)


def test_codes_stand_in_order_and_once():
    assert sorted(set(ERROR_CODES)) == ERROR_CODES
    assert sorted(set(FAULT_CODES)) == FAULT_CODES
