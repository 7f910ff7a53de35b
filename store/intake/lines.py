"""Reads JSON Lines into drafts, each line an entry or a reason; or says what else a file is."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, NoReturn

from store.entries import Draft
from store.entries.schema import NEVER_TAKEN, REQUIRED
from store.errors import UsageError
from store.workspace.draft import parse_draft

LONGEST = 2 * 2**20
"""Bytes that one line may take."""
_ENOUGH = 4096
"""Bytes of its beginning by which a file is known."""

_UNPACK = "Unpack it first"
_UTF8 = "Save it as UTF-8"
_BY_LINE = "Write one JSON object a line; `docket schema` says what it holds"
_BY_COLUMN = "Say which columns have what: --column day=HEAD --column client=HEAD, and so on"
_AS_MAIL = "Mail goes with `docket log CLIENT --eml FILE`"
_KEEP = "`docket log CLIENT note TEXT --attach FILE` keeps it as it is"

_BINARY = (
    (b"\x1f\x8b", "packed with gzip", _UNPACK),
    (b"BZh", "packed with bzip2", _UNPACK),
    (b"\xfd7zXZ", "packed with xz", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "packed with zstd", _UNPACK),
    (b"7z\xbc\xaf", "a 7z archive", _UNPACK),
    (b"Rar!", "a RAR archive", _UNPACK),
    (b"\xd0\xcf\x11\xe0", "a file of Microsoft Office (.xls, .doc or .msg)", _BY_LINE),
    (b"%PDF", "a PDF", _KEEP),
    (b"\x89PNG", "a picture", _KEEP),
    (b"\xff\xd8\xff", "a picture", _KEEP),
    (b"GIF8", "a picture", _KEEP),
    (b"SQLite format 3", "a database", _BY_LINE),
    (b"bplist", "a property list of Apple's", _BY_LINE),
    (b"\xff\xfe\x00\x00", "text in UTF-32", _UTF8),
    (b"\x00\x00\xfe\xff", "text in UTF-32", _UTF8),
    (b"\xff\xfe", "text in UTF-16", _UTF8),
    (b"\xfe\xff", "text in UTF-16", _UTF8),
)
_WORDS = (
    ("begin:vcard", "a vCard, of addresses", _BY_LINE),
    ("begin:vcalendar", "an iCalendar file", _BY_LINE),
    ("<!doctype html", "a web page", _BY_LINE),
    ("<html", "a web page", _BY_LINE),
    ("<?xml", "XML", _BY_LINE),
    ("ofxheader", "a bank's file (OFX)", _BY_LINE),
    ("<ofx>", "a bank's file (OFX)", _BY_LINE),
    ("!type:", "a bank's file (QIF)", _BY_LINE),
    (":20:", "a bank's file (MT940)", _BY_LINE),
    ("{\\rtf", "a text document (RTF)", _BY_LINE),
    ("---\n", "YAML", _BY_LINE),
)
_MAIL = re.compile(
    r"from \S+.*\n[\w-]+:|(?:from|to|subject|date|received|return-path|delivered-to"
    r"|mime-version|message-id|x-[\w-]+): ",
    re.I,
)
# 02.10.26, 10:00 - Ann: / [02.10.26, 10:00:00] Ann: / [2026-10-02 10:00] Ann: / Oct 2, 2026 ...
_CHAT = re.compile(
    r"[\u200e\u200f]?(?:\[[^\]\n{}\"]*\d{1,2}[:.]\d\d[^\]\n{}\"]*\]"
    r"|\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? [^\n]{0,4}\d{1,2}[:.]\d\d[^\n]{0,12} -) ?[^\n]*\S"
)


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One line that is not blank: its draft, or what is wrong with it; `dropped` was passed over.

    `dropped` names fields that only a journal writes, such as `recorded_at`.
    """

    number: int
    draft: Draft | None = None
    problem: str = ""
    dropped: tuple[str, ...] = ()


def read_lines(stream: BinaryIO, name: str = "") -> Iterator[ReadLine]:
    """Yield every line of `stream`, counted from 1; blank ones are skipped.

    A line needs `client`, `kind`, `occurred_at` and `statement`; a line of more than LONGEST bytes
    is passed by without being held in memory. UsageError, which names the file as `name`, where it
    begins as another format does.
    """
    number, first = 0, list[bytes]()
    while sum(map(len, first)) < _ENOUGH and (raw := stream.readline(LONGEST + 1)):
        first.append(raw)
    what, remedy = other_format(b"".join(first)[:_ENOUGH])
    if what:
        raise UsageError(f"{name or 'The file'} is no JSON Lines", f"it is {what}", remedy)
    while raw := first.pop(0) if first else stream.readline(LONGEST + 1):
        number += 1
        if len(raw) > LONGEST and not raw.endswith(b"\n"):
            while (rest := stream.readline(LONGEST)) and not rest.endswith(b"\n"):
                pass
            yield ReadLine(number, problem=f"it is longer than {LONGEST:,} bytes")
        elif raw.strip():
            yield _read(number, raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw)


