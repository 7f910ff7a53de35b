"""The walk along a chain: where a check stands, what it has found, and how it reports."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from .checkpoint import Checkpoint

MAX_FINDINGS: Final = 500
"""How many findings are listed; beyond that they are only counted."""


class Finding(NamedTuple):
    """One thing found: the entry it concerns (None: the file itself), its line, and what it is."""

    seq: int | None
    line_no: int
    what: str


class Report(NamedTuple):
    """What verification found; `findings[0]` is the first break.

    `count` and `head` are those the file shows now: compare them with an anchor (see LIMITS).
    `hashes` are the hashes that the entries asked for state (0: genesis), where they could be
    read; `trusted` is how many entries were taken over from an earlier check, unread.
    `checkpoint` is where a later check may go on; None where something was found.
    """

    name: str
    ok: bool
    count: int  # type: ignore[assignment]  # a field, over tuple.count
    head: str
    findings: list[Finding]
    unlisted: int
    hashes: Mapping[int, str]
    trusted: int
    checkpoint: Checkpoint | None = None

    @property
    def first(self) -> Finding | None:
        """The first break, or None when all is whole."""
        return self.findings[0] if self.findings else None


class Walk:
    """Where a check stands: the number expected next and the hashes it may follow.

    After a damaged entry both its stored and its computed hash may be followed, so that one
    damage is told once; after a line that cannot be read (`prevs` None) any may.
    """

    def __init__(self, marks: Collection[int] = ()) -> None:
        self.marks = frozenset(marks)
        self.hashes: dict[int, str] = {}
        self.trusted = 0
        self.findings: list[Finding] = []
        self.unlisted = 0
        self.expected = 1
        self.unread = 0
        self.prevs: set[str] | None = None
        self.head = ""

    def say(self, seq: int | None, line_no: int, what: str) -> None:
        """Note a finding."""
        if len(self.findings) < MAX_FINDINGS:
            self.findings.append(Finding(seq, line_no, what))
        else:
            self.unlisted += 1

    def skip(self, line_no: int, why: str) -> None:
        """Note a line that tells nothing."""
        seq = self.expected + self.unread
        self.say(seq, line_no, f"where entry {seq} should stand is a line that is damaged: {why}")
        self.unread += 1
        self.prevs = None

    def in_order(self, seq: int, line_no: int) -> bool:
        """Note a number that is not the next one; False for one that was there already."""
        due = self.expected + self.unread
        if seq < self.expected:
            what = f"entry {seq} stands here again or too late, after entry {self.expected - 1}"
            self.say(seq, line_no, what)
            return False
        if seq > due:
            gone = f"entry {due} is" if seq == due + 1 else f"entries {due} to {seq - 1} are"
            self.say(due, line_no, f"{gone} missing: entry {seq} stands in that place")
            self.prevs = None
        return True

    def begin(self, genesis: str, *, followed: bool = True) -> None:
        """Start from a header; unless it is `followed`, entry 1 may come after any hash."""
        self.advance(0, genesis)
        self.prevs = self.prevs if followed else None

    def resume(self, since: Checkpoint) -> None:
        """Start from where an earlier check ended, trusting it."""
        self.hashes |= {seq: known for seq, known in since.known.items() if seq in self.marks}
        self.trusted = since.count
        self.advance(since.count, since.hash)

    def advance(self, seq: int, *hashes: str) -> None:
        """Go on from entry `seq`; the first of `hashes` is the one it states."""
        self.expected, self.unread, self.prevs, self.head = seq + 1, 0, set(hashes), hashes[0]
        if seq in self.marks:
            self.hashes[seq] = hashes[0]

    def report(self, name: str) -> Report:
        """Close the walk."""
        count = self.expected - 1 + self.unread
        return Report(
            name,
            not self.findings,
            count,
            self.head,
            self.findings,
            self.unlisted,
            self.hashes,
            self.trusted,
        )
