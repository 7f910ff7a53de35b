"""Markdown that user text cannot break: every helper takes raw text and gives inert Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from zlib import compress, decompress

from store.text.cells import cell_width


class Md(str):
    """Markdown made by this program: user text in it has been through `inline` or `block`."""

    __slots__ = ()


class Typed(Md):
    """What the user wrote, on one line: it never says how a document looks."""

    __slots__ = ()


class TableLines(NamedTuple):
    """A table as its lines, each made as it is taken."""

    lines: Iterable[str]


class Flow(NamedTuple):
    """Blocks of Markdown that are made as they are taken, and how many of them are tables.

    They are too long to be held all at once; empty ones are left out.
    """

    blocks: Iterable[Md | TableLines]
    tables: int

    def whole(self) -> Md:
        """Return all of them."""
        told = ("\n".join(one.lines) if isinstance(one, TableLines) else one for one in self.blocks)
        return paragraphs(*told)


_ENDS = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f]")
# CommonMark 2.4 lets any ASCII punctuation be escaped; only what could mean something is, so that
# the file stays readable as plain text. The later parts keep GFM and linkifiers from making links;
# `^` and `{` are a superscript and attributes to pandoc.
_SPECIAL = re.compile(
    r"[\\`*_\[<|~$^{]"
    r"|&(?=[#\w])"
    r"|(?:^|(?<=\s))#"
    r"|:(?=//)|/(?=/)"
    r"|(?<=[wW]{3})\.|\.(?=[^\W\d_])"
)
# GitHub looks for addresses, people and `:smile:` after escapes are gone, so only a span of its own
# keeps the sign apart. Two digits between colons are a time of day, and no picture's name.
_EMOJI = r":(?!\d\d?[:+-])(?=[a-z\d_+\\-]{1,60}:)"
_SIGNS = re.compile(rf"(?:@+(?=\S)|{_EMOJI})+")
# Pandoc knows lists with letters of any script and with Roman numerals, and some readers need no
# number at all.
_LEADING = re.compile(
    r"(?P<mark>[>+\-=:%])"
    r"|(?P<item>\(?(?:[^\W\d_]|[ivxlcdm]+|[IVXLCDM]+|\d*))(?P<end>[.)])(?=\s|$)"
)
_QUOTES = re.compile(r"[\"']")
_BEHIND_BACKSLASH = r"\\\g<0>"
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARKS = re.compile(r"\\([!-/:-@\[-`{-~])|`([@:]+)`|&#96;|\*\*")
_IN_YAML = re.compile(
    r"[<&*_`~|$@\[\]]|:(?=//)|/(?=/)|(?<=[wW]{3})\.|\.(?=[^\W\d_])"
    r"|[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
    rf"|{_EMOJI}"
)
_PLAIN = re.compile(r"[^\W_](?:[^\W_]|[,;()'\"?-]|[ ](?! )|[.:](?=[ ]|$))*(?<! )")
# Letters that are read from the right, and the marks that a reader takes a run of them by.
_FROM_RIGHT = re.compile(
    r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_DIRECTING = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
APART, AND_BACK = "\u2068", "\u2069"
"""Between these a text has a direction of its own, whatever stands before and behind it."""
# What stands right in its column: an amount, a number or a percentage, with one short word behind.
_FIGURE = re.compile(
    r"(?!\d{1,2}\.\d{1,2}\.\d{4}$)"  # a day of some languages
    r"(?:[A-Z]{3} )?[-\u2212]?\d[\d,.'\u00a0\u202f]*(?: ?%| [^\W\d_]{1,6}\.?)?"
    r"|\(\d[\d,.'\u00a0\u202f]*\)"  # a balance in somebody's favour
)
_NOTHING = ("", "-")
_NO_FIGURE = (*_NOTHING, "none")
_CELLS = "\0"  # stands in no text
_STRETCH = 1_000
_PADDED = 40  # columns on screen: dates, sums and kinds fit, and sentences do not
_WIDEST_RULE = 60


def inline(text: str) -> Md:
    """Return `text` on one line, shown literally by CommonMark, GFM and pandoc wherever it is put.

    Line ends become one space, white space at both ends goes, other control characters become
    U+FFFD; nothing else of what a reader sees changes, but for the face of the `@` of an address
    and the `:` of `:smile:`. Quotes and dashes stay as they are, so pandoc may print them curled
    or long. Text that is read from the right is set apart by marks, or the words around it would
    take its ends for theirs. Safe in a paragraph, a heading, a table cell, a list item and a
    quotation.
    """
    if _PLAIN.fullmatch(text) and not _LEADING.match(text):
        said = text  # as most are, and nothing in it means anything
    else:
        said = _escaped(_one_line(text))
    if said.isascii() or not _FROM_RIGHT.search(said) or _DIRECTING.search(said):
        return Typed(said)
    return Typed(f"{APART}{said}{AND_BACK}")


def cell(text: str) -> Md:
    """Return `inline(text)`, or a dash where there is nothing to show."""
    return inline(text) or Md("-")


def as_plain(words: Md) -> str:
    """Return a line of Markdown made here as the plain text that a reader sees of it."""
    return _MARKS.sub(lambda mark: mark[1] or mark[2] or ("`" if mark[0] == "&#96;" else ""), words)


def block(text: str) -> Md:
    """Return `text` as a quotation that keeps its lines and their indents; no blank line follows.

    An indent is shown with no-break spaces, since Markdown would drop it or read it as code.
    """
    lines = [_quoted(line) for line in _ENDS.split(text.strip("\n"))]
    shown = []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        # A backslash at the end of a line is a hard break, but only inside a paragraph.
        shown.append((f"> {line}\\" if after else f"> {line}") if line else ">")
    return Md("\n".join(shown))


def gfm_table(headers: Sequence[str], rows: Iterable[Sequence[Md]]) -> Md:
    """Return a GFM table; every row has as many cells as there are headers, each on one line.

    Columns are padded so that they line up as plain text, but for those with a cell too long for
    that: place these last. A column of figures stands right, in the text and by its rule. Headers
    are the program's own words. Raises ValueError for a row of another shape.
    """
    return Md("\n".join(slim_lines(headers, rows)))


def slim_table(
    headers: Sequence[str], rows: Iterable[Sequence[Md]], optional: Container[int]
) -> Md:
    """Return a table without those of its `optional` columns, by place, that say nothing."""
    return Md("\n".join(slim_lines(headers, rows, optional)))


def slim_lines(
    headers: Sequence[str], rows: Iterable[Sequence[Md]], optional: Container[int] = ()
) -> Iterator[str]:
    """Yield the lines of `slim_table`, of which little is held meanwhile."""
    columns = [_Column(head) for head in headers]
    held = _Held()
    for given in rows:
        row = [_alone(one) for one in given]
        line = _CELLS.join(row)
        if len(row) != len(columns) or line.count(_CELLS) >= len(columns) or "\n" in line:
            raise ValueError(f"a row of {len(row)} cells does not fit {len(columns)} columns")
        for column, one in zip(columns, row, strict=True):
            column.take(one)
        held.add(line)
    kept = [at for at, one in enumerate(columns) if at not in optional or one.speaks]
    shown = [columns[at] for at in kept]
    yield _row(columns[at].padded(headers[at]) for at in kept)
    yield _row(column.rule for column in shown)
    for line in held:
        cells = line.split(_CELLS)
        yield _row(column.padded(cells[at]) for at, column in zip(kept, shown, strict=True))


def struck(text: str) -> Md:
    """Return `text` on one line and struck through, still readable."""
    return strike(inline(text))


def strike(words: Md) -> Md:
    """Return Markdown without marks struck through.

    Quotes are escaped, or pandoc would pair one in here with one behind and lose the mark's end.
    """
    return Md(f"~~{_QUOTES.sub(_BEHIND_BACKSLASH, words)}~~")


def front_matter(values: Mapping[str, str | int]) -> Md:
    """Return YAML front matter, each text on one line; safe also for readers that know none.

    Pandoc reads each text as Markdown, so what means something there has a backslash before it.
    A reader without front matter shows all of it as a paragraph, so the same signs are written as
    `\\u005b`, which YAML and JSON both read back.
    """
    lines = [f"{key}: {_yaml(value)}" for key, value in values.items()]
    return Md("\n".join(["---", *lines, "---"]))


def read_front_matter(markdown: str) -> dict[str, str | int]:
    """Return what `front_matter` wrote at the start of `markdown`; ValueError if it is not there.

    Reads only our own spelling: one JSON scalar a line.
    """
    return split_front_matter(markdown)[0]


def split_front_matter(markdown: str) -> tuple[dict[str, str | int], str]:
    """Return what `read_front_matter` returns, and the Markdown after it; ValueError as there."""
    front, end, body = markdown.partition("\n---\n")
    first, *lines = front.split("\n")
    if first != "---" or not end:
        raise ValueError("there is no front matter")
    values: dict[str, str | int] = {}
    for line in lines:
        key, colon, value = line.partition(": ")
        read = json.loads(value) if colon else None
        if not isinstance(read, str | int) or key in values:
            raise ValueError(f"the line {key[:40]!r} cannot be read")
        values[key] = _ESCAPE.sub(r"\1", read) if isinstance(read, str) else read
    return values, body


def paragraphs(*parts: str) -> Md:
    """Return Markdown blocks with a blank line between them; empty ones are left out."""
    return Md("\n\n".join(part for part in parts if part))


def bullets(items: Iterable[Md]) -> Md:
    """Return a list of one-line items; empty for none."""
    return Md("\n".join(f"- {item}" for item in items))


def _quoted(line: str) -> str:
    text = line.replace("\t", "    ")
    bare = text.lstrip()
    indent = "".join(
        "&nbsp;" if space == " " else f"&#{ord(space)};" for space in text[: len(text) - len(bare)]
    )
    escaped = _escaped(_CONTROLS.sub("\ufffd", bare.rstrip()))
    return f"{indent}{escaped}" if escaped else ""


def _one_line(text: str) -> str:
    line = " ".join(part for line in _ENDS.split(text) if (part := line.strip())).replace("\t", " ")
    return _CONTROLS.sub("\ufffd", line)


def _escaped(line: str) -> Md:
    escaped = _SPECIAL.sub(_BEHIND_BACKSLASH, line)
    if "@" in escaped or ":" in escaped:
        # Some readers take an escaped backtick right before a span for a part of its fence.
        escaped = _SIGNS.sub(r"`\g<0>`", escaped).replace("\\``", "&#96;`")
    return Md(_led(escaped))


def _led(escaped: str) -> str:
    """Return an escaped line whose beginning opens no block."""
    leading = _LEADING.match(escaped)
    if leading is None:
        return escaped
    mark = f"\\{leading['mark']}" if leading["mark"] else f"{leading['item']}\\{leading['end']}"
    return mark + escaped[leading.end() :]


class _Held:
    """Lines that wait until it is known how wide they are, a long table packed by the stretch."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._packed: list[bytes] = []

    def add(self, line: str) -> None:
        """Take in one more."""
        self._lines.append(line)
        if len(self._lines) == _STRETCH:
            stretch = "\n".join(self._lines).encode(errors="surrogatepass")
            self._packed.append(compress(stretch, 1))
            self._lines.clear()

    def __iter__(self) -> Iterator[str]:
        """Yield them as they came."""
        for packed in self._packed:
            yield from decompress(packed).decode(errors="surrogatepass").split("\n")
        yield from self._lines


