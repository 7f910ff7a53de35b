"""Markdown: hostile text stays text, whichever parser reads it, and reads as it was written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from store.records.markdown import (
    Md,
    block,
    bullets,
    front_matter,
    gfm_table,
    inline,
    paragraphs,
    read_front_matter,
    struck,
)
from tests.store.records.hostile import (
    COMMONMARK,
    CORPUS,
    GFM,
    PARSERS,
    cells,
    inlines,
    markup,
    shape,
    visible,
)

_SIGNS = st.text(alphabet="\\`*_[]<>|~$&#@:/.!()+-=%1a w\n\t {}\u00a0é語", max_size=40)
HOSTILE = st.one_of(st.sampled_from(CORPUS), _SIGNS, st.text(max_size=60))
_LINE_ENDS = r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]"
_CONTROLS = r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f]"


def one_line(text: str) -> str:
    """Return what `inline` promises to show."""
    line = re.sub(rf"\s*{_LINE_ENDS}\s*", " ", text).replace("\t", " ").strip()
    return re.sub(_CONTROLS, "\ufffd", line)


def document(text: str) -> str:
    """Return a document with `text` in every place that user text may have."""
    return paragraphs(
        front_matter({"title": text, "count": 3}),
        f"# Record: {inline(text)}",
        inline(text),
        f"Before {inline(text)}, after.",
        gfm_table(
            ["No.", "Fact", "Was"],
            [[Md("1"), inline(text), Md(f"{struck(text)} now {inline(text)}")] for _ in range(2)],
        ),
        bullets([inline(text), Md(f"Item: {inline(text)}")]),
        "## Next",
        "The end.",
    )


@pytest.mark.parametrize("parser", PARSERS)
@given(text=HOSTILE)
def test_structure_is_that_of_harmless_text(parser: MarkdownIt, text: str) -> None:
    harmless = "word" if one_line(text) else ""
    assert shape(parser, document(text)) == shape(parser, document(harmless))
    assert markup(parser, document(text)) == markup(parser, document(harmless))


@given(text=HOSTILE)
def test_cells_show_what_was_written(text: str) -> None:
    markdown = gfm_table(["A", "B"], [[inline(text), Md("x")], [Md("y"), inline(text)]])
    assert cells(GFM, markdown) == ["A", "B", one_line(text), "x", "y", one_line(text)]


def bare(text: str) -> str:
    """Return a text without the marks that set one of the other direction apart."""
    return text.translate(dict.fromkeys(map(ord, "\u2068\u2069")))


@given(text=HOSTILE)
def test_headings_and_paragraphs_show_what_was_written(text: str) -> None:
    for parser in PARSERS:
        heading, paragraph = (
            bare(visible(token))
            for token in parser.parse(f"# Of {inline(text)}\n\nA {inline(text)}")
            if token.type == "inline"
        )
        assert heading == bare(f"Of {one_line(text)}").strip()
        assert paragraph == bare(f"A {one_line(text)}").strip()


@given(text=HOSTILE)
def test_block_is_one_quotation_of_plain_lines(text: str) -> None:
    markdown = f"Before.\n\n{block(text)}\n\n## After"
    for parser in PARSERS:
        kinds = [token.type for token in parser.parse(markdown)]
        quoted = kinds[kinds.index("blockquote_open") + 1 : kinds.index("blockquote_close")]
        assert set(quoted) <= {"paragraph_open", "inline", "paragraph_close"}
        assert kinds[:4] == ["paragraph_open", "inline", "paragraph_close", "blockquote_open"]
        assert kinds[-4:] == ["blockquote_close", "heading_open", "inline", "heading_close"]
        assert set(markup(parser, markdown)) <= {"hardbreak"}


def test_a_run_of_spaces_takes_no_longer_than_words() -> None:
    text = "a" + " " * 100_000 + "b"
    assert inline(text) == text  # minutes, were every space the beginning of a search


@given(text=HOSTILE)
def test_block_shows_every_line_as_it_was_written(text: str) -> None:
    lines = re.split(rf"\r\n|{_LINE_ENDS}", text.replace("\t", "    "))
    wanted = [re.sub(_CONTROLS, "\ufffd", line.rstrip()) for line in lines if line.strip()]
    for parser in PARSERS:
        shown = [
            line
            for token in parser.parse(block(text))
            if token.type == "inline"
            for line in visible(token).split("\n")
        ]
        leading = [re.sub(r"^[ \u00a0]+", lambda pad: " " * len(pad[0]), line) for line in wanted]
        assert [
            re.sub(r"^[ \u00a0]+", lambda pad: " " * len(pad[0]), line) for line in shown
        ] == leading


@given(text=HOSTILE)
def test_front_matter_reads_back_and_is_inert(text: str) -> None:
    markdown = f"{front_matter({'title': text, 'count': 12})}\n\n# Body"
    assert read_front_matter(markdown) == {"title": one_line(text), "count": 12}
    assert shape(GFM, markdown)[0][0] == "front_matter"
    for parser in (COMMONMARK, MarkdownIt("gfm-like")):  # readers that know no front matter
        harmless = f"{front_matter({'title': 'word', 'count': 12})}\n\n# Body"
        assert shape(parser, markdown) == shape(parser, harmless)
        assert {token.type for token in inlines(parser, markdown)} <= {"text", "softbreak"}


def test_front_matter_refuses_what_it_did_not_write() -> None:
    for markdown in ("# No", "---\ntitle: [1]\n---", '---\na: "1"\na: "2"\n---', "---\nopen"):
        with pytest.raises(ValueError, match=r"."):
            read_front_matter(markdown)


def test_scripts_are_untouched() -> None:
    from_right = "الفاتورة لم تُدفع بعد"
    assert inline(from_right) == f"\u2068{from_right}\u2069"
    assert inline("\u2068x\u2069") == "\u2068x\u2069"
    for text in (
        "មិនទាន់មានចម្លើយទេ",
        "請求書、まだです。",
        "👩‍👩‍👧‍👦",
        "Þórður & Co",
    ):
        assert inline(text) == text
        assert block(text) == f"> {text}"
        assert text.split(" &")[0] in front_matter({"title": text})


def test_plain_sentences_stay_readable_as_plain_text() -> None:
    sentence = 'Bolt & Co paid 1,200.50 EUR on 3 May (late); see INV-42, "final" - it\'s done.'
    assert inline(sentence) == sentence


def test_struck_text_is_struck_and_readable() -> None:
    kinds = [token.type for token in inlines(GFM, f"{struck('*was*')} now")]
    assert kinds == ["s_open", "text", "s_close", "text"]
    assert "was" in struck("was")


def test_table_refuses_rows_of_another_shape() -> None:
    with pytest.raises(ValueError, match="1 cells"):
        gfm_table(["A", "B"], [[Md("x")]])
    with pytest.raises(ValueError, match="fit"):
        gfm_table(["A"], [[Md("x\ny")]])


def test_an_address_is_kept_from_becoming_a_link() -> None:
    assert inline("mail me@example.com") == r"mail me`@`example\.com"
    assert inline("@ann, see you @ 10") == "`@`ann, see you @ 10"
    assert cells(GFM, gfm_table(["A"], [[inline("`me@example.com`")]])) == ["A", "`me@example.com`"]
