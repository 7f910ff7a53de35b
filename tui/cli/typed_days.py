"""Days typed in several words without quotes: the shell hands on `30` and `Nov` apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from store.dates import parse_day, parse_when
from store.errors import UsageError

_T = TypeVar("_T")
_OPTIONS = frozenset(
    "--on --issued --due --needed-by --since --until --as-of --review --access-ends --renews "
    "--ends --from".split()
)
# Where only this came through, the rest of the day went elsewhere.
_BEGINNING = re.compile(
    r"\d{1,2}(st|nd|rd|th)?\.?|\+|~|in|last|next|about|around"
    r"|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*",
    re.IGNORECASE,
)


def refuse_unquoted(words: Sequence[str], now: datetime) -> None:
    """Raise UsageError where a date option's value and the word after it are a day together."""
    for option, value, stray in zip(words, words[1:], words[2:], strict=False):
        if option == "--":
            return
        typed = f"{value} {stray}"
        if option in _OPTIONS and not stray.startswith("-") and _is_day(typed, now):
            raise UsageError(
                f"{option} took '{value}' without '{stray}'",
                "",
                f'Put the date in quotes: {option} "{typed}"',
            )


def quoting(read: Callable[[], _T], typed: str) -> _T:
    """Return what `read` makes of a day; its UsageError advises quotes where words seem lost."""
    try:
        return read()
    except UsageError as error:
        if _BEGINNING.fullmatch(typed.strip()):
            error.remedy = 'Put a date of several words in quotes, such as "30 Nov"'
        raise


def _is_day(typed: str, now: datetime) -> bool:
    for read in (lambda: parse_day(typed, now.date()), lambda: parse_when(typed, now)):
        try:
            read()
        except UsageError:
            continue
        return True
    return False
