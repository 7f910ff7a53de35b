"""What a printed page has beside its words: a contents list, captions, and what is kept whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

_NUMBER = re.compile(r"(?P<number>\d+)\. (?P<title>.*)")
_LETTER = re.compile(r"\S+ (?P<number>\S+)\. (?P<title>.*)")
_TABLE = re.compile(r"(?:[^\W\d]+ )?[0-9A-Z]{1,2}\.\d{1,2}(?:\. [^\W\d]+)?")
_PAGE = '<span class="page"></span>'  # filled once a browser has told the pages
_LISTED = 6  # headings from which a record has a contents list


def laid_out(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens with a contents list after the first section, captions on the tables, and
    the last numbered section set apart, where it has no table, so that it is kept on one page:
    that is where a record is signed.

    A document whose sections have no numbers, such as a statement, is sent as a letter is, without
    a list. What the user wrote changes none of this: headings are the program's own words.
    """
    headings = [at for at, token in enumerate(tokens) if _is_section(token)]
    if not headings:
        return list(tokens)
    whole = _kept_whole(tokens, headings)
    after: dict[int, str] = {}
    if len(headings) >= _LISTED and is_numbered(tokens):
        after[headings[1]] = _contents([tokens[at + 1].content for at in headings])
        for number, at in enumerate(headings, start=1):
            tokens[at].attrSet("id", section_name(number))
    if whole:
        start, end = whole
        after[start] = after.get(start, "") + '<section class="whole">\n'
        after[end] = "</section>\n" + after.get(end, "")
    return list(_placed(tokens, after))


def is_numbered(tokens: Sequence[Token]) -> bool:
    """Whether the sections of a document have numbers, and its paragraphs are to have some too."""
    return any(
        _NUMBER.fullmatch(tokens[at + 1].content)
        for at, token in enumerate(tokens)
        if _is_section(token)
    )


def annexes_from(tokens: Sequence[Token]) -> int:
    """Return where the first section without a number opens behind one with; -1 for none."""
    seen = False
    for at, token in enumerate(tokens):
        if _is_section(token):
            numbered = bool(_NUMBER.fullmatch(tokens[at + 1].content))
            if seen and not numbered:
                return at
            seen = seen or numbered
    return -1


def _is_section(token: Token) -> bool:
    return token.type == "heading_open" and token.tag == "h2"


def _kept_whole(tokens: Sequence[Token], headings: Sequence[int]) -> tuple[int, int] | None:
    """Return where the last numbered section opens and ends, if it has no table."""
    numbered = [at for at in headings if _NUMBER.fullmatch(tokens[at + 1].content)]
    if not numbered:
        return None
    start = numbered[-1]
    end = next((at for at in headings if at > start), len(tokens))
    tables = any(token.type == "table_open" for token in tokens[start:end])
    return None if tables else (start, end)


def _contents(titles: Sequence[str]) -> str:
    rows = "".join(
        f'<li dir="auto"><a href="#{section_name(number)}">{escape(title)}</a>{_PAGE}</li>\n'
        for number, title in enumerate(titles, start=1)
    )
    return f'<ul class="contents">\n{rows}</ul>\n'


def section_name(number: int) -> str:
    """Return what a section is called in the page, for a link to it."""
    return f"section-{number}"


def with_pages(html: bytes, pages: Sequence[int]) -> bytes:
    """Return a page whose contents list says on which printed page each section begins."""
    places = iter(pages)
    return re.sub(re.escape(_PAGE).encode(), lambda _: _on_page(next(places)), html)


def sections_listed(html: bytes) -> int:
    """Return how many sections the contents list of a page names."""
    return html.count(_PAGE.encode())


def _on_page(page: int) -> bytes:
    return f'<span class="page">{page}</span>'.encode()


def _placed(tokens: Sequence[Token], before: dict[int, str]) -> Iterator[Token]:
    """Yield the tokens, what is to stand `before` some, and the numbers over tables as captions."""
    captions = _captions(tokens)
    left_out = {place for at in captions.values() for place in (at - 1, at, at + 1)}
    for at, token in enumerate(tokens):
        if at in before:
            yield _html(before[at])
        if at in left_out:
            continue
        yield token
        if at in captions:
            said = tokens[captions[at]].content
            yield _html(f'<caption dir="auto">{escape(said)}</caption>\n')
    if len(tokens) in before:
        yield _html(before[len(tokens)])


def _captions(tokens: Sequence[Token]) -> dict[int, int]:
    """Return where each table opens that has a number over it, with where that is said."""
    return {
        at: at - 2
        for at, token in enumerate(tokens)
        if token.type == "table_open" and at > 2 and _TABLE.fullmatch(tokens[at - 2].content)
    }


def _html(content: str) -> Token:
    from markdown_it.token import Token

    return Token("html_block", "", 0, content=content)