class _Column:
    """How the cells of a column stand: padded if none is too long, and right if all are figures."""

    def __init__(self, head: str) -> None:
        self._longest = len(head)
        self._widest = max(3, cell_width(head))
        self._said = False
        self._figures = True
        self.speaks = False
        """Whether a cell says something."""

    def take(self, cell: str) -> None:
        """Take in what one more cell says."""
        self.speaks = self.speaks or cell not in _NOTHING
        self._longest = max(self._longest, len(cell))
        if self._longest > _PADDED:
            return
        self._widest = max(self._widest, cell_width(cell))
        if self._figures and cell.strip() not in _NO_FIGURE:
            self._said = True
            self._figures = not isinstance(cell, Typed) and bool(
                _FIGURE.fullmatch(cell.strip("* "))
            )

    @property
    def _right(self) -> bool:
        """Whether each cell is a figure of the program's own or none, and one is."""
        return self._said and self._figures

    @property
    def rule(self) -> str:
        """The rule under the header; pandoc shares the width of a page out by their dashes."""
        if self._longest > _PADDED:
            return "-" * min(self._longest, _WIDEST_RULE)
        return f"{'-' * (self._widest - 1)}:" if self._right else "-" * self._widest

    def padded(self, cell: str) -> str:
        """Return a cell as wide as the others."""
        if self._longest > _PADDED:
            return cell
        gap = " " * (self._widest - cell_width(cell))
        return gap + cell if self._right else cell + gap


def _alone(cell: Md) -> Md:
    """Return a cell without the marks that set its text apart, where that is all it has."""
    if cell.startswith(APART) and cell.find(AND_BACK) == len(cell) - 1:
        return type(cell)(cell[1:-1])
    return cell


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _yaml(value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    apart = _SIGNS.sub(
        lambda signs: "".join(f"\\{sign}" for sign in signs[0]),
        _SPECIAL.sub(_BEHIND_BACKSLASH, _one_line(value)),
    )
    literal = _led(apart)
    quoted = json.dumps(literal, ensure_ascii=False)[1:-1]
    inert = _IN_YAML.sub(lambda sign: "\\u" + format(ord(sign[0]), "04x"), quoted)
    return f'"{inert}"'
