"""What to look at again before a record is written: tone, other clients, settlement, personal data.

The words on tone are English and of the language of the client (store.tone); names and numbers
are found in any language. What it does not see: who is meant by a first name alone, and what the
files kept as exhibits say.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from store.entries import ClientData, Entry
from store.languages import ENGLISH
from store.records.review.others import Others
from store.records.review.personal import MAIL, Known, personal
from store.text import fold
from store.tone.phrases import Fault
from store.tone.sent import looks_again
from store.tone.settlement import settlement_words
from store.tone.words import What

_Sort = What | Fault | Literal["open", "client", "personal", "settlement", "advice", "author"]

_CLIENT_WHY = "Leave the name out, or withhold it with --redact: it is not theirs to read."
_PERSONAL_WHY = "Leave it out, or withhold it with --redact, unless the claim needs it."
_SETTLEMENT_WHY = (
    "It is for a mediator alone: withhold it with --redact '#{0}', or void it and log it again as "
    "settlement talk."
)
_ADVICE_WHY = "What you were advised is yours alone: leave it out, or withhold it with --redact."
_ADVISED = re.compile(
    r"(?<!their )(?<!his )(?<!her )(?<!your )(?<!'s )(?<!’s )(?<!s' )"
    r"\b(?:lawyers?|solicitors?|attorneys?|barristers?|legal advice)\b",
    re.IGNORECASE,
)
"""Whoever advises me, in English, unless it is said whose they are."""
_READABLE = "It is {0}, yet still readable in a record; --redact '{1}' withholds it."
_CONTACTS = ("email", "phone", "address")
_NAMES = ("name", "contract_name")
# Fields that name a person, a place or a paper: no sentence of mine to be neutral in.
_NO_SENTENCE = frozenset({*_CONTACTS, *_NAMES, "number", "invoice", "by", "to", "where"})


class Noticed(NamedTuple):
    """One finding: `words` is what stands from `start` on in a field of entry `client#seq`.

    `field` is `statement`, `quotes[0]`, `quotes[0].by`, `links[0].reason`, `refs.project`,
    `exhibits[0].name`, `data.scope` ..., or `exhibits, AB-2` for the text of a file; `seq` is None
    for a text that is no entry.
    """

    client: str
    seq: int | None
    field: str
    what: _Sort
    words: str
    start: int
    noun: str
    why: str


def unnamed(client: str, author: str) -> Noticed:
    """Return that a document names its author as the computer does, since no name was set."""
    why = "Say your name, and later entries are signed with it: docket me 'Your name'."
    return Noticed(client, None, "author", "author", author, 0, "no name you have set", why)


class Lens:
    """What a text is looked over with: the names to allow and the names to find."""

    def __init__(
        self,
        names: Iterable[str],
        contacts: Iterable[str] = (),
        others: Mapping[str, str] | None = None,
        addresses: Iterable[str] = (),
        *,
        settles: bool = True,
        language: str = ENGLISH,
    ) -> None:
        """Take this client's and my own names and contacts, others by id, and their addresses.

        It finds settlement talk unless not `settles`, as for a mediator.
        """
        self._settles = settles
        self._language = language
        self._names = tuple(dict.fromkeys(name for name in names if name))
        self._known = Known(contacts)
        self._others = Others(others or {}, self._names)
        self._addresses = {fold(address.strip()) for address in addresses}

    def settlement(self, client: str, seq: int | None, field: str, text: str) -> list[Noticed]:
        """Return what in one text tells of a settlement, which is for a mediator alone."""
        told = settlement_words(text)
        if told is None or not self._settles:
            return []
        why = _SETTLEMENT_WHY.format(seq) if seq else "It is for a mediator alone: leave it out."
        return [
            Noticed(
                client, seq, field, "settlement", told.words, told.start, "settlement talk", why
            )
        ]

    def look(
        self, client: str, seq: int | None, field: str, text: str, *, sentence: bool
    ) -> list[Noticed]:
        """Return what is noticed in one text, by place; tone only where it is a `sentence`."""
        found: list[tuple[int, _Sort, str, str, str]] = []
        hidden: list[tuple[int, int]] = []
        for start, end, noun in personal(text):
            words = text[start:end]
            hidden.append((start, end))
            if noun == MAIL and fold(words) in self._addresses:
                found.append((start, "client", words, "another client's address", _CLIENT_WHY))
            elif not self._known.has(words, noun):
                found.append((start, "personal", words, noun, _PERSONAL_WHY))
        if sentence and (told := _ADVISED.search(text)):
            found.append((told.start(), "advice", told[0], "legal advice", _ADVICE_WHY))
        for start, end in self._others.find(text):
            if not any(first < end and start < last for first, last in hidden):
                words = text[start:end]
                found.append((start, "client", words, "another client", _CLIENT_WHY))
        noticed = [
            Noticed(client, seq, field, what, words, start, noun, why)
            for start, what, words, noun, why in found
        ]
        noticed += self.words(client, seq, field, text) if sentence else []
        return sorted(noticed, key=lambda one: (one.start, one.what))

    def words(self, client: str, seq: int | None, field: str, text: str) -> list[Noticed]:
        """Return what is noticed of the tone of one text, by place."""
        return [
            Noticed(client, seq, field, one.fault, one.words, one.start, one.noun, one.why)
            for one in looks_again(text, self._language, names=self._names)
        ]


def look_over(
    entries: Iterable[Entry],
    others: Mapping[str, str],
    *,
    addresses: Iterable[str] = (),
    mine: Iterable[str] = (),
    settles: bool = True,
) -> tuple[Noticed, ...]:
    """Return what to look at again in the entries a record shows (advice 5 and 87).

    `entries` are as the journal holds them, corrections too, without those the record hides.
    `others` are the names of all other clients by id, `addresses` their e-mail addresses, `mine` my
    own names, addresses and numbers; those of this client are on its entries. By entry number,
    then field, then place. Quotations are looked at for names and numbers only: their words are
    theirs. The tone of what an amendment has replaced or a void withdrawn is past mending, but a
    record prints it struck: its `why` says how to withhold it.
    """
    shown = sorted(entries, key=lambda entry: entry.seq)
    own = list(mine)
    names = [*own, *_own(shown, _NAMES), *dict.fromkeys(entry.author for entry in shown)]
    *_, spoken = [ENGLISH, *_own(shown, ["language"])]
    lens = Lens(
        names, [*own, *_own(shown, _CONTACTS)], others, addresses, settles=settles, language=spoken
    )
    replaced, withdrawn = _corrected(shown)
    noticed: list[Noticed] = []
    for entry in shown:
        for field, text, sentence in _texts(entry):
            if not text:
                continue
            found = lens.look(entry.client, entry.seq, field, text, sentence=sentence)
            if entry.visibility != "settlement":
                found += lens.settlement(entry.client, entry.seq, field, text)
            if entry.seq in withdrawn:
                found = _past_mending(found, "withdrawn")
            elif field == "statement" and entry.seq in replaced:
                found = _past_mending(found, "amended")
            noticed += found
    return tuple(noticed)


def _own(entries: Iterable[Entry], fields: Collection[str]) -> Iterator[str]:
    """Yield what the entries say the client is called, or can be reached at, amended or not."""
    parties: set[int] = set()
    for entry in entries:
        said: Mapping[str, Any] = {}
        if isinstance(entry.data, ClientData):
            parties.add(entry.seq)
            said = dict(entry.data)
        elif entry.kind == "amendment" and any(link.seq in parties for link in entry.links):
            said = dict(entry.data).get("changes", {})
        yield from (said[name] for name in fields if isinstance(said.get(name), str))


def _past_mending(found: Iterable[Noticed], how: str) -> list[Noticed]:
    """Return `found` with how to withhold what was said in a tone that no amendment can mend."""
    return [
        one
        if one.what in ("client", "personal", "settlement", "advice")
        else one._replace(
            why=_READABLE.format(
                how, f"#{one.seq}.statement" if one.field == "statement" else f"#{one.seq}"
            )
        )
        for one in found
    ]


def _corrected(entries: Sequence[Entry]) -> tuple[set[int], set[int]]:
    """Return the numbers of entries whose statement was replaced, and of those withdrawn.

    `entries` are in order; the last go first, as a correction may be withdrawn by a later one.
    """
    replaced: set[int] = set()
    withdrawn: set[int] = set()
    for entry in reversed(entries):
        for link in entry.links if entry.seq not in withdrawn else ():
            if link.rel == "voids":
                withdrawn.add(link.seq)
            elif link.rel == "amends" and "statement" in dict(entry.data).get("changes", {}):
                replaced.add(link.seq)
    return replaced, withdrawn


def _texts(entry: Entry) -> Iterator[tuple[str, str, bool]]:
    """Yield each text of an entry as (field, text, whether it is a sentence of mine)."""
    yield "statement", entry.statement, True
    for place, quote in enumerate(entry.quotes):
        yield f"quotes[{place}]", quote.text, False
        yield f"quotes[{place}].by", quote.by, False
    for place, link in enumerate(entry.links):
        yield f"links[{place}].reason", link.reason, True
    yield "refs.project", entry.refs.project or "", False
    yield "refs.invoice", entry.refs.invoice or "", False
    for place, exhibit in enumerate(entry.exhibits):
        yield f"exhibits[{place}].name", exhibit.name, False
    for name, value in entry.data:
        yield from _within(f"data.{name}", name, value)


def _within(field: str, name: str, value: Any) -> Iterator[tuple[str, str, bool]]:
    """Yield the texts in a value of an entry's data, however deep they lie."""
    if isinstance(value, str):
        yield field, value, name not in _NO_SENTENCE
    elif isinstance(value, Mapping):
        for inner, held in value.items():
            yield from _within(f"{field}.{inner}", inner, held)
    elif isinstance(value, list | tuple):
        for place, held in enumerate(value):
            yield from _within(f"{field}[{place}]", name, held)
