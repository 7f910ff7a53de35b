"""The tone check of what is sent, in its language and for its occasion: why, and a better way.

The phrases are files, one for each language (`store.tone.phrases`). What stands in quotation marks
and names that were given are spared. It never holds anything back.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, Literal, NamedTuple, cast

from store.languages import ENGLISH
from store.tone.check import Remark, hidden, tone
from store.tone.phrases import Fault, Phrases, flat, phrases_of
from store.tone.words import What

Occasion = Literal["letter", "apology", "parting", "reason"]
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
    "blame": "a word of blame",
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
    "blame": "Say what you needed and did not get.",
}
_JUDGED: Final[frozenset[What]] = frozenset(
    {"label", "insult", "accusation", "absolute", "motive", "threat", "shouting"}
)
"""What the check of records judges that a letter is better without, too."""
_ENDS: Final = re.compile(r"(?<!\d)[.!?؟;](?=\s|$)|[។៕]|\n\s*\n|\n(?=[-*•] )")
"""Where a sentence ends; the point after a number may belong to a day."""
_BEGINS: Final = re.compile(r"\S")
_LONGEST: Final = 2_000
"""Letters of a sentence that another may stand for; what is longer has no end where one belongs."""
_NO_ISOLATES: Final = dict.fromkeys((0x2068, 0x2069))
_MARKS: Final = " \t\n,،;:.!?؟។"


class Hint(NamedTuple):
    """Words to look at again before a text is sent: where they stand, why, and a better way.

    `better` may stand for the sentence at `whole`, or is empty; what stands in brackets in it is
    the writer's to say.
    """

    fault: What | Fault | Literal["open"]
    noun: str
    words: str
    start: int
    why: str
    better: str = ""
    whole: tuple[int, int] = (0, 0)


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
    phrases = phrases_of(code)
    found = [*remarks, *_listed(text, phrases, occasion, called)]
    kept: list[Hint] = []
    for hint in sorted(found, key=lambda one: (one.start, -len(one.words))):
        if not kept or hint.start >= kept[-1].start + len(kept[-1].words):
            kept.append(hint)
    judged = [hint for hint in kept if hint.noun]
    if not phrases:
        return tuple(judged)
    ends = list(_ENDS.finditer(text))
    return tuple(
        _with_better(text, hint, _sentence(text, hint.start, ends), phrases) for hint in judged
    )


def looks_again(
    text: str, code: str = ENGLISH, occasion: Occasion = "letter", names: Iterable[str] = ()
) -> tuple[Hint, ...]:
    """Return what a record is better without, and what else there is to look at, by place."""
    called = tuple(names)
    remarks = [_of(remark) for remark in tone(text, called)]
    taken = bytearray(len(text))
    for one in remarks:
        taken[one.start : one.start + len(one.words)] = b"x" * len(one.words)
    others = [
        hint
        for hint in hints_for(text, code, occasion, called)
        if not any(taken[hint.start : hint.start + len(hint.words)])
    ]
    return tuple(sorted([*remarks, *others], key=lambda one: one.start))


def hint_words(hint: Hint) -> str:
    """Return a hint as a sentence or two."""
    better = f" For example: {hint.better}" if hint.better else ""
    return f"“{' '.join(hint.words.split())}” is {hint.noun}. {hint.why}{better}"


def apology_words(text: str, code: str | None) -> list[str]:
    """Return a sentence or two on each place in an apology that takes it back (advice 79)."""
    return [hint_words(hint) for hint in hints_for(text, code or ENGLISH, "apology")]


def bettered(text: str, hint: Hint) -> str:
    """Return a text with the better sentence of a hint in the place of its own."""
    start, end = hint.whole
    return f"{text[:start]}{hint.better}{text[end:]}" if hint.better else text


def _of(remark: Remark) -> Hint:
    return Hint(remark.what, remark.noun, remark.words, remark.start, remark.why)


def _listed(
    text: str, phrases: Phrases | None, occasion: Occasion, names: tuple[str, ...]
) -> Iterator[Hint]:
    """Yield what the list of a language finds; what it lets through has no noun."""
    if phrases is None:
        return
    said, places = flat(hidden(text, names))
    blame = phrases.blame.finditer(said) if phrases.blame and occasion == "reason" else ()
    for match in chain(phrases.pattern.finditer(said), blame):
        listed = match.re is phrases.pattern
        fault = phrases.faults[(match.lastindex or 1) - 1] if listed else "blame"
        if occasion in _ONLY_IN.get(fault, (occasion,)):
            start, end = places[match.start()], places[match.end() - 1] + 1
            noun, why = _NOUNS.get(fault, ""), _WHY.get(fault, "")
            yield Hint(cast(Fault, fault), noun, text[start:end], start, why)


def _with_better(text: str, hint: Hint, sentence: tuple[int, int], phrases: Phrases) -> Hint:
    """Return a hint with the sentence that may stand for the one it is about."""
    start, end = sentence
    better = ""
    if end - start <= _LONGEST:
        better = _instead(text[start:end].rstrip(_MARKS), phrases)
        if not better and hint.fault == "but":
            better = _parted(text[start:end], hint, start, phrases)
    better = better.translate(_NO_ISOLATES) or phrases.better.get(hint.fault, "")
    return hint._replace(better=better, whole=sentence)


def _sentence(text: str, place: int, ends: Sequence[re.Match[str]]) -> tuple[int, int]:
    """Return where the sentence around a place begins and ends, its last mark within it.

    `ends` are the ends of all sentences of the text.
    """
    index = bisect_left(ends, place, key=lambda end: end.start())
    first = _BEGINS.search(text, ends[index - 1].end() if index else 0)
    start = first.start() if first else len(text)
    if index == len(ends):
        return start, len(text.rstrip())
    return start, ends[index].start() + (0 if ends[index][0].isspace() else 1)


def _instead(sentence: str, phrases: Phrases) -> str:
    """Return what the list says instead of a whole sentence, with what it says besides."""
    said, places = flat(sentence)
    for pattern, better in phrases.instead:
        if match := pattern.fullmatch(said):
            if "rest" not in match.groupdict():
                return better
            start, end = match.span("rest")
            rest = sentence[places[start] : places[end - 1] + 1].rstrip(_MARKS)
            return better.replace("{rest}", rest)
    return ""


def _parted(sentence: str, hint: Hint, start: int, phrases: Phrases) -> str:
    """Return a sentence with a but as two sentences without it; empty where it can't be."""
    if flat(hint.words)[0] not in phrases.joins:
        return ""
    place = hint.start - start
    before = sentence[:place].rstrip(_MARKS)
    after = sentence[place + len(hint.words) :].lstrip(_MARKS)
    after = after[:1].upper() + after[1:]
    return f"{before}{phrases.stop}{after}" if before and after else after
