"""The words of a mail as plain text: which of its parts hold them, and which are its sender's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import NamedTuple

from store.intake.mail_headers import Address, head_of, short
from store.intake.mail_html import plain_of
from store.intake.mail_parts import MailPart, uudecoded
from store.text import UserText, clean, fold, plural
from store.text.charsets import Decoded

BODY_LIMIT = 20_000
"""Characters of a mail's text that go into an entry; the whole is in the exhibit."""

_EMPTY_LINES = re.compile(r"\n[ \t\xa0\n]*\n")
_CARRIAGE = re.compile(r"\r\n?")
_STUB = re.compile(r"\bhtml\b", re.IGNORECASE)
_LONGEST_STUB = 300
_UU_BEGIN = re.compile(r"begin [0-7]{3,4} (\S[^\r\n]{0,200})\Z")
_LONGEST_LEAD = 200
_LEAD_LINES = 3
_HEADER_LINES = 10
_LONGEST_LABEL = 24
_SHORTEST_RULE = 10
_BROKEN_AT = 60
_MARK = re.compile(r"\[([^\[\]]{1,60})\]")
_WORD = re.compile(r"[^\W\d_]+")
_MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # of direction
_NUMBER = re.compile(r"\d+")
_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d\d\b")
_ADDRESS = re.compile(r"<\s?[^<>@:\s]{1,80}@[^<>\s]{1,80}>")
# What mail programs write before the name and the subject of a mail that they copy below.
_FROM = frozenset(
    fold(word)
    for word in (
        *"From Von De Da Van Från Fra Frá Lähettäjä Saatja Od Feladó Kimden Nuo От Від Από".split(),
        *"差出人 发件人 發件人 寄件者 寄件人 من מאת Từ จาก".split(),
        *"Dari Nork Од از प्रेषक".split(),
        *("De la", "보낸 사람", "Oddi wrth"),
    )
)
_SUBJECT = frozenset(
    fold(word)
    for word in (
        *"Subject Betreff Objet Asunto Oggetto Onderwerp Ämne Emne Efni Aihe Teema Temat".split(),
        *"Předmět Predmet Tárgy Konu Subiect Assunto Tema Тема Θέμα".split(),
        *"件名 主题 主旨 主題 제목 الموضوع נושא เรื่อง".split(),
        *"Subjek Perihal Gaia Assumpte Naslov Temats Относно موضوع विषय Pwnc Тэма".split(),
        "Chủ đề",
    )
)


class Enclosed(NamedTuple):
    """A file that stands in a text itself, uuencoded."""

    name: UserText
    data: bytes


@dataclass(frozen=True, slots=True)
class Body:
    """The words of a mail, and the parts they were taken from.

    `from_html` says that they were made from HTML, `cut` that there is more than this, `earlier`
    that earlier mail stood below, `below` what that said as far as it can be told apart, and
    `doubts` in sentences what was guessed.
    """

    text: UserText
    from_html: bool = False
    cut: bool = False
    earlier: bool = False
    doubts: tuple[str, ...] = ()
    enclosed: tuple[Enclosed, ...] = ()
    parts: tuple[int, ...] = ()
    below: str = ""


@dataclass
class _Said:
    """What was gathered from the parts so far."""

    texts: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
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
    """Return the words of the mail `root` that are its sender's own (`above_earlier`).

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
        below=beginning("\n\n".join(said.below))[0],
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
        below=beginning("\n\n".join(said.below))[0],
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
    own = above_earlier(whole_text, f"{sender.name} {sender.address.partition('@')[0]}").strip()
    if own != whole_text:
        said.earlier = True
        said.below += [whole_text[len(own) :].strip()] if whole_text.startswith(own) else []
    if own:
        said.texts.append(own)


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


def above_earlier(text: str, name: str = "") -> str:
    """Return the beginning of `text` that stands above earlier mail; all of it where none does.

    Earlier mail is a copy to the end, under its headers (`From: ... Subject: ...`) or, where no
    line is quoted, under one that says who wrote it and when, with clock and address; or the last
    lines of all where they begin with `>`, with the line that says who wrote them and when. Lines
    with `>` stay where answers stand below some of them, as those would lose their sense; so do
    those of a copy, with a `>` set before them, down to the last answer that is marked with the
    `name` of who wrote it, as Outlook does: `[Ann] No.` Takes time in proportion to the text,
    whatever it is.
    """
    lines = text.splitlines(keepends=True)
    end = min(_copied(lines), _told(lines))
    lines, end = _with_answers(lines, end, name)
    before, above = end, _above_quoted(lines, end)
    while above < before:
        before, above = above, _above_quoted(lines, above)
    return "".join(lines[: end if _answered(lines[:above]) else above])


def _with_answers(lines: list[str], end: int, name: str) -> tuple[list[str], int]:
    """Return the lines, those of a copy from `end` on marked as quoted, and the last answer's end.

    Where none of it is marked as an answer, they are as they were. An answer goes on where its
    line was broken for its length.
    """
    named = _names(name)
    if not named or end == len(lines):
        return lines, end
    marked, last, answering = lines[:end], end, False
    for at, line in enumerate(lines[end:], start=end):
        said = line.strip()
        broken = answering and len(lines[at - 1].rstrip()) >= _BROKEN_AT and bool(said)
        found = _MARK.match(said)
        answering = broken or bool(found and _by(found[1], named))
        marked.append(line if answering or _quoted(line) else f"> {line}")
        last = at + 1 if answering else last
    return (marked, last) if last > end else (lines, end)


def _names(name: str) -> frozenset[str]:
    """Return what somebody may mark words with: the words of their name, or its first letters."""
    parts = [fold(word) for word in _WORD.findall(name)[:20]]
    initials = "".join(part[0] for part in parts)
    return frozenset({*parts, initials, initials[::-1]} - {""})


def _by(mark: str, named: frozenset[str]) -> bool:
    said = [fold(word) for word in _WORD.findall(mark)]
    return bool(said) and named.issuperset(said)


def _above_quoted(lines: Sequence[str], end: int) -> int:
    """Return where the quoted lines before `end` begin, with their lead; `end` if none are."""
    at = end
    while at and (not lines[at - 1].strip() or _quoted(lines[at - 1])):
        at -= 1
    return at - _lead(lines, at) if any(map(_quoted, lines[at:end])) else end


def _quoted(line: str) -> bool:
    """Whether a line is quoted; `>From ` is how a mailbox keeps a line of the mail's own."""
    return line.startswith(">") and not line.startswith(">From ")


