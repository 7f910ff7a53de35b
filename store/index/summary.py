"""What the list of clients says of each, kept so that it need not be worked out again."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from store.errors import DocketError
from store.files import read_plain, settled, stamp
from store.index.rows import Rows, files_of_program, journal_key
from store.playbook.anchoring import Anchored, Unanchored, anchor_step, unanchored
from store.playbook.guards import Owing
from store.playbook.step import NextStep, in_order
from store.private.tables import by_client, tables_in

if TYPE_CHECKING:
    from store.decision.model import Watched
    from store.playbook.scene import Scene


class Watching(NamedTuple):
    """The watch after a talk: since and until when, how many crossings, and how much is left."""

    said: str
    until: str
    crossings: int
    left: float


class Rounds(NamedTuple):
    """The rounds of an item: its name, the entries and the project by which it is named."""

    item: str
    seqs: tuple[int, ...]
    used: int
    agreed: int


class Summary(NamedTuple):
    """One line of the list of clients; `overdue` is (amount, currency), days are ISO days.

    `unsaid` is for how many days trouble has gone unanswered, `answered` whether anything was ever
    said before it; `review` is the day a decision was to be looked at again, if that has come,
    `steps` is what to do next, `excepted` are the rules that are set aside for now, `watch` is the
    watch after a talk, `rounds` are those of each item for which a number is agreed, `owing` is how
    they stand who owe, or for whom work is stopped, `brief` is the client in one line, `unanchored`
    says when it is to be anchored beside the anchors there are, and `asks` whether a decision is
    due.
    """

    name: str
    verdict: str
    provisional: bool
    score: float | None
    coverage: float
    overdue: tuple[tuple[str, str], ...]
    open_requests: int
    last_touch: str | None
    entries: int
    ended: bool = False
    rung: str = "unknown"
    unsaid: int | None = None
    review: str | None = None
    steps: tuple[NextStep, ...] = ()
    answered: bool = False
    excepted: tuple[str, ...] = ()
    watch: Watching | None = None
    rounds: tuple[Rounds, ...] = ()
    owing: Owing | None = None
    brief: tuple[str, ...] = ()
    unanchored: Unanchored = Unanchored()
    asks: bool = False

    @classmethod
    def of(cls, scene: Scene) -> Summary:
        """Return the summary of a docket, from what was made of it."""
        from store.decision.due import decision_due, review_due
        from store.docket.brief import in_brief
        from store.playbook.money import owed_by
        from store.playbook.next_steps import next_steps

        docket, assessment = scene.docket, scene.assessment
        due = review_due(scene.private, docket.today)
        return cls(
            name=docket.name,
            verdict=assessment.verdict,
            provisional=assessment.provisional,
            score=assessment.score,
            coverage=assessment.coverage,
            overdue=tuple((str(one.rounded()), one.currency) for one in docket.overdue_totals),
            open_requests=len(docket.open_requests),
            last_touch=docket.last_touch.isoformat() if docket.last_touch else None,
            entries=len(docket.entries),
            ended=docket.ended is not None,
            rung=assessment.money.rung,
            unsaid=assessment.unsaid.days if assessment.unsaid else None,
            review=due.isoformat() if due else None,
            steps=next_steps(scene),
            answered=assessment.unsaid is not None and assessment.unsaid.since is not None,
            excepted=tuple(rule.id for rule in assessment.exceptions),
            watch=_watching(assessment.watched),
            rounds=tuple(
                Rounds(item.name, item.seqs, len(item.rounds), item.agreed)
                for item in scene.work_items
                if item.agreed is not None
            ),
            owing=owed_by(scene),
            brief=in_brief(docket),
            unanchored=unanchored(scene),
            asks=decision_due(scene.private, assessment.verdict, docket.today),
        )


class Summaries:
    """The summaries that were kept, as far as everything they were made from is as it was then.

    Of the journal that is its size, place, times and last bytes, which hold the head hash; the
    private things about the client, the settings, the day and this program's own files matter
    too. What does not fit, or cannot be read, is passed over in silence.
    """

    def __init__(self, root: Path, today: date, *, clock: Callable[[], int] = time.time_ns) -> None:
        """Take the day that the summaries are of; `clock` is the file system's, in nanoseconds."""
        self._rows = Rows(root, "summaries")
        self._places = self._rows.places
        self._clock = clock
        self._today = today
        self._changed = False

    def state(self, client: str) -> str:
        """Return the key of the summary of a client, in short; empty if it cannot be told.

        Ask before the docket is read, so that what is appended meanwhile shows later.
        """
        parts = self.parts(client)
        return _digest(parts) if parts else ""

    def parts(self, client: str) -> list[Any]:
        """Return what tells the state of all that is known of a client; empty if it cannot."""
        journal = journal_key(self._places.docket(client))
        if journal is None or self._private is None or not self.common:
            return []
        return [self.common, journal, self._private.get(client)]

    def get(self, client: str, state: str) -> Summary | None:
        """Return the summary of a client that was kept in this state."""
        kept = self._rows.kept.get(client)
        return _summary(kept, state) if state else None

    def before(self, client: str) -> Summary | None:
        """Return the summary that was kept of a client, whether it still holds or not."""
        match self._rows.kept.get(client):
            case [str(state), _] as kept:
                return _summary(kept, state)
        return None

    def worst_first(self, clients: Iterable[str]) -> list[str]:
        """Return clients by how they stood when that was worked out last, though it may not hold.

        Those of whom nothing is kept come last, the latest that was written to before the others.
        """
        from store.decision import VERDICTS  # of no use to what logs a line

        def order(client: str) -> tuple[bool, float, float, str]:
            if last := self.before(client):
                grave = VERDICTS.index(last.verdict) if last.verdict in VERDICTS else -1
                return last.ended, -grave, -(last.score or 0.0), client
            with suppress(OSError):
                return True, 1.0, -self._places.docket(client).stat().st_mtime, client
            return True, 1.0, 0.0, client

        return sorted(clients, key=order)

    def put(self, client: str, state: str, summary: Summary) -> None:
        """Keep the summary of a client in the state it was in before its docket was read."""
        with suppress(OSError):
            found = stamp(self._places.docket(client).stat())
            if state and settled(found, self._clock()):
                self._rows.kept[client] = (state, summary)
                self._changed = True

    def with_anchor(self, client: str, summary: Summary) -> Summary:
        """Return a summary with the step that anchors its docket, by the anchors there are now.

        They are looked at each time, so that one that is made needs no docket to be read.
        """
        if any(step.key == "hold" for step in summary.steps):
            return summary
        last = _last_anchor(self._places.anchors / client)
        step = anchor_step(client, summary.entries, summary.unanchored, last)
        if step is None:
            return summary
        return summary._replace(steps=in_order((*summary.steps, step), self._today))

    def save(self) -> None:
        """Write down what was put, without clients that are gone."""
        kept = self._rows.kept
        here = {one: row for one, row in kept.items() if self._places.docket(one).exists()}
        if self._changed or len(here) < len(kept):
            self._rows.save(here)
            self._changed = False

    @cached_property
    def _private(self) -> dict[str, Any] | None:
        """What is private about each client; None where it cannot be read, as others are to say."""
        path = self._places.private
        try:
            return by_client(tables_in(read_plain(path), path))
        except FileNotFoundError:
            return {}
        except (OSError, DocketError):
            return None

    @cached_property
    def common(self) -> str:
        """What every summary depends on; empty if it cannot be told."""
        settings = []
        for path in (self._places.config, self._places.ladder):
            try:
                settings.append(read_plain(path).hex())
            except FileNotFoundError:
                settings.append("")
            except OSError:
                return ""
        return _digest([self._today.isoformat(), settings, _program()])


