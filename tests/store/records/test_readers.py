"""Other programs read a document as markdown-it does: the same structure, the words as typed."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.records.markdown import (
    Md,
    block,
    bullets,
    cell,
    front_matter,
    gfm_table,
    inline,
    paragraphs,
    struck,
)
from tests.examples import examples, swept
from tests.store.records.hostile import CORPUS, LONG_LINE
from tests.store.records.readers import READERS, by_pandoc
from tests.store.records.test_markdown import HOSTILE, one_line

_SHOWN = [text for text in CORPUS if one_line(text)]


def document(texts: Sequence[str]) -> str:
    """Return a document with each of `texts` in every place that user text may have."""
    return paragraphs(
        front_matter({f"text_{at}": text for at, text in enumerate(texts)}),
        *(part for text in texts for part in _places(text)),
        "The end.",
    )


def _places(text: str) -> tuple[str, ...]:
    rows = [[Md("1"), cell(text), Md(f"{struck(text)} now {inline(text)}")] for _ in range(2)]
    return (
        f"## Of {inline(text)}",
        inline(text),
        f"Before {inline(text)}, after.",
        gfm_table(["No.", "Fact", "Was"], rows),
        bullets([cell(text), Md(f"Item: {inline(text)}")]),
        block(text) if text.strip() else "",
        "Next.",
    )


def harmless(text: str) -> str:
    """Return `word` where `text` shows something, and nothing where it does not."""
    return "word" if one_line(text) else ""


@pytest.mark.parametrize("reader", READERS)
def test_the_structure_is_that_of_harmless_text(reader: str) -> None:
    hostile, plain = (
        READERS[reader](document(texts)) for texts in (_SHOWN, [harmless(text) for text in _SHOWN])
    )
    assert hostile.blocks == plain.blocks
    assert hostile.marks == plain.marks


@pytest.mark.parametrize("reader", swept(list(READERS), 1))
@examples(15)
@given(texts=st.lists(HOSTILE.filter(one_line), min_size=10, max_size=20))
def test_any_text_is_harmless(reader: str, texts: list[str]) -> None:
    hostile = READERS[reader](document(texts))
    plain = READERS[reader](document([harmless(text) for text in texts]))
    assert hostile.blocks == plain.blocks
    assert hostile.marks == plain.marks


@pytest.mark.parametrize("reader", swept(list(READERS), 2))
def test_a_line_of_100_kb_is_harmless(reader: str) -> None:
    markdown = paragraphs(gfm_table(["A"], [[inline(LONG_LINE)]]), block(LONG_LINE))
    plain = paragraphs(gfm_table(["A"], [[Md("word")]]), block("word"))
    assert READERS[reader](markdown).blocks == READERS[reader](plain).blocks
    assert READERS[reader](markdown).marks == []


@pytest.mark.parametrize("reader", [*READERS, "pandoc-plain-quotes"])
def test_readers_show_what_was_written(reader: str) -> None:
    parts = paragraphs(*(f"Of {inline(text)}." for text in _SHOWN))
    if reader == "pandoc-plain-quotes":
        read = by_pandoc(parts, "markdown-smart")
    else:
        read = READERS[reader](parts)
    shown = [_folded(text) for text in read.texts]
    assert shown == [_folded(f"Of {one_line(text)}.") for text in _SHOWN]


def _folded(text: str) -> str:
    """Return `text` with what pandoc prints more finely put back, and spaces folded.

    Marks that set letters from the right apart are seen by nobody.
    """
    text = re.sub("[\u2068\u2069]", "", text)
    for fine, plain in {"…": "...", "—": "---", "–": "--", "‘’": "'", "“”": '"'}.items():
        text = re.sub(f"[{fine}]", plain, text)
    return " ".join(text.split())