def _answered(lines: Sequence[str]) -> bool:
    """Whether words of the mail's own stand below quoted lines."""
    first = next((at for at, line in enumerate(lines) if _quoted(line)), len(lines))
    return any(line.strip() and not _quoted(line) for line in lines[first:])


def _lead(lines: Sequence[str], end: int) -> int:
    """Return how many lines before `end` say who wrote what follows: `On 12 Sep Mira wrote:`.

    In any language they end in a colon and hold a date. A line without one may as well be the
    client's, such as `I agree to this:`, and stays. One that was broken is a paragraph of its own
    with date and time on its first line, and an address.
    """
    for count in range(1, min(_LEAD_LINES, end) + 1):
        first = lines[end - count].strip()
        said = "".join(lines[end - count : end]).strip()
        if not first or _quoted(first) or len(said) > _LONGEST_LEAD or not _leads(said):
            return 0
        if count == 1:
            if _numbers(first):
                return 1
        elif _leads(first):
            return 0
        elif _numbers(first) > 2 and "@" in said:
            return count if end == count or not lines[end - count - 1].strip() else 0
    return 0


def _leads(said: str) -> bool:
    return said.rstrip(_MARKS).endswith((":", "："))


def _numbers(line: str) -> int:
    """Return how many numbers a line holds, those of addresses aside."""
    return len(_NUMBER.findall(" ".join(word for word in line.split() if "@" not in word)))


def _copied(lines: Sequence[str]) -> int:
    """Return where a mail copied with its headers begins, maybe below a drawn line; else the end.

    The headers stand together: one names the sender, one the subject.
    """
    labels = [_label(line) for line in lines]
    for at, line in enumerate(lines):
        first = at
        if _drawn(line.strip()):
            first += 1 if at + 1 < len(lines) and lines[at + 1].strip() else 2
        elif labels[at] not in _FROM:
            continue
        block = takewhile(bool, map(str.strip, lines[first : first + _HEADER_LINES]))
        found = labels[first : first + sum(1 for _ in block)]
        if not (_FROM.isdisjoint(found) or _SUBJECT.isdisjoint(found)):
            return at
    return len(lines)


def _told(lines: Sequence[str]) -> int:
    """Return where a mail copied without marks begins, with its lead; else the end.

    So do Yahoo and some telephones: `On 1 Oct 2026 at 09:00, Kim <kim@example.net> wrote:`.
    """
    for at, line in enumerate(lines, start=1):
        if _quoted(line):
            break
        count = _lead(lines, at) if _leads(line.strip()) else 0
        said = "".join(lines[at - count : at])
        if count and _numbers(said) > 2 and _CLOCK.search(said) and _ADDRESS.search(said):
            below = lines[at:]
            told = any(map(str.strip, below)) and not any(map(_quoted, below))
            return at - count if told else len(lines)
    return len(lines)


def _drawn(said: str) -> bool:
    """Whether a line is drawn: `-----Original Message-----`, or underscores alone."""
    if said.startswith("---") and said.endswith("---"):
        return len(said) <= _LONGEST_LEAD
    return len(said) >= _SHORTEST_RULE and not said.strip("_")


def _label(line: str) -> str:
    """Return what stands before the first colon of a line, folded, if it is short: `betreff`."""
    head, colon, _ = line[:_LONGEST_LABEL].replace("：", ":").partition(":")
    return fold(head.strip(" \t\xa0*")) if colon else ""
