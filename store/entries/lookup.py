"""Which kind a word means: an id, an alias, or a word of the user's own for one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from store.entries.kinds import KINDS, Kind
from store.errors import UsageError

Own = Mapping[str, str]
"""Kinds of the user's own (Config.kinds): the word to log by, and the kind it counts as."""
NO_OWN: Final[Own] = MappingProxyType({})
_WORDS: dict[str, Kind] = {
    word: kind for kind in reversed(KINDS.values()) for word in (*kind.aliases, kind.id)
}
_MOST_WORDS = 3
_PROSE = frozenset({"on-time"})  # in two words it begins a sentence


def own_words(called: str, kind: str) -> str:
    """Return what an entry logged by a word of the user's own is: `seagull (micro change)`."""
    return f"{called} ({KINDS[kind].label})"


def kind_named(word: str, own: Own = NO_OWN) -> Kind | None:
    """Return the kind whose id or alias is exactly `word` (underscores count as hyphens).

    A word of `own` gives the kind it counts as, with the word in `called`.
    """
    typed = word.strip().lower().replace("_", "-")
    if typed in own:
        return KINDS[own[typed]]._replace(called=typed)
    return _WORDS.get(typed)


def find_kind(word: str, own: Own = NO_OWN) -> Kind:
    """Return the kind a person meant: its id, an alias, or an unambiguous beginning of its id.

    A blank counts as a hyphen. Raises UsageError that names what was meant, or the nearest kinds.
    """
    typed = "-".join(word.lower().replace("_", " ").split())
    if exact := kind_named(typed, own):
        return exact
    starting = [one for one in (*KINDS, *own) if typed and one.startswith(typed)]
    if len(starting) == 1 and (found := kind_named(starting[0], own)):
        return found
    if starting:
        raise UsageError(
            f"'{typed}' could be several kinds", " or ".join(starting), "Type one of them whole"
        )
    raise not_a_kind(typed, own)


def kind_begun(words: Sequence[str], own: Own = NO_OWN) -> Kind | None:
    """Return the kind that the first of `words` is, where they go on as that kind has to."""
    found = kind_named(words[0], own) if words else None
    return found if found and _goes_on(found, words[1:]) else None


def _goes_on(kind: Kind, words: Iterable[str]) -> bool:
    """Whether `words` go on as `kind` has to; a word of the user's own means what it says."""
    return (
        not kind.only_with
        or bool(kind.called)
        or any(re.match(kind.only_with, word) for word in words)
    )


def split_kind(words: Sequence[str], own: Own = NO_OWN) -> tuple[Kind, list[str]]:
    """Return the kind of the entry that `words` log, and the words of its text.

    The first words are a kind only where they are the id or an alias of one, whole: sentences
    begin with the beginnings of kinds ("app", "rep"). Where sentences begin with the kind itself,
    what goes with it (`only_with`) has to follow. Anything else makes a note; a hyphened word that
    looks like a kind misspelt raises UsageError.
    """
    found, count = _kind_at_start(words, own)
    if found:
        return found, list(words[count:])
    first = words[0]
    hyphened = "-" in first.strip("-") and " " not in first and not kind_named(first, own)
    if hyphened and _near(first.lower(), (*KINDS, *own), 0.8):
        raise not_a_kind(first, own)
    return KINDS["note"], list(words)


def _kind_at_start(words: Sequence[str], own: Own) -> tuple[Kind | None, int]:
    """Return the kind that the most of the first words name, and how many those are.

    A blank is as good as the hyphen (`late payment`), and a colon or comma may end the name.
    UsageError where a payment may be meant as well, as in `paid early 500`.
    """
    for count in range(min(len(words), _MOST_WORDS), 0, -1):
        named = "-".join(words[:count])
        if any(" " in word for word in words[:count]) or (count > 1 and named.lower() in _PROSE):
            continue
        found = kind_named(named, own) or kind_named(named.rstrip(":,;."), own)
        if found is None or not _goes_on(found, words[count:]):
            continue
        first = kind_named(words[0], own)
        if count > 1 and first and first.shape == "PaymentData" and _has_number(words[count:]):
            raise UsageError(
                f"'{' '.join(words[:count])}' could be {found.id} or a payment",
                "",
                f"Write {found.id}, or the sum first: paid 500 INV-42 {words[1]}",
            )
        return found, count
    return None, 0


def _has_number(words: Sequence[str]) -> bool:
    return any(sign.isdecimal() for word in words if word[:1] != "#" for sign in word)


def not_a_kind(word: str, own: Own = NO_OWN) -> UsageError:
    """Return the error for a word that was meant as a kind; it names the nearest one."""
    near = _near(word.lower(), (*_WORDS, *own), 0.6)
    hint = f"Did you mean {near if near in own else _WORDS[near].id}? " if near else ""
    return UsageError(
        f"'{word[:40]}' is not a kind of entry", "", f"{hint}See `docket keys --kinds`"
    )


def _near(typed: str, words: Iterable[str], cutoff: float) -> str:
    from difflib import get_close_matches

    near = get_close_matches(typed, words, n=1, cutoff=cutoff)
    return near[0] if near else ""
