"""Markdown that user text cannot break: every helper takes raw text and gives inert Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NewType

Md = NewType("Md", str)
"""Markdown made by this program: user text in it has been through `inline` or `block`."""

_LINE_ENDS = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")
_ENDS = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f]")
# CommonMark 2.4 lets any ASCII punctuation be escaped; only what could mean something is, so that
# the file stays readable as plain text. The later parts keep GFM and linkifiers from making links.
_SPECIAL = re.compile(
    r"[\\`*_\[<|~$]"
    r"|&(?=[#\w])"
    r"|(?:^|(?<=\s))#"
    r"|:(?=//)|/(?=/)"
    r"|(?<=[wW]{3})\.|\.(?=[^\W\d_])"
)
# GitHub links an address after escapes are gone, so only a span of its own keeps the sign apart.
_AT = re.compile(r"(?<=\S)@+(?=\S)")
_LEADING = re.compile(r"(?P<mark>[>+\-=:%])|(?P<number>\d{1,9})(?P<end>[.)])(?=\s|$)")
_IN_YAML = re.compile(
    r"[<&*_`~|$@\[\]]|:(?=//)|/(?=/)|(?<=[wW]{3})\.|\.(?=[^\W\d_])"
    r"|[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)


def inline(text: str) -> Md:
    """Return `text` on one line, shown literally by CommonMark and GFM wherever it is put.

    Line ends become one space, white space at both ends goes, other control characters become
    U+FFFD; nothing else of what a reader sees changes, but for the face of the `@` of an address.
    Safe in a paragraph, a heading, a table cell, a list item and a quotation.
    """
    line = _LINE_ENDS.sub(" ", text).replace("\t", " ").strip()
    return _escaped(_CONTROLS.sub("\ufffd", line))


def cell(text: str) -> Md:
    """Return `inline(text)`, or a dash where there is nothing to show."""
    return inline(text) or Md("-")


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


def table(headers: Sequence[str], rows: Iterable[Sequence[Md]]) -> Md:
    """Return a GFM table; every row has as many cells as there are headers, each on one line.

    Headers are the program's own words. Raises ValueError for a row of another shape.
    """
    lines = [[Md(header) for header in headers], [Md("---")] * len(headers)]
    for row in rows:
        if len(row) != len(headers) or any("\n" in cell for cell in row):
            raise ValueError(f"a row of {len(row)} cells does not fit {len(headers)} columns")
        lines.append(list(row))
    return Md("\n".join(f"| {' | '.join(line)} |" for line in lines))


def struck(text: str) -> Md:
    """Return `text` on one line and struck through, still readable (RECORDS C1)."""
    return Md(f"~~{inline(text) or '(empty)'}~~")


def front_matter(values: Mapping[str, str | int]) -> Md:
    """Return YAML front matter; texts are quoted so that even a plain Markdown reader is safe.

    A reader without front matter shows it as a paragraph, so what means something in Markdown is
    written as `\\u005b`, which YAML and JSON both read back.
    """
    lines = [f"{key}: {_yaml(value)}" for key, value in values.items()]
    return Md("\n".join(["---", *lines, "---"]))


def read_front_matter(markdown: str) -> dict[str, str | int]:
    """Return what `front_matter` wrote at the start of `markdown`; ValueError if it is not there.

    Reads only our own spelling: one JSON scalar a line.
    """
    first, *lines = markdown.split("\n")
    if first != "---" or "---" not in lines:
        raise ValueError("there is no front matter")
    values: dict[str, str | int] = {}
    for line in lines[: lines.index("---")]:
        key, colon, value = line.partition(": ")
        read = json.loads(value) if colon else None
        if not isinstance(read, str | int) or key in values:
            raise ValueError(f"the line {key[:40]!r} cannot be read")
        values[key] = read
    return values


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


def _escaped(line: str) -> Md:
    escaped = _AT.sub(r"`\g<0>`", _SPECIAL.sub(r"\\\g<0>", line))
    leading = _LEADING.match(escaped)
    if leading is None:
        return Md(escaped)
    mark = f"\\{leading['mark']}" if leading["mark"] else f"{leading['number']}\\{leading['end']}"
    return Md(mark + escaped[leading.end() :])


def _yaml(value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    quoted = json.dumps(value, ensure_ascii=False)[1:-1]
    inert = _IN_YAML.sub(lambda sign: "\\u" + format(ord(sign[0]), "04x"), quoted)
    return f'"{inert}"'
