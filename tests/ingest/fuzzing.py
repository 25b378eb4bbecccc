"""Statement files that no bank would write: the nth of a format is the same on every machine."""

from functools import cache
from pathlib import Path
from random import Random

HERE = Path(__file__).parent / "samples"
FOR_NEWCOMERS = Path(__file__).parents[2] / "docs" / "samples"
ENDINGS = {
    "csv": (".csv", ".tsv"),
    "ofx": (".ofx", ".qfx"),
    "qif": (".qif",),
    "camt": (".xml",),
    "mt940": (".sta", ".940", ".942", ".mt940"),
}
LARGEST = 1_000_000
ONE_IN_SO_MANY_IS_LARGE = 40

TOKENS = (
    b"\0", b"\r", b"\n", b"\r\n", b"\x1a", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xe2\x80\xae", b"\xc2\xa0",
    b'"', b"'", b";", b",", b"\t", b"|", b"=", b"<", b">", b"</", b"/>", b"&", b"&amp;", b"&#x0;", b"&x;",
    b"]]>", b"<![CDATA[", b"<!--", b"<!DOCTYPE a [<!ENTITY x 'y'>]>", b"^", b"^\n", b"!Type:Bank\n", b":61:",
    b":86:", b":62F:", b"-}", b"{4:", b"-", b"--", b"+", b"0", b"9" * 40, b"1e999", b"NaN", b"-0", b"1.234,56",
    b"1,234.56", b"(1.00)", b"29.02.2023", b"0000-00-00", b"9999-12-31", b"31/31/31", b"EUR", b"XXX",
    b"\xd9\xa1\xd9\xa2", b" " * 200, b"(" * 200, b"A" * 5_000,
)  # fmt: skip


@cache
def samples(format: str) -> tuple[bytes, ...]:  # noqa: A002
    """Real files of the format to begin with, none of them large."""
    folder = HERE / format
    paths = sorted(folder.rglob("*")) if folder.is_dir() else []
    paths += [path for path in sorted(FOR_NEWCOMERS.iterdir()) if path.suffix in ENDINGS.get(format, ())]
    found = (path.read_bytes() for path in paths if path.is_file() and path.stat().st_size < 100_000)
    return tuple(found) or (b"",)


def nth_file(format: str, number: int) -> bytes:  # noqa: A002
    """A real file with a few pieces cut out, doubled, put elsewhere or made up; some grow to a megabyte."""
    chance = Random(f"{format} {number}")
    content = chance.choice(samples(format))
    for _ in range(chance.randint(1, 8)):
        content = chance.choice(CHANGES)(content, chance)
        if len(content) > LARGEST:
            content = content[:LARGEST]
    if number % ONE_IN_SO_MANY_IS_LARGE == 0:
        content = _grown(content, chance)
    return content


def _place(content: bytes, chance: Random) -> int:
    return chance.randint(0, len(content))


def _cut(content: bytes, chance: Random) -> bytes:
    at = _place(content, chance)
    return content[:at] + content[at + chance.choice((1, 2, 9, 60, 900)) :]


def _truncated(content: bytes, chance: Random) -> bytes:
    return content[: _place(content, chance)]


def _doubled(content: bytes, chance: Random) -> bytes:
    at = _place(content, chance)
    piece = content[at : at + chance.choice((1, 5, 40, 400))]
    return content[:at] + piece * chance.choice((1, 2, 50)) + content[at:]


def _flipped(content: bytes, chance: Random) -> bytes:
    at = _place(content, chance)
    return content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]


def _with_token(content: bytes, chance: Random) -> bytes:
    at = _place(content, chance)
    return content[:at] + chance.choice(TOKENS) + content[at + chance.choice((0, 0, 1, 8)) :]


def _spliced(content: bytes, chance: Random) -> bytes:
    every = [sample for format_ in ENDINGS for sample in samples(format_)]
    other = chance.choice(every)
    return content[: _place(content, chance)] + other[_place(other, chance) :]


def _reencoded(content: bytes, chance: Random) -> bytes:
    text = content.decode("utf-8", errors="replace")
    encoding = chance.choice(("utf-16", "utf-16-be", "utf-8-sig", "cp1251", "cp037", "utf-7", "utf-32"))
    return text.encode(encoding, errors="replace")


def _without_line_ends(content: bytes, chance: Random) -> bytes:
    return content.replace(b"\n", chance.choice((b"", b"\r", b"\n\n", b"\x85", b" ")))


def _grown(content: bytes, chance: Random) -> bytes:
    at = _place(content, chance)
    piece = content[at : at + chance.choice((1, 2, 30, 300, 3_000))] or b"<"
    times = (chance.choice((100_000, LARGEST)) - len(content)) // len(piece)
    return content[:at] + piece * max(0, times) + content[at:]


CHANGES = (
    _cut, _cut, _truncated, _doubled, _flipped, _flipped, _with_token, _with_token, _with_token, _spliced,
    _reencoded, _without_line_ends,
)  # fmt: skip
