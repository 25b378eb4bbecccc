import io

import pytest

from ingest.adapters.csv.records import TOO_LONG, Dialect, split_records
from ingest.adapters.text.lines import MAX_LINE, decoded_lines

THREE = Dialect(",", '"', 3)


def cells(text: str, dialect: Dialect = THREE) -> list[tuple[int, list[str]]]:
    return list(split_records(text.split("\n"), dialect))


def test_a_quoted_record_keeps_its_lines_together_and_its_first_line_number():
    assert cells('a,"b\nc",d\ne,f,g') == [(1, ["a", "b\nc", "d"]), (3, ["e", "f", "g"])]


def test_a_quote_left_open_does_not_swallow_the_rows_behind_it():
    assert cells('a,"b,c\nd,e,f\ng,"h",i') == [
        (1, ["a", "b", "c"]),
        (2, ["d", "e", "f"]),
        (3, ["g", "h", "i"]),
    ]


def test_two_quotes_left_open_do_not_swallow_the_row_between():
    assert cells('a,b,"c\nd,e,f\ng,h,"i')[1] == (2, ["d", "e", "f"])


def test_a_missing_opening_quote_leaves_no_stray_one():
    assert cells('a","b","c"') == [(1, ["a", "b", "c"])]


def test_text_kept_from_a_spreadsheet_by_a_formula_is_freed():
    assert cells('="01",x,="2,5"')[0][1][:2] == ["01", "x"]


def test_an_overlong_record_is_marked_and_the_next_is_read():
    records = cells("a," + "x" * MAX_LINE + ",b\nc,d,e")

    assert records[0][1] is TOO_LONG
    assert records[1] == (2, ["c", "d", "e"])


def test_line_ends_of_all_kinds_come_off():
    source = io.BytesIO(b"\xef\xbb\xbfa\r\r\nb\r\nc\nd")

    assert list(decoded_lines(source, "utf-8", line_end="\n")) == ["a", "b", "c", "d"]
    assert list(decoded_lines(io.BytesIO(b"a\rb"), "ascii", line_end="\r")) == ["a", "b"]


@pytest.mark.parametrize("length", range(MAX_LINE - 3, MAX_LINE + 1))
def test_a_line_end_between_two_chunks_comes_off(length):
    source = io.BytesIO(b"x" * length + b"\r\nb\r\n")

    assert list(decoded_lines(source, "ascii", line_end="\n")) == ["x" * length, "b"]


def test_a_foreign_line_end_within_a_line_is_a_blank():
    assert list(decoded_lines(io.BytesIO(b"a\rb\r\nc"), "ascii", line_end="\n")) == ["a b", "c"]
    assert list(decoded_lines(io.BytesIO(b"a\nb\rc\r\n"), "ascii", line_end="\r")) == ["a b", "c", " "]


def test_an_endless_line_is_cut_and_not_held():
    (line,) = decoded_lines(io.BytesIO(b"x" * 1_000_000), "ascii", line_end="\n")

    assert MAX_LINE < len(line) < 3 * MAX_LINE
