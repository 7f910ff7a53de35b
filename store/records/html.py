"""One printable HTML file from a Markdown record: nothing in it runs, loads or leads elsewhere."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple

from store.languages import ENGLISH, language
from store.records.columns import ON_ONE_LINE, TO_WRITE_IN, WIDE, share_out
from store.records.markdown import AND_BACK, APART, split_front_matter
from store.records.paper import annexes_from, is_numbered, laid_out
from store.records.texts import Texts
from store.records.together import unbroken

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LEFT_OUT = ["autolink", "html_block", "html_inline", "image", "link", "reference"]
_DIRECTED = ("paragraph_open", "heading_open", "th_open", "td_open", "list_item_open")
# How the words of a cell may break: days nowhere, hashes and over-long words anywhere.
_BREAKS = (
    (re.compile(r"^[0-9a-f]{40,}$"), "hash"),
    (
        re.compile(
            r"^(?:\d{4}-\d\d-\d\d|\d{1,2}\.? \S{1,9} \d{4}|\d{1,2}\.\d{1,2}\.\d{4}"
            r"|\d{4}\. \S{1,9} \d{1,2}\.)$"
        ),
        "day",
    ),
    (re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d(?: [+-]\d\d:\d\d)?$"), "moment"),
    (re.compile(r"\S{25}"), "long"),
)
_PLAIN = re.compile(r"[^A-Za-z0-9 ]")
_SHORT = 8  # rows up to which a table is kept on one page
_LONG = (4, 12)  # columns and rows of a chronology that has the whole width


Paper = Literal["A4", "letter"]


class ShownExhibit(NamedTuple):
    """An exhibit as a page shows it: its cover line, then its text in Markdown or its picture.

    `pdf` is laid into the print later: here each of its pages has a sheet with a cover and room.
    `more` are the covers of those behind the first one.
    """

    cover: str
    text: str = ""
    picture: bytes = b""
    media: str = ""
    pdf: bytes = b""
    more: Sequence[str] = ()


def html_page(markdown: str, paper: Paper = "A4", exhibits: Sequence[ShownExhibit] = ()) -> bytes:
    """Return `markdown` as one self-contained HTML file in UTF-8, ready to be printed on `paper`.

    `markdown` is a document of this program: its front matter becomes a table at the foot.
    `language` of the front matter is that of the program's own words (BCP 47), English where it
    says none; the page runs the way that language does. The same text gives the same bytes. Each
    of the `exhibits` follows on a page of its own. A content security policy admits the one style
    sheet inside, the pictures of the exhibits and nothing else. Each paragraph and cell takes its
    direction from its own first letter, so Arabic reads from the right although the document
    reads from the left. Raises ValueError where there is no front matter.
    """
    front, body = split_front_matter(markdown)
    spoken = language(str(front.pop("language", ENGLISH)))
    title = str(front.get("title", ""))
    style = _style() + f'@page {{ size: {paper}; @top-left {{ content: "{_css(title)}"; }} }}\n'
    pictures = " img-src data:;" if any(one.picture for one in exhibits) else ""
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    tokens = tokens_of(body)
    numbered = ' class="numbered"' if is_numbered(tokens) else ""
    return f"""<!DOCTYPE html>
