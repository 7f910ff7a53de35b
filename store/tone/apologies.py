"""The English words that take an apology back, as data: what each does, and what helps."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_WORDS: Final[tuple[tuple[str, str], ...]] = (
    (
        r"\bif (?:you|any(?:one|body)|some(?:one|body)) (?:\w+ )?"
        r"(?:felt|feel|offended|hurt|upset|took|got|(?:were|was|are) (?:offended|hurt|upset))\b"
        r"|\bif (?:i|we) (?:have |had |may have )?(?:did|done|hurt|offended|upset|caused|was)\b"
        r"|\bif (?:it|that|this|my \w+) (?:seemed|felt|caused|upset|hurt|offended)\b",
        "It doubts what happened: name the thing instead.",
    ),
    (
        r"\b(?:sorry|apologi[sz]e|regret)(?: for)?(?: that| how)? you (?:felt|feel|are|were|took"
        r"|think|thought|misunderstood)\b",
        "It is about them: say what you did or left undone.",
    ),
    (r"\bbut\b", "It takes back what stands before it: end the sentence there."),
    (
        r"\b(?:however|although|though|nevertheless|even so)\b(?=[ ,][^.!?\n]*)",
        "It is another but: end the sentence there.",
    ),
    (
        r"\bany (?:inconvenience|misunderstanding|confusion|offen[cs]e|trouble)\b",
        "It names nothing: say which.",
    ),
    (
        r"\b(?:mistakes|errors|things) (?:were|have been|got) (?:made|said|done|lost)\b",
        "It names nobody: say that it was you.",
    ),
    (
        r"\b(?:in my defen[cs]e|to be fair|to be honest|you have to understand|as you know)\b",
        "It justifies: leave it out.",
    ),
)


class Slip(NamedTuple):
    """Words that take an apology back, as they stand, and what helps."""

    words: str
    why: str


def slips(text: str) -> tuple[Slip, ...]:
    """Return what takes an apology back in `text`, by place; what they said in quotes is spared."""
    plain = re.sub(r"[“\"„«][^”\"“»\n]*[”\"“»]", lambda quote: " " * len(quote[0]), text)
    plain = plain.replace("’", "'")
    found = [
        (match.start(), Slip(" ".join(text[match.start() : match.end()].split()), why))
        for pattern, why in _WORDS
        for match in re.finditer(pattern, plain, re.IGNORECASE)
    ]
    return tuple(slip for _, slip in sorted(found, key=lambda one: one[0]))


def slip_words(text: str) -> list[str]:
    """Return a sentence on each slip in an apology."""
    return [f"“{slip.words}” takes an apology back. {slip.why}" for slip in slips(text)]
