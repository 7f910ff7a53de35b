"""What a captured line may hold: the one list that help, `docket keys` and the bar show."""

from __future__ import annotations

from typing import Final, NamedTuple


class Sign(NamedTuple):
    """One sort of mark, as it is typed, and what it says."""

    typed: str
    help: str


MARKS: Final = (
    Sign("!2  s:2", "how bad, 1 to 3 (in a shell s:2: there ! is a command)"),
    Sign("@yesterday", "when: @fri 14:00  @2d ago  @20 oct  @21.11.  @noon"),
    Sign("+0.5h", "time lost: +20m  +1h30  +1.5 h"),
    Sign("^phone", "how it reached you: ^email  ^chat  ^video  ^meeting  ^letter"),
    Sign("~internal", "who may see it: ~internal  ~settlement"),
    Sign('"you thief"', "their words, kept as a quote (in a shell --quote)"),
    Sign("due:+14d", "due or needed by: due:30 nov  by:fri  (invoice, ask, promise)"),
    Sign("vat 20%", "VAT that the sum of an invoice or credit note holds"),
    Sign("net14", "days to pay an invoice, where not as agreed"),
    Sign("#12", "the entry that an answer, acceptance or promise is about"),
    Sign("\\@home", "a word that is no mark (in a shell all that is behind --)"),
)
EXAMPLES: Final = (
    "late payment INV-42 still unpaid !2 @yesterday +0.5h",
    "invoice INV-43 500 homepage due:+14d",
    "paid 500 INV-42",
    "ask logo files by:fri",
    "hours 1.5 chase calls",
    "promise by:client due:fri pays the rest",
    "cost 35.50 court fee",
    "terms net14 EUR 85/h reply 2d revisions 2 stop clause 7",
    "new Beta Films EUR 85/h net14 reply 2d",
)
"""Whole lines, each as it may be typed with a client selected."""


def guide_lines(indent: str = "") -> list[str]:
    """Return marks and lines as text of at most 76 columns."""
    wide = max(len(sign.typed) for sign in MARKS)
    return [
        *(f"{indent}{sign.typed:<{wide}}  {sign.help}" for sign in MARKS),
        *(f"{indent}{line}" for line in EXAMPLES),
    ]
