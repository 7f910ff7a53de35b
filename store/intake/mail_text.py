"""The words of a mail as plain text: which of its parts hold them, and which are its sender's."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from store.intake.mail_earlier import own_words
from store.intake.mail_headers import Address, head_of, short
from store.intake.mail_html import plain_of
from store.intake.mail_parts import MailPart, uudecoded
from store.text import UserText, clean, plural
from store.text.charsets import Decoded

BODY_LIMIT = 20_000
"""Characters of a mail's text that go into an entry; the whole is in the exhibit."""

_EMPTY_LINES = re.compile(r"\n[ \t\xa0\n]*\n")
_CARRIAGE = re.compile(r"\r\n?")
_STUB = re.compile(r"\bhtml\b", re.IGNORECASE)
_LONGEST_STUB = 300
_UU_BEGIN = re.compile(r"begin [0-7]{3,4} (\S[^\r\n]{0,200})\Z")
_UU_MOST = 64 * 2**20


class Enclosed(NamedTuple):
    """A file that stands in a text itself, uuencoded."""

    name: UserText
    data: bytes


@dataclass(frozen=True, slots=True)
class Body:
    """The words of a mail, and the parts they were taken from.

    `from_html` says that they were made from HTML, `cut` that there is more than this, `earlier`
    that earlier mail stood below, `doubts` in sentences what was guessed.
    """

    text: UserText
    from_html: bool = False
    cut: bool = False
    earlier: bool = False
    doubts: tuple[str, ...] = ()
    enclosed: tuple[Enclosed, ...] = ()
    parts: tuple[int, ...] = ()


@dataclass
class _Said:
    """What was gathered from the parts so far."""

    texts: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    enclosed: list[Enclosed] = field(default_factory=list)
    cut: bool = False
    earlier: bool = False
    read: dict[int, str] = field(default_factory=dict)

    def words(self, part: MailPart) -> str:
        """Return what a part says, each read once."""
        if id(part) not in self.read:
            html = part.type == "text/html"
            text = plain_of(part.text) if html else _CARRIAGE.sub("\n", part.text)
            self.read[id(part)] = text.strip()
        return self.read[id(part)]


def body(root: MailPart, sender: Address) -> Body:
    """Return the words of the mail `root` that are its sender's own (`own_words`).

    Of each multipart/alternative one version is taken, the plain one unless it is empty; all other
    texts are joined in their order. A text with a file name is the words only where nothing else
    is.
    """
    said = _Said()
    chosen = [part for part in _chosen(root, said) if part.inline]
    if not any(said.words(part) for part in chosen):
        chosen = _named(root, said) or chosen
    for part in chosen:
        _take(part, sender, said)
        if part.named and part.disposition == "attachment":
            said.doubts.append(f"It is all a file, {part.named}: quoted is its text.")
    if root not in chosen:
        said.doubts += [f"Its parts: {problem}." for problem in root.problems]
    text, cut = beginning("\n\n".join(said.texts))
    return Body(
        text,
        from_html=bool(chosen) and all(part.type == "text/html" for part in chosen),
        cut=cut or said.cut,
        earlier=said.earlier,
        doubts=tuple(dict.fromkeys(said.doubts)),
        enclosed=tuple(said.enclosed),
        parts=tuple(map(id, chosen)),
    )


def body_of(plain: Decoded, html: Decoded, sender: Address) -> Body:
    """Return the words of a mail that is given as plain text, HTML, or both."""
    rich = not plain.text.strip()
    decoded = html if rich else plain
    said = _Said(doubts=_doubts("", decoded))
    _add(plain_of(html.text) if rich else plain.text, sender, said)
    text, cut = beginning("\n\n".join(said.texts))
    return Body(
        text,
        from_html=rich and bool(html.text),
        cut=cut,
        earlier=said.earlier,
        doubts=tuple(said.doubts),
    )


def _take(part: MailPart, sender: Address, said: _Said) -> None:
    decoded, whole = part.read()
    said.cut = said.cut or not whole
    said.doubts += _doubts(part.charset, decoded)
    said.doubts += [f"Of its text: {problem}." for problem in part.problems]
    text = said.words(part)
    if part.type == "text/plain":
        text, files = without_files(text)
        said.enclosed += files
        if part.headers.parameter("format").lower() == "flowed":
            text = _flowed(text, part.headers.parameter("delsp").lower() == "yes")
    _add(text, sender, said)


