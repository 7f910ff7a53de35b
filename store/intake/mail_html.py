"""What the HTML of a mail says to its reader, as plain text: hidden words left out, quoted marked.

libxml2 reads it as a stream of tags: in time that grows with its length, whatever it is, which
parsers that build the tree of a browser do not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_PARAGRAPHS = frozenset("blockquote dl h1 h2 h3 h4 h5 h6 hr li ol p pre table ul".split())
_LINES = frozenset(
    "address article aside br center dd div dt fieldset figure footer form header main nav section "
    "tr".split()
)
_CELLS = frozenset({"td", "th"})
_UNSEEN = frozenset("script style title template xml noframes noembed iframe object".split())

_TELLING = _UNSEEN | {"blockquote", "pre"}  # that say something without an attribute

# The marks that mail programs leave on the mail that they copy below. `x_` is put before names
# by Outlook when it copies them once more.
_QUOTING_CLASSES = frozenset(
    "gmail_quote gmail_attr yahoo_quoted moz-cite-prefix moz-forward-container protonmail_quote "
    "tutanota_quote zmail_extra mailru-blockquote outlookmessageheader gmx_quote "
    "ms-outlook-mobile-reference-message quoted-text moz-email-headers-table hmquote "
    "cs_quote ydp_quoted zm_quote qt-quote".split()
)
_ANSWERED_IN = frozenset({"gmail_quote", "yahoo_quoted", "protonmail_quote", "gmx_quote"})
_QUOTING_IDS = frozenset(
    "olk_src_body_section mail-editor-reference-message-container isreplycontent "
    "isforwardcontent reply139content ntes-pcmail-quote".split()
)
_FROM_HERE = frozenset("divrplyfwdmsg appendonsend replysplit ms-outlook-reply reply-intro".split())
_YAHOO = re.compile(rf"ydp[0-9a-z]*?({'|'.join(sorted(_QUOTING_CLASSES, key=len, reverse=True))})")
_INDENTED = re.compile(r"margin(?:-left)?:(?:000)?40px")
_BLANKS = re.compile(r"[ \t\r\n\f\xa0]+")
_ZERO = r"0*(?:\.0+)?0(?:px|pt|em|rem|%|cm|mm|in|vw|vh)?"
_SIZE = re.compile(r"(?:^|;)font(?:-size:|:[^;]*?(?<![\d.]))([\d.]+)")
_HIDDEN = re.compile(
    rf"(?:^|;)(?:display:none|mso-hide:all|opacity:{_ZERO}(?![\d.])|clip:rect\(0"
    rf"|text-indent:-\d{{3,}}|(?:left|top):-\d{{4,}})"
)
_FOLDED = re.compile(rf"(?:^|;)(?:max-)?(?:height|width):{_ZERO}(?=;|!|$)")
_SHEET = 64 * 1024
_RULE = re.compile(r"([^{}]{1,500})\{([^{}]*)\}")
_MEDIA = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_NAME = re.compile(r"[a-z0-9]*([.#][\w-]+)")
_LONGEST_STYLE = 2_000
_EMOJI = 8


@dataclass(slots=True)
class _State:
    """What an element hands on to what it holds."""

    tag: str = ""
    quoted: int = 0
    hidden: bool = False
    invisible: bool = False
    tiny: bool = False
    kept: bool = False
    until_quote: bool = False


def _plain_name(name: str) -> str:
    """Return a class as its program wrote it: Outlook and Yahoo put signs of theirs before it."""
    name = name.removeprefix("x_")
    known = _YAHOO.fullmatch(name) if name.startswith("ydp") else None
    return known[1] if known else name


def plain_of(html: str) -> str:
    """Return what `html` says, without tags, scripts and styles; nothing it names is fetched.

    Quoted lines begin with `> `, as they do in plain text, and what is not shown is left out.
    """
    from lxml import etree

    reader = _Reader()
    parser = etree.HTMLParser(target=reader, encoding="utf-8", huge_tree=True)
    raw = html.replace("\0", "").encode("utf-8", "replace")
    try:
        for at in range(0, len(raw), 1 << 16):
            parser.feed(raw[at : at + (1 << 16)])
        parser.close()
    except etree.LxmlError:  # nothing at all in it
        pass
    return reader.text()


class _Reader:
    """Takes in tags and words as they come, and keeps the lines they make."""

    def __init__(self) -> None:
        self.states = [_State()]
        self.lines: list[tuple[int, str]] = []
        self.line: list[str] = []
        self.at = 0  # how deep the line that is being read is quoted
        self.rest = 0
        self.sheet: list[str] = []
        self.room = _SHEET
        self.unseen: set[str] = set()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take in the beginning of an element."""
        tag = tag.lower()
        said = {name.lower(): value for name, value in attributes.items()}
        state = self._state(tag, said)
        self._break(tag)
        self.states.append(state)
        alt = said.get("alt", "") if tag == "img" else ""
        self._say("- " if tag == "li" else alt if len(alt) <= _EMOJI and not alt.isascii() else "")

    def end(self, tag: str) -> None:
        """Take in the end of an element."""
        tag = tag.lower()
        if len(self.states) > 1:
            over = self.states.pop()
            if tag != "br":
                self._break(tag)
            if tag == "style":
                self.unseen |= _unseen("".join(self.sheet))
                self.sheet = []
            if over.tag == "blockquote" and self.states[-1].until_quote:
                self.states[-1].quoted -= 1
                self.states[-1].until_quote = False
        if tag in _CELLS:
            self._say(" ")

    def data(self, words: str) -> None:
        """Take in words."""
        if self.states[-1].tag == "style" and self.room:
            self.sheet.append(words[: self.room])
            self.room -= len(self.sheet[-1])
        self._say(words)

    def comment(self, words: str) -> None:
        """Pass over what is no text."""

    def pi(self, target: str, words: str | None = None) -> None:
        """Pass over what is no text."""

    def close(self) -> None:
        """Take in the end of all."""
        self._line()

    def text(self) -> str:
        """Return the lines."""
        self._line()
        return "\n".join(
            ("> " * quoted + line).rstrip() if quoted else line for quoted, line in self.lines
        )

    def _state(self, tag: str, said: Mapping[str, str]) -> _State:
        above = self.states[-1]
        if not said and tag not in _TELLING:
            return _State(tag, above.quoted, above.hidden, above.invisible, above.tiny, above.kept)
        style = _BLANKS.sub("", said.get("style", "")[:_LONGEST_STYLE]).lower()
        names = {_plain_name(one) for one in said.get("class", "")[:500].lower().split()[:20]}
        mark = said.get("id", "")[:200].lower().removeprefix("x_")
        if mark in _FROM_HERE:
            self.rest = 1
        quotes = (
            (tag == "blockquote" and not _indented(style, names))
            or said.get("type", "").lower() == "cite"
            or not _QUOTING_CLASSES.isdisjoint(names)
            or mark in _QUOTING_IDS
            or "yahoo_quoted" in mark
        )
        marks = quotes and tag != "blockquote" and not above.quoted
        nests = quotes and tag == "blockquote" and not above.until_quote
        return _State(
            tag,
            above.quoted + (marks or nests),
            above.hidden or self._hidden(tag, said, style, names),
            _inherited(above.invisible, "visibility:", ("hidden", "collapse"), style),
            _tiny(above.tiny, style),
            above.kept or tag == "pre" or "white-space:pre" in style,
            marks and not _ANSWERED_IN.isdisjoint(names),
        )

    def _hidden(self, tag: str, said: Mapping[str, str], style: str, names: set[str]) -> bool:
        if tag in _UNSEEN or "hidden" in said or _HIDDEN.search(style):
            return True
        if "overflow:hidden" in style and _FOLDED.search(style):
            return True
        if not self.unseen:
            return False
        marks = {f".{name}" for name in names} | {f"#{said.get('id', '').lower()}"}
        return not self.unseen.isdisjoint(marks) and not re.search("display:(?!none)", style)

    def _say(self, words: str) -> None:
        state = self.states[-1]
        if state.hidden or state.invisible or state.tiny:
            return
        depth = state.quoted + self.rest
        if words.strip() and depth != self.at:
            self._line()
            self.at = depth
        if not state.kept:
            self.line.append(_BLANKS.sub(" ", words))
            return
        first, *more = words.replace("\r\n", "\n").split("\n")
        self.line.append(first)
        for line in more:
            self._line(empty=True)
            self.line.append(line)

    def _break(self, tag: str) -> None:
        if tag == "br":
            self._line(empty=True)
        elif tag in _LINES:
            self._line()
        elif tag in _PARAGRAPHS:
            self._line()
            if self.lines and self.lines[-1][1]:
                self.lines.append((min(self.at, self.lines[-1][0]), ""))

    def _line(self, *, empty: bool = False) -> None:
        """End the line that is being read, if it has any words or may be empty."""
        said = re.sub(" +", " ", "".join(self.line)).strip()
        self.line = []
        if said or empty:
            self.lines.append((self.at, said))


def _indented(style: str, names: set[str]) -> bool:
    """Whether a block is set in by the button for that, and quotes nothing."""
    return bool(_INDENTED.search(style)) and "border:none" in style and not names


def _inherited(above: bool, name: str, values: tuple[str, ...], style: str) -> bool:
    at = style.rfind(name)
    return style.startswith(values, at + len(name)) if at >= 0 else above


def _tiny(above: bool, style: str) -> bool:
    """Whether letters have no height; a size of its own shows an element in one without."""
    sizes = _SIZE.findall(style)
    if not sizes:
        return above
    try:
        return float(sizes[-1]) == 0
    except ValueError:
        return above


def _unseen(sheet: str) -> set[str]:
    """Return the classes and ids that a style sheet hides for every reader."""
    found = set()
    for names, style in _RULE.findall(_MEDIA.sub("", sheet.lower())):
        bare = _BLANKS.sub("", style)
        if _HIDDEN.search(bare) or ("overflow:hidden" in bare and _FOLDED.search(bare)):
            found |= {one[1] for name in names.split(",") if (one := _NAME.fullmatch(name.strip()))}
    return found
