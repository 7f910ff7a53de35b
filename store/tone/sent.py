"""The tone check of what is sent, in its language and for its occasion: why, and a better way.

The phrases are files, one for each language: `lists/<code>.txt`, as `lists/LISTS.md` tells. What
stands in quotation marks and names that were given are spared. It never holds anything back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, NamedTuple, get_args

from store.errors import DocketError
from store.languages import ENGLISH
from store.tone.check import Remark, hidden, tone
from store.tone.words import What

LISTS: Final = Path(__file__).parent / "lists"
Occasion = Literal["letter", "apology", "parting"]
Fault = Literal["you", "but", "if", "absolute", "label", "insult", "threat", "motive"]
_ONLY_IN: Final[Mapping[str, frozenset[Occasion]]] = {
    "but": frozenset({"apology", "parting"}),
    "if": frozenset({"apology"}),
}
"""The faults that are none elsewhere (advice 79)."""
_NOUNS: Final[Mapping[str, str]] = {
    "you": "an opening that blames",
    "but": "a but",
    "if": "an apology with if",
    "absolute": "an absolute",
    "label": "a label",
    "insult": "an insult",
    "threat": "a threat",
    "motive": "a guess at a motive",
}
_WHY: Final[Mapping[str, str]] = {
    "you": "They will defend themselves. Say what you saw, and what it does to your work.",
    "but": "It takes back what stands before it. End the sentence there, or say and.",
    "if": "It doubts what happened. Name what you did.",
    "absolute": "One exception refutes it. Say how often, and when.",
    "label": "It says what they are. Say what was done, and on which day.",
    "insult": "Leave it out.",
    "threat": "Say plainly what you will do, and when.",
    "motive": "Nobody sees into another. Say what was done or said.",
}
_JUDGED: Final[frozenset[What]] = frozenset(
    {"label", "insult", "accusation", "absolute", "motive", "threat", "shouting"}
)
"""What the check of records judges that a letter is better without, too."""
_MARKS: Final = re.compile("[\u064b-\u0652\u0670\u0640]")
_ALEF: Final = re.compile(r"[أإآ](?=\w)")
"""At the end of a word it is a letter of its own: what means `I begin` is not `never`."""
_ALIKE: Final = str.maketrans("ىة", "يه")
_SECTION = re.compile(r"\[(\w+)\]")
_PLAIN: Final = "plain"
_BETTER: Final = "better-"


class Hint(NamedTuple):
    """Words to look at again before a text is sent: where they stand, why, and a better way.

    `better` is a sentence to begin from, or empty; what stands in brackets is the writer's to say.
    """

    fault: str
    noun: str
    words: str
    start: int
    why: str
    better: str = ""


class _Phrases(NamedTuple):
    """One language's phrases as one expression; `faults` says what each of its groups is."""

    pattern: re.Pattern[str]
    faults: tuple[str, ...]
    better: Mapping[str, str]


def hints_for(
    text: str, code: str = ENGLISH, occasion: Occasion = "letter", names: Iterable[str] = ()
) -> tuple[Hint, ...]:
    """Return what to look at again in a text of that language, by place (advice 5, 78, 79).

    A language without a list is looked at for shouting alone.
    """
    called = tuple(names)
    remarks = [_of(remark) for remark in tone(text, called) if remark.what in _JUDGED]
    if code != ENGLISH:
        remarks = [one for one in remarks if one.fault == "shouting"]
    found = [*remarks, *_listed(text, code, occasion, called)]
    kept: list[Hint] = []
    for hint in sorted(found, key=lambda one: (one.start, -len(one.words))):
        if not kept or hint.start >= kept[-1].start + len(kept[-1].words):
            kept.append(hint)
    return tuple(kept)


def listed_codes() -> list[str]:
    """Return the languages there is a list for, by code."""
    return sorted(path.stem for path in LISTS.glob("*.txt"))


def hint_words(hint: Hint) -> str:
    """Return a hint as a sentence or two."""
    better = f" For example: {hint.better}" if hint.better else ""
    return f"“{' '.join(hint.words.split())}” is {hint.noun}. {hint.why}{better}"


def _of(remark: Remark) -> Hint:
    return Hint(remark.what, remark.noun, remark.words, remark.start, remark.why)


def _listed(text: str, code: str, occasion: Occasion, names: tuple[str, ...]) -> Iterator[Hint]:
    phrases = _phrases(code)
    if phrases is None:
        return
    flat, places = _flat(hidden(text, names))
    for match in phrases.pattern.finditer(flat):
        fault = phrases.faults[(match.lastindex or 1) - 1]
        if fault != _PLAIN and occasion in _ONLY_IN.get(fault, (occasion,)):
            start, end = places[match.start()], places[match.end() - 1] + 1
            better = phrases.better.get(fault, "")
            yield Hint(fault, _NOUNS[fault], text[start:end], start, _WHY[fault], better)


@lru_cache(maxsize=16)
def _phrases(code: str) -> _Phrases | None:
    """Return the phrases of a language; None where there is no list. DocketError if it is wrong."""
    path = LISTS / f"{code}.txt"
    if not path.exists():
        return None
    head: dict[str, str] = {}
    lines: list[tuple[str, str]] = []
    section = ""
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if named := _SECTION.fullmatch(line):
            section = named[1]
            if section not in (*get_args(Fault), _PLAIN):
                raise DocketError(f"{path.name}, line {number}: there is no [{section}]", "", "")
        elif section:
            lines.append((section, line))
        else:
            name, _, value = line.partition(":")
            head[name.strip()] = value.strip()
    better = {
        name.removeprefix(_BETTER): said for name, said in head.items() if name.startswith(_BETTER)
    }
    lines.sort(key=lambda one: -len(one[1]))
    pattern = re.compile("|".join(f"({_one(head, line)})" for _, line in lines))
    return _Phrases(pattern, tuple(section for section, _ in lines), better)


def _one(head: Mapping[str, str], line: str) -> str:
    """Return the expression of a phrase, with the bounds that the language sets words in."""
    before = "|".join(re.escape(_flat(one)[0]) for one in head.get("prefixes", "").split())
    endings = "|".join(re.escape(_flat(one)[0]) for one in head.get("endings", "").split())
    said = r"\s+".join(_word(word, endings) for word in _flat(line)[0].split())
    if head.get("words") == "inside":
        return said
    return rf"(?<!\w){f'(?:{before})?' if before else ''}{said}(?!\w)"


def _word(word: str, endings: str) -> str:
    """Return a word of a phrase: `a/b` either, `x*` with any ending, `x+` with one of the list."""
    made = []
    for choice in word.split("/"):
        if choice.endswith("*"):
            made.append(re.escape(choice[:-1]) + r"\w*")
        elif choice.endswith("+"):
            made.append(f"{re.escape(choice[:-1])}(?:{endings})?")
        else:
            made.append(re.escape(choice))
    return f"(?:{'|'.join(made)})" if len(made) > 1 else made[0]


def _flat(text: str) -> tuple[str, list[int]]:
    """Return a text in small letters, Arabic ones in one form without marks, and their places."""
    kept = [(place, letter) for place, letter in enumerate(text) if not _MARKS.match(letter)]
    small = "".join(low if len(low := letter.lower()) == 1 else letter for _, letter in kept)
    alike = _ALEF.sub("ا", small.replace("’", "'")).translate(_ALIKE)
    return alike, [place for place, _ in kept]
