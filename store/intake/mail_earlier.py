"""Earlier mail below the words of a mail: where it begins, so that it is not taken for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from store.text import fold

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


def own_words(text: str, name: str = "") -> str:
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
