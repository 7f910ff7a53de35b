"""Offers what the word at the end of a captured line could be, and what tells the choices apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import chain, islice
from typing import TYPE_CHECKING, Final, NamedTuple, get_args

from store.capture.marks import CHANNELS
from store.dates import parse_day, parse_when
from store.entries import KINDS, NO_OWN, Own, Visibility, kind_begun
from store.entries.kinds import NEVER, kinds_that
from store.errors import DocketError
from store.text import fold, plural

if TYPE_CHECKING:
    from store.docket import Docket

AT_ONCE: Final = 5
"""As many are shown at once."""
_TYPED: Final = kinds_that(lambda kind: kind.only_with != NEVER and kind.shape != "AmendmentData")
_USUAL: Final = ("note", "hours", "late-payment", "scope-creep", "no-reply")
_RECENT: Final = 300
"""Entries that are looked at for the kinds in use and for words behind a `#`."""
_AHEAD: Final = ("due:", "by:", "ends:", "renews:")


class Candidate(NamedTuple):
    """What a word could be: `typed` takes its place on the line, the rest tells it apart."""

    typed: str
    amount: str = ""
    day: str = ""
    age: str = ""
    says: str = ""
    late: bool = False


class Completions(NamedTuple):
    """The choices for the word from `start` on, the best first, and what else there is to say."""

    start: int = 0
    choices: tuple[Candidate, ...] = ()
    remark: str = ""

    def taken(self, line: str, number: int = 0) -> str:
        """Return `line` with a choice in place of its last word, ready for the next one."""
        typed = self.choices[number].typed
        return f"{line[: self.start]}{typed}{'' if typed.endswith(':') else ' '}"


class Knowledge(NamedTuple):
    """What a line may name: clients by id, the selected one, the docket of the one meant."""

    clients: Mapping[str, str]
    now: datetime
    current: str | None = None
    docket: Docket | None = None
    own: Own = NO_OWN


def offer(line: str, known: Knowledge, *, asked: bool = False) -> Completions:
    """Return what the last word of `line` could be; of no word at all only where it is `asked`.

    The first word is a client (or, with one selected, a kind), the second a kind, those of the
    user's own too; `@ by: due: ^ ~ #` start their own anywhere, and other words are numbers of
    invoices, or of what waits for an answer.
    """
    before, _, word = line.rpartition(" ")
    start = len(line) - len(word)
    if not word and not asked:
        return Completions(start)
    words = before.split()
    remark = ""
    found = _marked(word, words, known)
    if found is None:
        found = list(_named(word, words, known))
        if not found and known.docket and (words or known.current):
            found, remark = _on_docket(known.docket, word, words, known)
    whole = [one.typed for one in found[:2]] == [word]
    return Completions(start, () if whole else tuple(found), remark)


def _marked(word: str, words: list[str], known: Knowledge) -> list[Candidate] | None:
    """Return what a word with a sign before it could be; None for one without."""
    sign, rest = word[:1], word[1:]
    if sign == "@":
        return list(_days_ago(rest.lower(), known.now))
    if sign == "^":
        return [Candidate(f"^{one}") for one in CHANNELS if one.startswith(rest.lower())]
    if sign == "~":
        return [
            Candidate(f"~{one}", says=_SEEN.get(one, ""))
            for one in get_args(Visibility)
            if one.startswith(rest.lower())
        ]
    if sign == "#":
        return list(_entries(known.docket, rest)) if known.docket else []
    lead = next((one for one in _AHEAD if word.lower().startswith(one)), "")
    if not lead:
        return None
    typed = word[len(lead) :].lower()
    kind = _kind(words, known)
    sides = [
        Candidate(f"by:{who}")
        for who in ("client", "me")
        if lead == "by:" and kind == "promise" and who.startswith(typed)
    ]
    return sides or list(_days_ahead(lead, typed, known.now.date()))


_SEEN: Final = {
    "record": "in every record",
    "internal": "kept out of records",
    "settlement": "talk of settling: only a mediator's record shows it",
}


def _days_ago(typed: str, now: datetime) -> Iterator[Candidate]:
    names = ["today", "yesterday", *(f"{now - timedelta(days=n):%a}".lower() for n in range(2, 7))]
    names += ["noon"] if typed else []
    if typed.isdecimal():
        names = [f"{typed}d", f"{typed}h", f"{typed} {now:%b}".lower()]
        before = now.replace(day=1) - timedelta(days=1)
        names.append(f"{typed} {before:%b}".lower())
    for name in names:
        if not name.startswith(typed):
            continue
        try:
            when = parse_when(name, now)
        except DocketError:
            continue
        clock = f" {when.at:%H:%M}" if when.precision in ("minute", "hour") else ""
        days = (now.date() - when.day).days
        age = plural(days, "day") + " ago" if days else "today"
        yield Candidate(f"@{name}", day=f"{when.day:%a %-d %b}{clock}", age=age)


def _days_ahead(lead: str, typed: str, today: date) -> Iterator[Candidate]:
    names = ["today", "tomorrow", *(f"{today + timedelta(days=n):%a}".lower() for n in range(2, 7))]
    names = ["+7d", "+14d", "+30d", *names] if lead == "due:" else [*names, "+7d", "+14d", "+30d"]
    number = typed.lstrip("+")
    if number.isdecimal():
        month = f"{today.replace(day=28) + timedelta(days=7):%b}"
        names.append(f"+{number}d")
        names += [] if typed != number else [f"{number} {today:%b}", f"{number} {month}"]
    for name in dict.fromkeys(one.lower() for one in names):
        if not name.lstrip("+").startswith(number) or (typed != number and name[0] != "+"):
            continue
        try:
            day = parse_day(name, today)
        except DocketError:
            continue
        age = f"in {plural((day - today).days, 'day')}" if day != today else "today"
        yield Candidate(f"{lead}{name}", day=f"{day:%a %-d %b}", age=age)


def _entries(docket: Docket, typed: str) -> Iterator[Candidate]:
    """Return what waits first, then the newest entries, by number or by a word of theirs."""
    waiting = [one.seq for one in docket.open_requests]
    waiting += [one.seq for one in docket.promises if one.open]
    waits = set(waiting)
    newest = (seq for seq in docket.log.numbers[:_RECENT] if seq not in waits)
    by_number, given = typed.isdecimal(), 0
    if by_number:
        newest = (n for n in docket.log.numbers if str(n).startswith(typed) and n not in waits)
        waiting = [n for n in waiting if str(n).startswith(typed)]
    for seq in chain(waiting, newest):
        one = docket.find(seq)
        if one is None or not one.counts:
            continue
        if not by_number and fold(typed) not in fold(one.entry.statement):
            continue
        day = one.entry.day
        shown = f"{day:%-d %b}" if day.year == docket.today.year else f"{day:%b %Y}"
        says = f"{one.entry.called or one.entry.kind}  {' '.join(one.entry.statement.split())}"
        yield Candidate(f"#{seq}", day=shown, age="waits" if seq in waits else "", says=says)
        given += 1
        if given == 4 * AT_ONCE:
            return


def _named(word: str, words: list[str], known: Knowledge) -> Iterator[Candidate]:
    """Return the clients and the kinds that the first words may be."""
    kinds = _kinds(word, known) if _at_kind(words, known) else []
    if words:
        yield from kinds
        return
    clients = [
        Candidate(one, says=name)
        for one, name in known.clients.items()
        if one.startswith(word.lower()) or any(map(_begins(word), (name, *name.split())))
    ]
    if not word and known.current:
        yield from kinds[:3]
        yield from (one for one in clients if one.typed != known.current)
        yield from kinds[3:]
        return
    meant = bool(word) and kind_begun([word], known.own) is not None
    yield from chain(kinds, clients) if meant else chain(clients, kinds)
    if not known.clients and "new".startswith(word.lower()):
        yield Candidate("new", says="a client: its name, then EUR 85/h net14 reply 2d")


def _begins(word: str) -> Callable[[str], bool]:
    wanted = fold(word)
    return lambda text: fold(text).startswith(wanted)


def _at_kind(words: list[str], known: Knowledge) -> bool:
    """Whether the next word may be a kind."""
    if not words:
        return known.current is not None
    if len(words) > 1 or kind_begun(words, known.own):
        return False
    return words[0] in known.clients or known.current is not None


def _kind(words: list[str], known: Knowledge) -> str:
    """Return the kind that a line begins with, perhaps behind a client; empty for none."""
    found = kind_begun(words, known.own) or kind_begun(words[1:], known.own)
    return found.id if found else ""


def _kinds(word: str, known: Knowledge) -> list[Candidate]:
    """Return kinds that begin so: the one that the word means, then those in use, then others."""
    wanted = fold(word).replace("_", "-")
    fitting = [one for one in {*_TYPED, *known.own} if fold(one).startswith(wanted)]
    meant = kind_begun([word], known.own) if word else None
    used: Counter[str] = Counter()
    if known.docket:
        numbers = islice(reversed(known.docket.entries), _RECENT)
        used.update(one.called or one.kind for one in numbers)

    def place(one: str) -> tuple[bool, int, bool, str]:
        return (meant is None or one != meant.id, -used[one], one not in _USUAL, one)

    if meant and meant.id in _TYPED and not meant.called and meant.id not in fitting:
        fitting.append(meant.id)
    return [Candidate(one, says=_said(one, known.own)) for one in sorted(fitting, key=place)]


def _said(kind: str, own: Own) -> str:
    if kind in own:
        return f"your word for {KINDS[own[kind]].label}"
    return KINDS[kind].help


def _on_docket(
    docket: Docket, word: str, words: list[str], known: Knowledge
) -> tuple[list[Candidate], str]:
    """Return the open invoices and requests that a word begins, and a word on those paid."""
    begins = _begins(word)
    bills = [one for one in docket.ledger.invoices if begins(one.number)]
    today = known.now.date()
    found = []
    for one in bills:
        if one.settled_on is None:
            late = one.days_late(today)
            age = f"{plural(late, 'day')} late" if late > 0 else f"in {plural(-late, 'day')}"
            due = f"due {one.due:%-d %b}"
            amount = str(one.balance)
            found.append(Candidate(one.number, amount, due, age if late else "today", "", late > 0))
    paid = [one.number for one in bills if one.settled_on is not None]
    if not word:
        return [*found, *_entries_waiting(docket)], ""
    if paid == [word]:
        return found, ""
    shown = ", ".join(paid[-AT_ONCE:]) + (", …" if len(paid) > AT_ONCE else "")
    verb = "is paid; typed whole, it is" if len(paid) == 1 else "are paid; typed whole, they are"
    return found, f"{shown} {verb} taken" if paid else ""


def _entries_waiting(docket: Docket) -> Iterator[Candidate]:
    waiting = {one.seq for one in docket.open_requests}
    return (one for one in _entries(docket, "") if int(one.typed[1:]) in waiting)
