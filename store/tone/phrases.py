"""The phrases of the tone check in one language, read from `lists/<code>.txt` as LISTS.md tells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, NamedTuple, get_args

from store.errors import DocketError

LISTS: Final = Path(__file__).parent / "lists"
Fault = Literal["you", "but", "if", "absolute", "label", "insult", "threat", "motive", "blame"]
LET_THROUGH: Final = "plain"
_INSTEAD: Final = "instead"
_BLAME: Final = "blame"
_BETTER: Final = "better-"
_SECTION: Final = re.compile(r"\[(\w+)\]")
_MARKS: Final = re.compile("[\u064b-\u0652\u0670\u0640\u200b-\u200f\u2060\u2066-\u2069]")
_ALEF: Final = re.compile(r"[أإآ](?=\w)")
"""At the end of a word it is a letter of its own: what means `I begin` is not `never`."""
_KHMER_TA: Final = re.compile("(?<=\u17d2)\u178f")
"""Under a consonant, ta and da are written alike."""
_KHMER_SIGNS: Final = "\u17b6-\u17d3"
_ALIKE: Final = str.maketrans("ىةឱ’", "يهឲ'")
_GAP: Final = ".."
_REST: Final = "{rest}"


class Phrases(NamedTuple):
    """One language's phrases as one expression; `faults` says what each of its groups is.

    `blame` is what no reason for a parting says, which elsewhere is no fault.
    `better` is a sentence to begin from by fault, `instead` what may stand for a whole sentence,
    `joins` the words whose two halves may stand as sentences of their own.
    """

    pattern: re.Pattern[str]
    faults: tuple[str, ...]
    better: Mapping[str, str]
    instead: tuple[tuple[re.Pattern[str], str], ...]
    joins: frozenset[str]
    stop: str
    blame: re.Pattern[str] | None = None


@lru_cache(maxsize=16)
def phrases_of(code: str) -> Phrases | None:
    """Return the phrases of a language; None where there is no list. DocketError if it is wrong."""
    path = LISTS / f"{code}.txt"
    if not path.exists():
        return None
    head, lines = _read(path)
    words = _Words(head)
    found = [(section, line) for section, line in lines if section not in (_INSTEAD, _BLAME)]
    blame = "|".join(words.phrase(line, section) for section, line in lines if section == _BLAME)
    found.sort(key=lambda one: -len(one[1]))
    each = "|".join(f"({words.phrase(line, section)})" for section, line in found)
    rules = [line.partition("=") for section, line in lines if section == _INSTEAD]
    return Phrases(
        re.compile(f"{words.bound}(?:{each})"),  # tried where a word begins, and not for each
        tuple(section for section, _ in found),
        {name.removeprefix(_BETTER): said for name, said in head.items() if _BETTER in name},
        tuple((re.compile(words.sentence(line.strip())), said.strip()) for line, _, said in rules),
        frozenset(flat(head.get("joins", ""))[0].split()),
        head.get("stop", ". ").replace("_", " "),
        re.compile(f"{words.bound}(?:{blame})") if blame else None,
    )


def _read(path: Path) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return the head of a list, and its phrases with the section each stands in."""
    head: dict[str, str] = {}
    lines: list[tuple[str, str]] = []
    section = ""
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if named := _SECTION.fullmatch(line):
            section = named[1]
            if section not in (*get_args(Fault), LET_THROUGH, _INSTEAD):
                raise DocketError(f"{path.name}, line {number}: there is no [{section}]", "", "")
        elif section:
            lines.append((section, line))
        else:
            name, _, value = line.partition(":")
            head[name.strip()] = value.strip()
    return head, lines


class _Words:
    """How a language's phrases are found: the bounds of its words, their endings and prefixes."""

    def __init__(self, head: Mapping[str, str]) -> None:
        self._inside = head.get("words") == "inside"
        self.bound = r"(?<!\u17d2)" if self._inside else r"(?<!\w)"
        self._before, self._endings = (
            "|".join(re.escape(flat(one)[0]) for one in head.get(name, "").split())
            for name in ("prefixes", "endings")
        )

    def phrase(self, line: str, section: str) -> str:
        """Return the expression of a phrase behind its `bound`, and what it ends before."""
        said = self._said(line, r"\s+" if section == LET_THROUGH else r"[\s,،]+")
        if self._inside:
            return rf"{said}(?![{_KHMER_SIGNS}])"
        return rf"{f'(?:{self._before})?' if self._before else ''}{said}(?!-?\w)"

    def sentence(self, line: str) -> str:
        """Return the expression of a whole sentence; `{rest}` is what it says besides."""
        pause = r"\s*" if self._inside else r"[\s,،]+"
        before, rest, after = (self._said(part, pause) for part in line.partition(_REST))
        if not rest:
            return before
        rest = r"(?P<rest>.+?)"
        return pause.join(part for part in (before, rest, after) if part)

    def _said(self, line: str, pause: str) -> str:
        said = ""
        for word in flat(line)[0].split():
            if word == _GAP:
                said += r"(?:\s+[^\s.,;:!?؟،]+){0,3}?"
            else:
                said += (pause if said else "") + self._word(word)
        return said

    def _word(self, word: str) -> str:
        """Return a word of a phrase, with the endings and choices that LISTS.md names."""
        made = []
        for choice in word.split("/"):
            if choice.startswith("*"):
                made.append(r"\w+" + re.escape(choice[1:]))
            elif choice.startswith("_"):
                made.append(r"(?<=\s)" + re.escape(choice[1:]))
            elif choice.endswith("*"):
                made.append(re.escape(choice[:-1]) + r"\w*")
            elif choice.endswith("+"):
                made.append(f"{re.escape(choice[:-1])}(?:{self._endings})?")
            else:
                made.append(re.escape(choice))
        return f"(?:{'|'.join(made)})" if len(made) > 1 else made[0]


def flat(text: str) -> tuple[str, list[int]]:
    """Return a text in small letters, those written alike in one form, and their places."""
    kept = [(place, letter) for place, letter in enumerate(text) if not _MARKS.match(letter)]
    small = "".join(low if len(low := letter.lower()) == 1 else letter for _, letter in kept)
    alike = _KHMER_TA.sub("\u178a", _ALEF.sub("ا", small)).translate(_ALIKE)
    return alike, [place for place, _ in kept]
