"""Custody: who has handled each exhibit since it was added, one chained journal beside a docket.

The file is `clients/<id>.custody`, a journal like the docket itself (journal/FORMAT.md). A line
says what was done; who and when come from the workspace and its clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from store.errors import DocketError, VerificationError
from store.journal import (
    Header,
    JournalExistsError,
    JournalMissingError,
    Line,
    is_hash,
    random_id,
    verify_file,
)
from store.journal.lock import locked_journal
from store.journal.protocol import Journal
from store.places import CUSTODY
from store.text import LINE_LIMIT, clean_line

if TYPE_CHECKING:
    from store.workspace import Workspace

Act = Literal["added", "looked", "exported", "recalled", "missing", "changed", "whole"]
"""`recalled` is an export that was noted and then not completed. `missing`, `changed` and `whole`
are what a check found, if it is not what the last one did."""

_FOUND: Final = frozenset({"missing", "changed", "whole"})
_PATH_LIMIT = 4 * LINE_LIMIT
_AT_THE_END = ("the file ends in", "the newline at the end is gone")


class CustodyError(DocketError):
    """A custody line could not be written or read."""


class Handling(NamedTuple):
    """One handling to be written down.

    `where` is the original path of what was added, the folder of what was exported, the copy of
    what was looked at; `entry` is the number of the entry it was added with, 0 for the rest.
    """

    act: Act
    sha256: str
    where: str = ""
    obtained: str = ""
    entry: int = 0

    def fields(self, who: str) -> dict[str, Any]:
        """Return what goes into the journal: empty ones left out, long ones cut."""
        said = {"where": self.where, "obtained": self.obtained, "who": who}
        told = {name: _line(value) for name, value in said.items()}
        whole = {"act": self.act, "sha256": self.sha256, "entry": self.entry, **told}
        return {name: value for name, value in whole.items() if value}


class CustodyLine(NamedTuple):
    """One handling as it was written down; `act` may be one that a later Docket knows.

    `at` is from the clock of the computer, in UTC. See Handling for the rest.
    """

    seq: int
    at: datetime
    act: str
    sha256: str
    who: str
    where: str = ""
    obtained: str = ""
    entry: int = 0

    @classmethod
    def read(cls, seq: int, fields: Mapping[str, Any]) -> CustodyLine:
        """Return the line that these fields spell; ValueError where they are not what one has."""
        at = datetime.fromisoformat(str(fields.get("recorded_at")))
        entry = fields.get("entry", 0)
        if not is_hash(fields.get("sha256")) or at.tzinfo is None or not isinstance(entry, int):
            raise ValueError(f"line {seq} is not what a custody line looks like")
        words = {name: str(fields.get(name, "")) for name in ("act", "sha256", "who")}
        more = {name: str(fields.get(name, "")) for name in ("where", "obtained")}
        return cls(seq, at, **words, **more, entry=entry)


class Custody:
    """The custody journal of one client; it begins with its first line."""

    def __init__(self, workspace: Workspace, client: str) -> None:
        self._workspace = workspace
        self._docket = workspace.path(client)
        self.path = self._docket.with_suffix(CUSTODY)
        self.client = client
        self.notices: list[str] = []

    def add(self, handled: Iterable[Handling]) -> None:
        """Append a line for each, all or none, durable; CustodyError where that cannot be.

        Any number of sessions may do so at once. `notices` gets what the journal has to report.
        """
        try:
            rows = [one.fields(self._workspace.author) for one in handled]
            if rows and not self._waits(rows) and not self._begun(rows):
                file = self._file()
                file.append_many(rows)
                self.notices += file.notices
        except DocketError as error:
            raise CustodyError(
                f"No custody line was written for {self.client}",
                f"{error.what}: {error.why}" if error.why else error.what,
                error.remedy,
            ) from error

    def _waits(self, rows: list[dict[str, Any]]) -> bool:
        """Let the lines about an entry that waits in the outbox wait with it; False for others."""
        outbox = self._workspace.journals.outbox
        entry = outbox.find(rows[0].get("entry", 0)) if outbox else None
        if outbox is None or entry is None:
            return False
        with outbox.adding(self.path.name, entry.typed_at, 0) as add:
            for row in rows:
                add(random_id(), row, entry.id)
        return True

    @property
    def lines(self) -> list[CustodyLine]:
        """Every line that can be read, oldest first; none where nothing was handled yet.

        Raises JournalError where the journal cannot be read at all, as do `chain` and `of`.
        """
        return [line for one in self.chain[1] if (line := _read(one))]

    @property
    def chain(self) -> tuple[Header | None, list[Line]]:
        """The header and the lines as the journal has them; None and none before the first."""
        try:
            file = self._file()
            return file.header, list(file.lines)
        except JournalMissingError:
            return None, []

    def of(self, sha256: str) -> list[CustodyLine]:
        """Return the lines about one exhibit, oldest first."""
        return [line for line in self.lines if line.sha256 == sha256]

    def check_whole(self) -> None:
        """Raise VerificationError where the chain is broken, so that nothing is built on it."""
        try:
            found = verify_file(self.path).first
        except JournalMissingError:
            return
        if found and not found.what.startswith(_AT_THE_END):  # the next line puts that right
            raise VerificationError(
                f"The custody of {self.client} is not whole",
                f"line {found.line_no}: {found.what}",
                f"Run `docket verify {self.client}`, then restore {self.path} from a backup",
            )

    def note(self, problems: Mapping[str, Act]) -> None:
        """Write down what a check found of exhibits, where it is news.

        That one is whole is news only where it was missing or changed before. Raises CustodyError
        as `add` does, JournalError as `lines`.
        """
        known = {line.sha256: line.act for line in self.lines if line.act in _FOUND}
        self.add(
            Handling(act, sha256)
            for sha256, act in problems.items()
            if act != known.get(sha256, "whole")
        )

    def _begun(self, rows: list[dict[str, Any]]) -> bool:
        """Begin the journal with `rows`; False where there is one already.

        The docket's lock is held, so that none is begun for a client that is being erased.
        """
        if self.path.exists():
            return False
        made = self._workspace
        with locked_journal(self._docket, shared=True):
            try:
                made.journals.begin(self.path, first=rows)
            except JournalExistsError:  # by another session, just now
                return False
        return True

    def _file(self) -> Journal:
        return self._workspace.journals.open(self.path)


def _line(text: str) -> str:
    """Return `text` as one line that fits; of a long path the end says more than the beginning."""
    return clean_line(text[-_PATH_LIMIT:], limit=_PATH_LIMIT * 10)[-LINE_LIMIT:].strip()


def _read(line: Line) -> CustodyLine | None:
    try:
        return CustodyLine.read(line.seq, line.fields)
    except ValueError:
        return None
