"""What was noticed before a record is written, in words and in JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from store.text import plural
from tui.cli.output import one_line

if TYPE_CHECKING:
    from store.records.review.look_over import Noticed
    from tui.cli.context import Context

_LONGEST = 80


def noticed_words(found: Sequence[Noticed]) -> list[str]:
    """Return a line for each finding: `acme#14 says "always": an absolute; say how often, ...`."""
    return [_line(one) for one in found]


def noticed_head(found: Sequence[Noticed]) -> str:
    """Return the line over the others, which says what the check can and cannot see."""
    from store.tone.check import CHECKED

    if not found:
        return f"Nothing was found to look at again ({CHECKED})."
    return f"{plural(len(found), 'place')} to look at again ({CHECKED}):"


def unnamed_lines(context: Context, client: str, by: str) -> list[str]:
    """Return the line that says that a document names no name you have set, if that is so."""
    from store.records import author_first

    return noticed_words(author_first(context.workspace, client, by))


def noticed_json(found: Sequence[Noticed]) -> list[dict[str, Any]]:
    """Return each finding as `{"entry": "acme#14", "seq": 14, "field": "statement", ...}`.

    The other keys are `what` (a word such as `absolute`), `words` as written, `start` in the
    field's text, and `why`, what to write instead; of a text that is no entry, `entry` and `seq`
    are null.
    """
    return [
        {
            "entry": _entry(one) or None,
            "seq": one.seq,
            "field": one.field,
            "what": one.what,
            "words": one.words,
            "start": one.start,
            "why": one.why,
        }
        for one in found
    ]


def _line(one: Noticed) -> str:
    who = _entry(one) or f"The {one.field}"
    words = one_line(one.words)
    shown = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
    why = one.why.rstrip(".")
    return f'{who} {_verb(one.field)} "{shown}": {one.noun}; {why[:1].lower()}{why[1:]}'


def _entry(one: Noticed) -> str:
    return "" if one.seq is None else f"{one.client}#{one.seq}"


def _verb(field: str) -> str:
    if field == "author":
        return "is"
    if field.startswith("quotes") and not field.endswith(".by"):
        return "quotes"
    return "has a file named with" if field.startswith("exhibits") else "says"