def _add(text: str, sender: Address, said: _Said) -> None:
    """Take in a text, without the earlier mail below it."""
    whole_text = text.strip()
    own = own_words(whole_text, f"{sender.name} {sender.address.partition('@')[0]}")
    said.earlier = said.earlier or own.strip() != whole_text
    if own.strip():
        said.texts.append(own.strip())


def _doubts(charset: str, decoded: Decoded) -> list[str]:
    doubts = []
    if decoded.guessed:
        label = short(charset, 40)
        says = f"says {label}" if label else "does not say in which charset it is"
        doubts.append(f"Its text {says} and is read as {decoded.charset}, which is a guess.")
    if decoded.lost:
        signs = plural(decoded.lost, "sign")
        doubts.append(f"{signs} of its text cannot be read: \ufffd stands there.")
    return doubts


def _chosen(part: MailPart, said: _Said) -> list[MailPart]:
    """Return the texts of `part` that are the words of its mail, in order."""
    if not part.parts:
        return [part] if part.words else []
    found = [_chosen(one, said) for one in part.parts]
    if part.type == "multipart/related":
        start = part.headers.parameter("start").strip("<> ")
        first = next((at for at, one in enumerate(part.parts) if start and one.id == start), 0)
        return found[first]
    if part.type != "multipart/alternative":
        return [one for texts in found for one in texts]
    versions = [texts for texts in found if any(one.inline and said.words(one) for one in texts)]
    plain = [one for one in versions if all(text.type == "text/plain" for text in one)]
    if plain and not (len(versions) > 1 and _stub(plain[0], said)):
        return plain[0]
    rich = [one for one in versions if one not in plain]
    return rich[-1] if rich else plain[0] if plain else []


def _stub(version: list[MailPart], said: _Said) -> bool:
    """Whether a plain version says no more than that there is another, in HTML."""
    text = " ".join(said.words(part) for part in version)
    return len(text) < _LONGEST_STUB and bool(_STUB.search(text))


def _named(root: MailPart, said: _Said) -> list[MailPart]:
    """Return the text that has a file name, where it may be the words of the mail all the same."""
    texts = [part for part in _chosen(root, said) if part.named or part.disposition == "attachment"]
    if root.parts:
        texts = [part for part in texts if part.disposition != "attachment"]
    return texts[:1]


def without_files(text: str) -> tuple[str, list[Enclosed]]:
    """Return a text without the files that stand in it, uuencoded, and those."""
    if "\nbegin " not in f"\n{text}":
        return text, []
    kept: list[str] = []
    files: list[Enclosed] = []
    lines = iter(text.splitlines())
    for line in lines:
        begun = _UU_BEGIN.match(line)
        if not begun:
            kept.append(line)
            continue
        raw, data, ended = [line], bytearray(), False
        for row in lines:
            raw.append(row)
            if row.strip() == "end":
                ended = True
                break
            if row.strip("` ") and not _uu_line(row):
                break
            data += uudecoded(row.encode("ascii", "replace")) if row.strip("` ") else b""
        if ended or len(data) > 45:
            files.append(Enclosed(short(begun[1], 200), bytes(data)))
            kept += [] if ended else raw[-1:]
        else:
            kept += raw
    return "\n".join(kept), files


def _uu_line(row: str) -> bool:
    """Whether a line is as long as its first sign says."""
    count = (ord(row[0]) - 32) & 63
    return (
        row.isascii()
        and ((count + 2) // 3 * 4) - 3 <= len(row.rstrip()) - 1 + 3
        and (len(row) <= (count + 2) // 3 * 4 + 4)
    )


def _flowed(text: str, close: bool) -> str:
    """Return text of `format=flowed` with its paragraphs on one line each (RFC 3676)."""
    said: list[list[str]] = []
    flowing, depth = False, 0
    for line in text.splitlines():
        marks = len(line) - len(line.lstrip(">"))
        bare = line[marks:].removeprefix(" ")
        goes_on = bare.endswith(" ") and bare != "-- "
        if close and goes_on:
            bare = bare[:-1]
        if flowing and marks == depth:
            said[-1].append(bare)
        else:
            said.append([f"{'>' * marks} {bare}" if marks else bare])
        flowing, depth = goes_on, marks
    return "\n".join(map("".join, said))


def beginning(raw: str) -> tuple[UserText, bool]:
    """Return at most BODY_LIMIT characters as user text, and whether there is more than that."""
    # A control made visible takes eight characters.
    text = _EMPTY_LINES.sub("\n\n", clean(head_of(raw, BODY_LIMIT), limit=BODY_LIMIT * 8))
    cut = max(len(raw), len(text)) > BODY_LIMIT
    return UserText(text[:BODY_LIMIT].strip()), cut