def kept_before(root: Path, client: str, today: date, *needed: str) -> Summary | None:
    """Return the summary of a client, if one is kept that still holds and has one of `needed`.

    For what is said when something is logged: where nothing is kept, or it is stale, nothing is.
    """
    raw: Any = Rows(root, "summaries").kept.get(client)
    try:
        if not any(raw[1][Summary._fields.index(name)] for name in needed):
            return None
    except (TypeError, IndexError, KeyError):
        return None
    summaries = Summaries(root, today)
    return summaries.get(client, summaries.state(client))


def _last_anchor(folder: Path) -> Anchored | None:
    """Return the anchor of most entries that lies in a folder; None where there is none to read."""
    try:
        names = [name for name in os.listdir(folder) if name.endswith(".json")]  # noqa: PTH208
        last = max(names, key=lambda name: int(name.partition("-")[0]))
        told = json.loads(read_plain(folder / last))
        return Anchored(int(told["count"]), date.fromisoformat(str(told["at"])[:10]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _watching(watched: Watched | None) -> Watching | None:
    if watched is None:
        return None
    said, until = watched.said.isoformat(), watched.until.isoformat()
    return Watching(said, until, len(watched.crossings), watched.left)


@cache
def _program() -> list[tuple[str, int, int]]:
    """Return what tells this program from an older or newer one: the files it is made of."""
    return files_of_program(Path(__file__).parents[1])


def _summary(kept: Any, state: str) -> Summary | None:
    """Return the summary in what was kept; None where it is not one, or of another state."""
    try:
        known, raw = kept
        if known != state:
            return None
        if isinstance(raw, Summary):
            return raw
        found = Summary(*raw)
        return found._replace(
            overdue=tuple((amount, code) for amount, code in found.overdue),
            steps=tuple(map(NextStep.of, found.steps)),
            excepted=tuple(found.excepted),
            watch=Watching(*found.watch) if found.watch else None,
            rounds=tuple(Rounds(*one) for one in found.rounds),
            owing=Owing(*found.owing) if found.owing else None,
            brief=tuple(found.brief),
            unanchored=Unanchored(*found.unanchored),
        )
    except (TypeError, ValueError):
        return None


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
