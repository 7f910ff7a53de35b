"""The words of a mail as plain text: its plain parts, or what its HTML says without any markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from typing import NamedTuple

from store.intake.mail_earlier import own_words
from store.intake.mail_headers import head_of
from store.intake.mail_parts import Part
from store.text import UserText, clean

BODY_LIMIT = 20_000
"""Characters of a mail's text that go into an entry; the whole is in the exhibit."""

_LINES = frozenset(
    "address article aside blockquote br dd div dl dt footer form h1 h2 h3 h4 h5 h6 header hr li "
    "main nav ol p pre section table tr ul".split()
)
_CELLS = frozenset({"td", "th"})
# Comments and what is no text, up to the end where they are not closed, as a browser has it.
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|title)\b[^<>]*>.*?(?:</\1\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(
    r"""<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^<>"']|"[^"<]*"|'[^'<]*')*+)>|<[!?/a-zA-Z][^<>]*>"""
)
_BLANKS = re.compile(r"[ \t\r\n\f\xa0]+")
_EMPTY_LINES = re.compile(r"\n[ \t\xa0\n]*\n")


class Body(NamedTuple):
    """The text of a mail, whether it was HTML only, and whether there is more than this.

    `earlier` says that earlier mail stood below it.
    """

    text: UserText
    from_html: bool = False
    cut: bool = False
    earlier: bool = False


def body(parts: Sequence[Part]) -> Body:
    """Return the text of a mail: all its plain parts, else all its HTML, else nothing.

    Earlier mail below it is left out (`own_words`).
    """
    for kind in ("text/plain", "text/html"):
        texts = [part for part in parts if part.inline and part.type == kind]
        html = kind == "text/html"
        said = [plain_of(part.text) if html else part.text for part in texts]
        whole = "\n\n".join(one.strip() for one in said if one.strip())
        own = own_words(whole)
        text = beginning(own)
        if text.text or own != whole:
            cut = text.cut or any(part.cut for part in texts)
            return Body(text.text, html, cut, own != whole)
    return Body(UserText(""))


def beginning(raw: str) -> Body:
    """Return at most BODY_LIMIT characters of `raw` as user text, no two empty lines together."""
    # A control made visible takes eight characters.
    text = _EMPTY_LINES.sub("\n\n", clean(head_of(raw, BODY_LIMIT), limit=BODY_LIMIT * 8))
    cut = max(len(raw), len(text)) > BODY_LIMIT
    return Body(UserText(text[:BODY_LIMIT].strip()), cut=cut)


def plain_of(html: str) -> str:
    """Return what `html` says, without tags, scripts and styles; nothing it names is fetched.

    The parser of the standard library takes minutes over a few hundred kB made to hurt it, and
    stops at some of what mails hold; for text alone, each tag can be taken by itself.
    """
    seen = _UNSEEN.sub("", html)
    said, end, length = [], 0, 0
    for tag in _TAG.finditer(seen):
        said += [_text(seen[end : tag.start()]), _break(tag[1], (tag[2] or "").lower())]
        end = tag.end()
        length += len(said[-2])
        if length > BODY_LIMIT * 2:
            break
    else:
        said.append(_text(seen[end:]))
    return "\n".join(_BLANKS.sub(" ", line).strip() for line in "".join(said).split("\n"))


def _break(closing: str, name: str) -> str:
    """Return what stands for a tag between texts."""
    if name in _CELLS:
        return "" if closing else " "
    if name not in _LINES:
        return ""
    return "\n- " if name == "li" and not closing else "\n\n" if name == "p" else "\n"


def _text(raw: str) -> str:
    folded = _BLANKS.sub(" ", raw)
    try:
        return unescape(folded)
    except ValueError:  # a number of thousands of digits
        return folded