<html lang="{escape(spoken.code)}" dir="{"rtl" if spoken.rtl else "ltr"}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" \
content="default-src 'none'; style-src 'sha256-{digest}';{pictures} \
base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>{style}</style>
</head>
<body>
<main{numbered}>
{_body(tokens)}{_front(front, Texts(spoken.code, "front"))}{"".join(map(_exhibit, exhibits))}</main>
</body>
</html>
""".encode()


@cache
def _style() -> str:
    return files("store.records").joinpath("html.css").read_text(encoding="utf-8")


def _css(text: str) -> str:
    """Return `text` for a CSS string, which it cannot end."""
    return _PLAIN.sub(lambda sign: f"\\{ord(sign[0]):x} ", text)


def _front(front: Mapping[str, str | int], texts: Texts) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(_called(key, texts))}</th>'
        f'<td dir="auto"{_class(_breaks(str(value)))}>{escape(str(value))}</td></tr>\n'
        for key, value in front.items()
        if key != "title"
    )
    return f'<table class="front">\n<tbody>\n{rows}</tbody>\n</table>\n'


def _called(key: str, texts: Texts) -> str:
    """Return what a name of the front matter is called on the page."""
    return texts.named(f"front.{key}", key.replace("_", " ").capitalize())


def _exhibit(one: ShownExhibit) -> str:
    shown = _body(tokens_of(one.text)) if one.text else ""
    if one.picture:
        data = b64encode(one.picture).decode()
        shown = f'<img alt="" src="data:{one.media};base64,{data}">\n'
    sheets = f'<h2 class="cover" dir="auto">{escape(one.cover)}</h2>\n'
    sheets += f'<section class="exhibit">\n{shown}</section>\n'
    for said in one.more:
        sheets += f'<p class="cover" dir="auto">{escape(said)}</p>\n'
    return sheets


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    # Records have no links or pictures of their own, so the rules for them are not even there.
    return (
        MarkdownIt("commonmark", {"html": False})
        .enable(["table", "strikethrough"])
        .disable(_LEFT_OUT)
    )


def tokens_of(markdown: str) -> list[Token]:
    """Return what a document of this program, or a part of one, is made of, as a page shows it."""
    tokens = _parser().parse(markdown)
    for token in tokens:
        for word in token.children or []:
            _set_word(word)
    return tokens


def _body(tokens: Sequence[Token]) -> str:
    parser, annexes = _parser(), annexes_from(tokens)
    for at, token in enumerate(tokens):
        if token.type in _DIRECTED:
            token.attrSet("dir", "auto")
        if token.type == "inline":
            token.children = _set_apart(token.children or [])
            if tokens[at - 1].tag != "h2":  # a browser's outline says an element's words twice
                token.children = list(_kept(token.children))
        if at == annexes:
            token.attrSet("class", "annexes")
        _set_out(tokens, at)
    return str(parser.renderer.render(laid_out(tokens), parser.options, {}))


def _set_word(token: Token) -> None:
    """Let struck text be `del`, and a sign that only stood apart from linkers be text again."""
    if token.tag == "s":
        token.tag = "del"
    elif token.type == "code_inline" and not token.content.strip("@:"):
        token.type = "text"


def _set_apart(words: Sequence[Token]) -> list[Token]:
    """Return the words of a block with an element round what marks set apart.

    None where that is all there is, which then says how the block runs; and the marks stay where
    they do not pair, as a browser knows them too.
    """
    said = "".join(word.content for word in words)
    marks = "".join(sign for sign in said if sign in (APART, AND_BACK))
    if not marks or marks.replace(APART + AND_BACK, ""):
        return list(words)
    alone = len(marks) == 2 and said[0] == APART and said[-1] == AND_BACK
    tags = {APART: "", AND_BACK: ""} if alone else {APART: "<bdi>", AND_BACK: "</bdi>"}
    return [piece for word in words for piece in _pieces(word, tags)]


def _pieces(word: Token, tags: Mapping[str, str]) -> Iterator[Token]:
    """Yield a word cut at the marks of direction, each of them as its tag."""
    if word.type != "text":
        yield word
        return
    for part in filter(None, re.split(f"([{APART}{AND_BACK}])", word.content)):
        piece = word.copy(content=tags.get(part, part))
        piece.type = "html_inline" if part in tags else "text"
        yield piece


def _kept(words: Sequence[Token]) -> Iterator[Token]:
    """Yield the words of a block, with an element round each piece that stays on one line."""
    for word in words:
        if word.type != "text":
            yield word
            continue
        for said, kind in unbroken(word.content):
            piece = word.copy(
                content=f"<span{_class(kind)}>{escape(said)}</span>" if kind else said
            )
            piece.type = "html_inline" if kind else "text"
            yield piece


def _set_out(tokens: Sequence[Token], at: int) -> None:
    """Give the block at `at` what print and screen readers go by."""
    token = tokens[at]
    if token.type == "th_open":
        token.attrSet("scope", "col")
    elif token.type == "table_open":
        share_out(tokens, at)
        if kinds := _size(tokens, at):
            token.attrSet("class", kinds)
    elif token.type == "td_open" and (name := _cell_class(token, tokens[at + 1].content)):
        token.attrSet("class", name)
    if token.attrs.pop("style", ""):  # the policy admits none, and only figures stand right
        token.attrJoin("class", "figure")


def _size(tokens: Sequence[Token], at: int) -> str:
    """Return which of `wide`, `short` and `long` the table is that opens at `at`."""
    counts = {"th_open": 0, "tr_open": 0}
    for token in islice(tokens, at, None):
        if token.type == "table_close" or counts["tr_open"] > _LONG[1]:
            break
        if token.type in counts:
            counts[token.type] += 1
    kinds = {
        "wide": counts["th_open"] >= WIDE,
        "short": counts["tr_open"] <= _SHORT + 1,
        "long": counts["th_open"] == _LONG[0] and counts["tr_open"] > _LONG[1],
    }
    return " ".join(name for name, held in kinds.items() if held)


def _breaks(text: str) -> str:
    return next((name for pattern, name in _BREAKS if pattern.search(text)), "")


def _cell_class(opens: Token, text: str) -> str:
    told = (name for name in (TO_WRITE_IN, ON_ONE_LINE) if opens.meta.get(name))
    return _breaks(text) or next(told, "")


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""
