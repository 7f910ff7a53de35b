"""Next steps in words: as shell and app list them, and in one line for a prompt."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from store.entries.kinds import CROSSING
from store.index.summary import Rounds, Summary, Watching
from store.playbook.anchoring import ANCHOR, anchor_all
from store.playbook.step import NextStep, to_take, watch_words
from store.text import few, plural
from tui.text import wrap

if TYPE_CHECKING:
    from store.entries import Entry
    from store.overview.client_book import ClientBook


DUE_CELLS: Final = 8
"""Cells that the day of a step takes in a list."""
_HUNDRED, _HALF = 100, 180
"""Days that are told in weeks, and days within which a day needs no year."""
_FEW = 3
"""Steps that are named in a line beside the first."""


class Due(NamedTuple):
    """What to do about a client on a day: the weightiest step first, the others behind that.

    `waiting` are the steps that wait until one of these is taken; `whose` is said in place of the
    client's name where it is about several.
    """

    first: NextStep
    more: tuple[NextStep, ...]
    waiting: tuple[NextStep, ...]
    whose: str = ""


def heads(steps: Sequence[NextStep], today: date) -> Iterator[tuple[str, list[Due]]]:
    """Yield the heads, one for each client, under the heading of their day."""
    waiting: dict[tuple[str, str], list[NextStep]] = {}
    for step in steps:
        if step.under:
            waiting.setdefault((step.client, step.under), []).append(step)
    for heading, listed in groupby(to_take(steps), lambda step: _heading(step.due, today)):
        clients: dict[str, list[NextStep]] = {}
        anchors: list[NextStep] = []
        for step in listed:
            (anchors if step.key == ANCHOR else clients.setdefault(step.client, [])).append(step)
        if len(anchors) == 1:
            clients.setdefault(anchors[0].client, []).append(anchors.pop())
        yield heading, [*_by_client(clients, waiting), *_together(anchors)]


def _by_client(
    clients: Mapping[str, list[NextStep]], waiting: Mapping[tuple[str, str], list[NextStep]]
) -> Iterator[Due]:
    for client, (first, *more) in clients.items():
        after = [one for step in (first, *more) for one in waiting.get((client, step.key), ())]
        yield Due(first, tuple(more), tuple(after))


def _together(anchors: list[NextStep]) -> Iterator[Due]:
    """Yield the one thing that anchors all dockets that are to be anchored, where several are."""
    if anchors:
        yield Due(anchor_all(anchors), (), (), "All")


def step_lines(
    steps: Sequence[NextStep], names: Mapping[str, str], today: date, cells: int, *, whole: bool
) -> Iterator[str]:
    """Yield steps by day, each with its client, why, and the command that does or logs it.

    `names` are those of the clients by id; the command has the id. What else is due with a client
    on a day stands behind the first in a line, or with `whole` as that does.
    """
    for number, (heading, listed) in enumerate(heads(steps, today)):
        yield from [""] if number else []
        yield heading
        for head in listed:
            for step in (head.first, *(head.more if whole else ())):
                yield from _in_full(step, head.whose or names[step.client], today, cells)
            if head.more and not whole:
                also = few([step_words(step, today) for step in head.more], _FEW, "; ")
                yield from wrap(f"Also: {also}", cells, "      ")
            if head.waiting and whole:
                after = few([step.what for step in head.waiting], _FEW, "; ")
                yield from wrap(f"After that: {after}", cells, "      ")


def _in_full(step: NextStep, name: str, today: date, cells: int) -> Iterator[str]:
    yield from wrap(f"{name}: {step_words(step, today)}", cells, "  ")
    yield from wrap(step.why, cells, "      ")
    for command in dict.fromkeys((step.command, step.logging)):
        if command:
            yield f"      {command}"


def step_words(step: NextStep, today: date) -> str:
    """Return what to do, with since when where its day has passed."""
    since = f" (since {step.due:%-d %b})" if step.due < today else ""
    return f"{step.what}{since}"


def due_words(steps: Sequence[NextStep], today: date) -> str:
    """Return with how many clients something is due, and the next day of a step where none is.

    An anchor is nothing to do about a client, and all are made at once: none is counted.
    """
    taken = to_take(steps)
    due = {step.client for step in taken if step.due <= today and step.key != ANCHOR}
    if due:
        return f"{len(due)} due today"
    coming = min((step.due for step in taken if step.key != ANCHOR), default=None)
    return f"next step {coming:%-d %b}" if coming else "nothing to do next"


def watch_line(steps: Sequence[NextStep], today: date) -> str:
    """Return what is watched, where its day has not come; empty where nothing is."""
    watching = (step for step in steps if step.key.startswith("watch:") and step.due >= today)
    return next((f"{step.client}: {step.why}" for step in watching), "")


def watching(watch: Watching | None, today: date) -> str:
    """Return until when it is watched and what ends it; empty where nothing is, or it is over."""
    if watch is None or (until := date.fromisoformat(watch.until)) < today:
        return ""
    return watch_words(until, watch.left)


def aloud(kind: str, about: Collection[int], project: str, before: Summary, today: date) -> str:
    """Return what is said aloud as an entry is logged, by how its client stood before it.

    Which crossing it is of a line that was drawn before today, and which round of those agreed.
    """
    said = []
    if kind in CROSSING and before.watch and before.watch.said < today.isoformat():
        said.append(_crossing(before.watch))
    named = [
        one
        for one in before.rounds
        if not set(about).isdisjoint(one.seqs) or one.item.casefold() == project.casefold()
    ]
    found = named or (before.rounds if not (about or project) else ())
    if kind == "rework" and len(found) == 1 and found[0].used >= found[0].agreed:
        said.append(_round(found[0]))
    return " ".join(said)


def aloud_of(entry: Entry, book: ClientBook) -> str:
    """Return what follows the word that `entry` is logged, by how the book had its client."""
    row = book.rows.get(entry.client)
    if row is None or row.summary is None or getattr(entry.data, "my_share", False):
        return ""
    about = [link.seq for link in entry.links]
    before = row.summary if row.summary.entries < entry.seq else _without_the_last(row.summary)
    said = aloud(entry.kind, about, entry.refs.project or "", before, book.today)
    return f". {said}" if said else ""


def _without_the_last(summary: Summary) -> Summary:
    """Return how a client stood before an entry that the summary counts already."""
    watch = summary.watch
    if watch is not None:
        watch = watch._replace(crossings=watch.crossings - 1, left=watch.left + 1)
    rounds = tuple(one._replace(used=one.used - 1) for one in summary.rounds)
    return summary._replace(watch=watch, rounds=rounds)


def _round(one: Rounds) -> str:
    of = f" for {one.item}" if one.item else ""
    return (
        f"That is round {one.used + 1}, and {plural(one.agreed, 'round')}"
        f" {'is' if one.agreed == 1 else 'are'} agreed{of}: log it as scope-creep too?"
    )


def _crossing(watch: Watching) -> str:
    """Return which crossing one more is, counted aloud, and what that means."""
    said = f"{date.fromisoformat(watch.said):%-d %b}"
    times = f"Crossing {watch.crossings + 1} since the talk of {said}"
    if watch.left <= 1:
        return f"{times}: you said what you would do. See `docket decide`."
    return f"{times}; one more ends it."


_BRIEFLY: Final = {
    "stop": "stop notice",
    "end-notice": "end it",
    "exit": "end it",
    "warning": "last demand",
    "talk": "say it",
    "notice": "say it waits",
    "reminder": "remind",
    "repair-offer": "offer repair",
    "remedy": "ask: helped?",
    "resume": "work goes on",
    "note": "look again",
    "scope-creep": "round over",
    "inspire": "inspire",
    "decide": "decide again",
    "decisions": "look back",
    "welcome": "welcome",
    "handover": "hand over",
}
"""By the kind of entry that a step is, or by its verb, in twelve cells at most."""


def briefly(step: NextStep) -> str:
    """Return a step in a word or two, for a narrow column."""
    does = (step.line or step.verb).partition(" ")[0]
    return _BRIEFLY.get(does) or (does or step.key.partition(":")[0]).replace("-", " ")


def firsts(steps: Iterable[NextStep]) -> list[NextStep]:
    """Return the first step of each client, in the order of the steps."""
    found: dict[str, NextStep] = {}
    for step in steps:
        found.setdefault(step.client, step)
    return list(found.values())


def when_due(due: date, today: date) -> tuple[str, str]:
    """Return how late a day is, or when it comes, in eight cells, and what that looks like."""
    days = (today - due).days
    if days > 0:
        late = f"{days}d" if days < _HUNDRED else f"{days // 7}w"
        return f"{late} late".rjust(DUE_CELLS), "bold heat3"
    if days == 0:
        return "today".rjust(DUE_CELLS), "bold heat1"
    if days > -7:
        return f"{due:%a} {due.day:2}".rjust(DUE_CELLS), "dim"
    near = due.year == today.year or days > -_HALF
    return (f"{due.day} {due:%b}" if near else f"{due:%b %Y}").rjust(DUE_CELLS), "dim"


def first_words(steps: Sequence[NextStep], today: date) -> str:
    """Return the first of a client's steps in a few words, and its day where that is to come."""
    if not steps:
        return ""
    first = steps[0]
    when = f" on {first.due:%-d %b}" if first.due > today else ""
    return f"next{when}: {first.what}"


def _heading(due: date, today: date) -> str:
    if due <= today:
        return "Due now"
    days = (due - today).days
    year = "" if due.year == today.year else f" {due.year}"
    return f"{due:%a %-d %b}{year}, in {plural(days, 'day')}"
