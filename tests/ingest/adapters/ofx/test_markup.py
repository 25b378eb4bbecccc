import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.adapters.ofx.markup import Markup
from ingest.domain.statement import UnreadableStatementError


def tokens(*chunks):
    return list(Markup(chunks).tokens())


def merged(*chunks):
    """Tokens with continued text put back together, as whoever reads them sees it."""
    whole = []
    for tag, text, line in tokens(*chunks):
        if tag or not whole:
            whole.append((tag, text, line))
        else:
            before = whole[-1]
            whole[-1] = (before[0], before[1] + text, before[2])
    return whole


def test_tags_come_with_their_text_and_line():
    assert tokens("<OFX>\n<NAME>A b\n</OFX>") == [("OFX", "\n", 1), ("NAME", "A b\n", 2), ("/OFX", "", 3)]


def test_tags_are_upper_case_and_may_be_written_loosely():
    assert [tag for tag, _, _ in tokens("<ofx xmlns='u'>< NAME >x</ NAME><MEMO/>")] == [
        "OFX",
        "NAME",
        "",
        "/NAME",
        "MEMO",
        "/MEMO",
    ]


def test_cdata_is_text_and_comments_and_instructions_are_nothing():
    assert merged("<?xml?><NAME><![CDATA[a < b <c>]]><!-- <MEMO>no -->!</NAME>") == [
        ("NAME", "a < b <c>!", 1),
        ("/NAME", "", 1),
    ]


@pytest.mark.parametrize("text", ["a < b", "<3 you", "x <- y", "5<6", "<<", "a <", "<>", "<b c d"])
def test_a_bare_less_than_sign_is_text(text):
    assert merged(f"<NAME>{text}</NAME>") == [("NAME", text, 1), ("/NAME", "", 1)]


@pytest.mark.parametrize(
    "declaration", ["<!DOCTYPE OFX>", '<!DOCTYPE a [<!ENTITY b "c">]>', "<!entity x 'y'>"]
)
def test_declarations_are_refused(declaration):
    with pytest.raises(UnreadableStatementError, match="declares a document type") as refusal:
        tokens(f"<?xml version='1.0'?>\n{declaration}<OFX>")
    assert refusal.value.line == 2


PIECES = st.sampled_from(
    [
        "<OFX>",
        "</OFX>",
        "<NAME>",
        "<",
        ">",
        "a",
        "\n",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?",
        "?>",
        "<B x='1'/>",
        "&",
    ]
)


@given(st.lists(PIECES, max_size=30), st.lists(st.integers(1, 9), max_size=30))
def test_where_chunks_end_makes_no_difference(pieces, sizes):
    content = "".join(pieces)
    chunks, rest = [], content
    for size in sizes:
        chunks.append(rest[:size])
        rest = rest[size:]
    chunks.append(rest)

    assert merged(*chunks) == merged(content)
