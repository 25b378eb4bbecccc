import io

import pytest

from ingest.adapters.text.declared import decoded_chunks
from ingest.domain.statement import UnreadableStatementError
from tests.ingest.adapters.ofx.reading import HEADER, entry, read, statement

NAMES = ("Плащане карта", "Теглене на банкомат", "Кауфланд България")
CYRILLIC = statement("".join(entry(f"<NAME>{name}") for name in NAMES))


def described(content, layout=None):
    return tuple(row.description for row in read(content, layout).rows)


def test_utf_8_bytes_are_utf_8_whatever_the_header_says():
    found = read(CYRILLIC.encode("utf-8"))

    assert tuple(row.description for row in found.rows) == NAMES
    assert found.told == ["The header says the text is cp1252, but it is utf-8; read as utf-8."]


def test_a_name_cut_inside_a_character_does_not_spoil_the_file():
    found = read(CYRILLIC.encode("utf-8").replace("карта".encode(), "карт".encode() + b"\xd0"))

    assert found.rows[0].description == "Плащане карт\N{REPLACEMENT CHARACTER}"
    assert found.rows[1].description == NAMES[1]
    assert found.remarks[1].line == 11


def test_the_declared_code_page_counts_where_the_bytes_are_no_utf_8():
    assert described(CYRILLIC.replace("CHARSET:1252", "CHARSET:1251").encode("cp1251")) == NAMES


def test_without_a_declaration_the_script_is_guessed():
    found = read(CYRILLIC.removeprefix(HEADER).encode("cp1251"))

    assert tuple(row.description for row in found.rows) == NAMES
    assert found.reading.layout["encoding"] == {"value": "cp1251", "confidence": 0.6}


def test_a_correction_by_a_person_counts_most():
    found = read(CYRILLIC.encode("cp1251"), {"encoding": {"value": "windows-1251", "confidence": 1.0}})

    assert tuple(row.description for row in found.rows) == NAMES
    assert found.reading.layout["encoding"] == {"value": "cp1251", "confidence": 1.0}


@pytest.mark.parametrize("name", ["klingon", "hex", "idna", "a\0b"])
def test_a_correction_that_names_no_encoding_is_refused(name):
    with pytest.raises(UnreadableStatementError, match="is not the name of a text encoding"):
        read(CYRILLIC, {"encoding": name})


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_byte_order_marks_and_wide_encodings(encoding):
    assert described(CYRILLIC.encode(encoding)) == NAMES


def test_a_header_that_names_an_encoding_it_cannot_be_in_itself_is_not_believed():
    assert described(statement(entry()).replace("CHARSET:1252", "CHARSET:UTF-16")) == ("Shop",)


def test_latin_1_is_read_as_windows_1252_for_the_euro_sign():
    content = statement(entry("<NAME>Bon d'achat 5 €")).replace("CHARSET:1252", "CHARSET:ISO-8859-1")

    assert described(content.encode("cp1252")) == ("Bon d'achat 5 €",)


def test_an_xml_declaration_names_the_encoding():
    content = '<?xml version="1.0" encoding="windows-1250"?>\n' + CYRILLIC.removeprefix(HEADER)

    assert described(content.replace(NAMES[0], "Żabka Łódź").encode("cp1250", "replace"))[0] == "Żabka Łódź"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_for_every_kind_of_line_end(line_end):
    content = statement(entry() + entry()).replace("\n", line_end).encode()

    assert [row.line for row in read(content).rows] == [11, 12]


def test_a_character_may_straddle_two_reads():
    content = statement("".join(entry(f"<NAME>é{'x' * (number % 7)}") for number in range(3_000))).encode()

    class Trickle(io.BytesIO):
        def read(self, size=-1):
            return super().read(min(size, 11) if size > 0 else size)

    assert "".join(decoded_chunks(Trickle(content), "utf-8")) == content.decode()
