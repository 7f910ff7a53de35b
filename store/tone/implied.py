"""What the words of an entry say that no field of it does: offered as a kind, never taken.

A list of phrases for each kind, as everybody writes them; what is found is said back with the words
it was found in, so that anybody can see why. Only the other side's doing is looked for: what `I`
did, what did not happen, and what is only feared or asked is left alone.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final, NamedTuple

_PHRASES: Final[dict[str, str]] = {
    "pay-later": r"""
keep (?:working|going|on)\b.{0,40}\bpay (?:you |me )?(?:later|eventually|when|once|after)
(?:carry|go) on\b.{0,40}\bpay (?:you |me )?(?:later|eventually|when|once|after)
(?:pay|paid) (?:you |me )?(?:later|eventually)\b.{0,30}\b(?:keep|carry|go) (?:working|going|on)
""",
    "non-payment": r"""
refus(?:e|es|ed|ing|al) to pay
(?:will not|won't|wont) (?:be )?pay(?:ing)?\b
(?:is|are) not (?:going to pay|paying)\b
(?:isn't|aren't) (?:going to pay|paying)\b
(?:does|do) not (?:want|intend|plan) to pay
(?:won't|will not) see a (?:cent|penny)
(?:cancelled|stopped) the (?:cheque|check|transfer)
""",
    "public-attack": r"""
(?:posted|wrote|left|published) (?:a |an )?(?:bad|one[- ]star|1[- ]star|nasty|negative) review
(?:posted|wrote|published) (?:a |an )?(?:nasty|public) (?:post|comment|review)
(?:posted|wrote) (?:about me |it )?(?:on|in) (?:facebook|google|instagram|linkedin|twitter)
(?:posted|wrote) (?:about me |it )?(?:on|in) (?:trustpilot|yelp|a (?:group|forum))
""",
    "threat": r"""
threaten(?:s|ed|ing)?\b
(?:or|and) (?:i|he|she|they|we)(?:'ll| will| would) (?:sue|ruin|destroy|report|expose)\b
(?:will|would|'ll) (?:ruin|destroy) (?:me|my|your)
(?:sue me|take me to court|call the police on me)
or else(?=\s*(?:[.!]|$))
""",
    "abuse": r"""
called me an? (?!hour|minute|second|couple|few|week|day)\w+
called me (?:names|stupid|useless|incompetent|lazy|worthless)
(?:yelled|shouted|screamed|swore|cursed) at (?:me|us)
(?:insulted|humiliated|belittled|mocked) (?:me|us)
""",
    "apology": r"""
(?:has |have )?apologi[sz](?:e|es|ed|ing)\b
(?:said|says|is|are|was|were) (?:so |very |really |terribly )?sorry\b
""",
    "illness": r"""
(?:in|to|into) (?:the )?hospital\b
hospitali[sz]ed
(?:is|are|was|were|fell|been) (?:seriously |very |badly )?(?:ill|sick)\b
(?:having|had|has|needs) (?:an operation|surgery|chemo\w*)
(?:mother|father|husband|wife|partner) (?:has |had )?(?:died|passed away)
(?:son|daughter|child|brother|sister) (?:has |had )?(?:died|passed away)
bereavement
""",
    "cash-trouble": r"""
(?:filed for|is|are|went|going|facing) (?:bankrupt(?:cy)?|insolven(?:t|cy))
cash[- ]?flow (?:problem|trouble|crisis|issue)s?
(?:lost|losing) (?:his|her|their) (?:job|biggest client|main client|funding)
(?:can't|cannot|can not) afford to pay
""",
}
_STEMS: Final[dict[str, tuple[str, ...]]] = {
    "pay-later": ("pay", "paid"),
    "non-payment": ("pay", "cent", "penny", "cheque", "check", "transfer"),
    "public-attack": ("review", "post", "comment", "wrote"),
    "threat": ("threaten", "sue", "ruin", "destroy", "report", "expose", "court", "police", "else"),
    "abuse": ("called me", " at me", " at us", "insulted", "humiliated", "belittled", "mocked"),
    "apology": ("apologi", "sorry"),
    "illness": (
        *("hospital", "ill", "sick", "operation", "surgery", "chemo", "died", "passed", "bereav"),
    ),
    "cash-trouble": ("bankrupt", "insolv", "cash", "lost", "losing", "afford"),
}
"""What of each kind's phrases a text has to hold: most hold none, and then no pattern is made."""
_NOT: Final = (
    r"(?:\b(?:i|we|my|our|me)\b(?: (?:have|had|also|then|already|just|was|am|were|are))*"
    r"|\b(?:not|never|no|without|nor|neither|nobody|hardly|did not|didn't|hasn't|haven't|if|whether"
    r"|unless|afraid|fear(?:ed)?|might|may|could|almost|instead of|stopped short of)\b"
    r"(?: \w+)?)\s*$"
)
QUESTIONS: Final[dict[str, str]] = {
    "pay-later": "they ask for work now and money later",
    "non-payment": "they will not pay",
    "public-attack": "they attacked you in public",
    "threat": "they threatened you",
    "abuse": "they abused you",
    "apology": "they apologised",
    "illness": "somebody is ill or has died",
    "cash-trouble": "they are short of money",
}
"""What each kind would say, as it is asked."""
_AKIN: Final[dict[str, frozenset[str]]] = {
    "pay-later": frozenset({"pay-later"}),
    "non-payment": frozenset({"non-payment", "pay-later", "disputed"}),
    "public-attack": frozenset({"public-attack"}),
    "threat": frozenset({"threat"}),
    "abuse": frozenset({"abuse", "threat", "public-attack"}),
    "apology": frozenset({"apology", "concession", "my-apology"}),
    "illness": frozenset({"illness", "circumstance"}),
    "cash-trouble": frozenset({"cash-trouble", "circumstance"}),
}
"""The kinds that say it already."""
_ASKED_OF: Final = frozenset({"incident", "good-day", "note", "circumstance"})


class Implied(NamedTuple):
    """A kind that an entry may be too, and the words that say so, as they were written."""

    kind: str
    words: str

    @property
    def question(self) -> str:
        """What is asked about it."""
        return f"“{self.words}”: does that say that {QUESTIONS[self.kind]}?"


def implied(kind: str, group: str, texts: Iterable[str]) -> Implied | None:
    """Return the gravest thing the words of an entry say that its `kind` does not, if any.

    Asked of what they did, of good days, circumstances and notes; a step is about what I said.
    """
    if group not in _ASKED_OF:
        return None
    told = [text.replace("’", "'") for text in texts]
    folded = "\n".join(told).casefold()
    for other, stems in _STEMS.items():
        if kind in _AKIN[other] or not any(stem in folded for stem in stems):
            continue
        for text in told:
            for found in _pattern(other).finditer(text):
                if not re.search(_NOT, text[: found.start()].casefold()[-40:]):
                    return Implied(other, " ".join(found[0].split()))
    return None


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    lines = filter(None, _PHRASES[kind].split("\n"))
    phrases = (line if line.startswith("'") else rf"\b(?:{line})" for line in lines)
    return re.compile("|".join(phrases), re.IGNORECASE)
