"""The sample workspace: invented clients for the demo, the screenshots and the tests."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from itertools import count
from pathlib import Path

from store.entries import Entry
from store.errors import DocketError
from store.evidence.exhibits import Exhibits
from store.files import write_atomic
from store.places import Places
from store.sample.story import Story, StoryRow, stories
from store.workspace import Workspace

AUTHOR = "Ines Marek"
_CONFIG = f"""\
author = "{AUTHOR}"
currency = "EUR"
target_rate = 75
savings = 9000
monthly_costs = 2400
"""


class _Told:
    """The clock of a story: it stands wherever the story is."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def write_sample(root: Path, now: datetime) -> Workspace:
    """Write the sample workspace into the new or empty folder `root` and open it.

    The same aware `now` gives the same bytes. The workspace returned has a clock that stands at
    `now`; open `root` again for one that runs. DocketError if there is anything at `root`.
    """
    if Places(root).marker.exists():
        raise DocketError(
            f"There is a workspace at {root}",
            "the sample is never written into one",
            "Name another folder",
        )
    clock = _Told(now)
    written = Workspace.create(root, clock=clock, entropy=_entropy(now))
    write_atomic(written.places.config, _CONFIG.encode())
    told = stories(now)
    for story in told:
        _write(written, story, clock)
        own = story.private
        written.private.add(story.client, *own.checkins, *own.guts, *own.decisions)
        if own.referred_by:
            written.private.set_referred_by(story.client, own.referred_by)
    return Workspace.open(root, clock=lambda: now)


def _write(workspace: Workspace, story: Story, clock: _Told) -> None:
    """Log the rows of `story`; an error carries a note that says which row it was."""
    seqs: dict[str, int] = {}
    for row in story.rows:
        try:
            entry = _log(workspace, story.client, row, seqs, clock)
        except (DocketError, KeyError) as error:
            error.add_note(f"{story.client}: {row.kind}: {row.statement}")
            raise
        if row.label:
            seqs[row.label] = entry.seq


def _log(
    workspace: Workspace, client: str, row: StoryRow, seqs: dict[str, int], clock: _Told
) -> Entry:
    clock.now = row.shown_at.astimezone(clock.now.tzinfo)
    keep = Exhibits(workspace.places.exhibits)
    draft = workspace.draft(
        client,
        row.kind,
        row.statement,
        zone=_zone(clock.now),
        links=_links(row, seqs),
        exhibits=[keep.keep_stream(BytesIO(text.encode()), name) for name, text in row.files],
        **row.fields,
    )
    if workspace.path(client).exists():
        return workspace.log(draft)
    return workspace.new_client(client, [draft])[0]


def _links(row: StoryRow, seqs: dict[str, int]) -> list[dict[str, object]]:
    return [
        {"rel": relation, "seq": seqs[label], "reason": reason}
        for relation, label, reason in row.links
    ]


def _zone(moment: datetime) -> str:
    """Return the IANA name of the zone `moment` is in, or an empty string."""
    return getattr(moment.tzinfo, "key", "")


def _entropy(now: datetime) -> Callable[[], str]:
    """Return a source of 32 hex digits that repeats itself for the same `now`."""
    numbers = count()
    start = now.astimezone(UTC).isoformat()

    def draw() -> str:
        return hashlib.sha256(f"{start} {next(numbers)}".encode()).hexdigest()[:32]

    return draw