def later(lines: Iterable[ReadLine], after: Mapping[str, int]) -> Iterator[ReadLine]:
    """Yield the lines that follow, of each client named, the line of that number."""
    for line in lines:
        if line.draft is None or line.number > after.get(line.draft.client, 0):
            yield line


def _read(number: int, raw: bytes) -> ReadLine:
    try:
        fields = parse_object(raw)
        missing = [name for name in REQUIRED if name not in fields]
        if missing:
            raise ValueError(f"it has no {', '.join(missing)}")
        dropped = tuple(name for name in NEVER_TAKEN if name in fields)
        kept = {name: value for name, value in fields.items() if name not in NEVER_TAKEN}
        occurred = kept["occurred_at"]
        if (
            "precision" not in kept
            and isinstance(occurred, str)
            and len(occurred) > len("2026-11-21")
        ):
            kept["precision"] = "minute"
        return ReadLine(number, parse_draft(kept), dropped=dropped)
    except UsageError as error:
        return ReadLine(number, problem=error.why or error.what)
    except ValueError as error:
        return ReadLine(number, problem=str(error))


def parse_object(raw: bytes) -> dict[str, Any]:
    """Return the JSON object in `raw`; ValueError says in words why it holds none.

    Doubled names, floats, NaN and infinities are refused: each would be read in two ways.
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"it is not UTF-8 (byte {error.start + 1})") from None
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_float=_no_float,
            parse_constant=_no_constant,
        )
    except json.JSONDecodeError as error:
        raise ValueError(f"it is not JSON: {error.msg} at character {error.pos + 1}") from None
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if not isinstance(value, dict):
        raise ValueError("it is no JSON object")
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        doubled = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"it says {doubled[:40]} twice")
    return made


def _no_float(text: str) -> NoReturn:
    raise ValueError(f'{text[:24]} is inexact: write it as a string, "{text[:24]}"')


def _no_constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")


def other_format(first: bytes) -> tuple[str, str]:
    """Return what a file is that begins so, and what to do about it; nothing where it may be lines.

    Where any of the lines begins as a JSON object does, it is taken for lines with bad ones among
    them, but for a JSON array and for one object that is spread over lines.
    """
    for mark, what, remedy in _BINARY:
        if first.startswith(mark):
            return what, remedy
    if first.startswith(b"PK\x03\x04"):
        return _zip(first)
    third = len(first) // 3
    if third and max(first[::2].count(0), first[1::2].count(0)) > third:
        return "text in UTF-16", _UTF8
    if b"\x00" in first and not first.startswith(b"{"):
        return "no text at all", _BY_LINE
    text = first.decode("utf-8", "replace").lstrip("\ufeff \t\r\n").replace("\r\n", "\n")
    return _of_text(text.replace("\r", "\n"))


def _zip(first: bytes) -> tuple[str, str]:
    if b"[Content_Types].xml" in first or b"xl/" in first or b"_rels/" in first:
        return "a workbook or document of Microsoft Office (.xlsx, .docx)", _BY_LINE
    if b"mimetypeapplication/vnd.oasis" in first:
        return "a sheet or document of OpenOffice (.ods, .odt)", _BY_LINE
    return "a zip", _UNPACK


def _of_text(text: str) -> tuple[str, str]:
    low = text[:40].lower()
    for mark, what, remedy in _WORDS:
        if low.startswith(mark):
            return what, remedy
    lines = [line for line in text.split("\n") if line.strip()]
    if not lines:
        return "", ""
    if lines[0].strip() == "{":
        return "JSON, one object over several lines", _BY_LINE
    objects = any(line.lstrip().startswith("{") for line in lines)
    if re.match(r"\[\s*(?:\{|$)", text) and not (objects and _whole(lines[0])):
        return "one JSON array", "Write each of its objects on a line: jq -c '.[]' FILE"
    if objects:
        return "", ""
    if _MAIL.match(text):
        return "a mail", _AS_MAIL
    if _CHAT.match(text):
        return "a chat, as WhatsApp or Signal write it out", _BY_LINE
    return ("a table (CSV)", _BY_COLUMN) if _columns(lines) else ("", "")


def _whole(line: str) -> bool:
    """Whether `line` is JSON by itself."""
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _columns(lines: list[str]) -> bool:
    """Whether the lines, but for one cut off, have the same number of columns, two or more."""
    cut = len(lines) > 1 and sum(map(len, lines)) + len(lines) >= _ENOUGH // 4
    known = lines[: len(lines) - cut][:8]
    for sign in ";\t,|":
        try:
            widths = {len(row) for row in csv.reader(known, delimiter=sign)}
        except csv.Error:
            continue
        if len(widths) == 1 and widths.pop() > 1 and (len(known) > 1 or lines[0].count(sign) > 1):
            return True
    return False
