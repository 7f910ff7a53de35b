"""What the record screen has made in a thread: the document to preview, and the files written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final, Literal, cast, get_args

from store.docket import Docket
from store.docket.claims import currencies
from store.records import (
    Document,
    Purpose,
    Record,
    RecordOptions,
    RecordReport,
    Signing,
    WrittenRecord,
    author_first,
    before_written,
    dispute_record,
    searched,
    verify_record,
    write_record,
)
from store.records.folder.exhibits import Unsure
from store.records.report.document import write as write_report
from store.records.report.material import ReportWords, gather
from store.records.review.before import other_names
from store.records.review.look_over import Noticed, look_over
from store.records.single import write_paged
from store.records.statement.document import statement
from store.records.statement.figures import StatementOptions
from store.workspace import Workspace

Profile = Purpose | Literal["statement", "report"]
"""What is made: a record for one of its purposes, a statement of account or a final report."""

PROFILES: Final[tuple[Profile, ...]] = (*get_args(Purpose), "statement", "report")
SINGLE: Final = frozenset({"statement", "report"})
"""The profiles that are one file to send, with nothing to verify."""


@dataclass(frozen=True, slots=True)
class Asked:
    """All that the keys and the fields of the screen say, but for the folder."""

    profile: Profile
    since: date | None = None
    until: date | None = None
    redact: tuple[str, ...] = ()
    because: str = ""
    answer_by: date | None = None
    html: bool = False
    sign: bool = False
    despite: tuple[str, ...] = ()

    def options(self, prepared_by: str) -> RecordOptions:
        """Return the options of a record; UsageError where they are at odds."""
        return RecordOptions(
            purpose=cast(Purpose, self.profile),
            since=self.since,
            until=self.until,
            prepared_by=prepared_by,
            redact=self.redact,
            because=self.because,
            answer_by=self.answer_by,
            html=self.html,
            despite=self.despite,
        )


@dataclass(frozen=True, slots=True)
class Made:
    """A document as it would be written, and what to say beside it.

    `noticed` is what to look at again, `notes` what the document lacks that only the user can
    give; `name` is that of the file, where it is one file. `unsure` are the files that may hold
    what is withheld, as not all of them can be read.
    """

    document: Document
    characters: int
    noticed: tuple[Noticed, ...] = ()
    notes: tuple[str, ...] = ()
    name: str = ""
    unsure: tuple[Unsure, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """What was written, and what a check of it found; a single file is not checked."""

    path: Path
    also: tuple[Path, ...] = ()
    record: WrittenRecord | None = None
    report: RecordReport | None = None


@dataclass(slots=True)
class Copied:
    """How far a copy of exhibits is, in bytes; counted in one thread, read in another."""

    total: int = 0
    done: int = 0

    def begin(self, total: int) -> Callable[[int], object]:
        """Take the bytes there are, and return what is told of each piece."""
        self.total = total
        return self._add

    def _add(self, count: int) -> None:
        self.done += count

    @property
    def words(self) -> str:
        """How far it is, such as `Copying exhibits: 120 of 800 MB`."""
        if not 0 < self.done < self.total:
            return "Writing and verifying it..."
        return f"Copying exhibits: {self.done // 10**6:,} of {self.total // 10**6:,} MB"


def make(workspace: Workspace, client: str, asked: Asked) -> Made:
    """Return the document that is asked for, as it would be written now; nothing is written.

    Raises DocketError where it cannot be made. It takes seconds on a docket of thousands.
    """
    docket, now = workspace.docket(client), workspace.clock()
    if asked.profile == "statement":
        return _statement(workspace, docket, asked, now)
    if asked.profile == "report":
        return _report(workspace, docket, now)
    lines = list(workspace.file(client).lines)
    record = dispute_record(docket, lines, asked.options(workspace.author), now)
    noticed = before_written(workspace, record.material)
    unsure = searched(workspace, record.material, lines)
    return Made(record, len(record.markdown), noticed, _not_read(unsure), unsure=unsure)


def _not_read(unsure: Sequence[Unsure]) -> tuple[str, ...]:
    """Return what to say of the files that may hold what is withheld; nothing where there are none.

    The labels can be typed as they stand.
    """
    if not unsure:
        return ()
    labels = "; ".join(one.label for one in unsure)
    seqs = "; ".join(dict.fromkeys(f"#{one.seq}.exhibits" for one in unsure))
    return (
        *(f"Not all of it can be read: {one.words}." for one in unsure),
        f"Look at them yourself, then type {labels} at despite; or withhold {seqs} as well.",
    )


def write(workspace: Workspace, client: str, asked: Asked, folder: Path, copied: Copied) -> Done:
    """Write what is asked for into `folder`; a record into a folder of its own, as `write_record`.

    Raises DocketError where it cannot be written.
    """
    if asked.profile in SINGLE:
        made = make(workspace, client, asked)
        path = _free(folder / made.name)
        first, *also = write_paged(workspace, client, path, made.document.markdown, page=asked.html)
        return Done(first, tuple(also))
    written = write_record(
        workspace,
        client,
        asked.options(workspace.author),
        folder,
        signing=Signing() if asked.sign else None,
        copying=copied.begin,
    )
    others = tuple(file for file in written.files if file != written.document)
    return Done(written.document, others, written)


def verified(done: Done) -> Done:
    """Return what was written with what a check of it found."""
    return replace(done, report=verify_record(done.record.folder)) if done.record else done


def is_record(made: Made | None) -> Record | None:
    """Return the record that was made, if it is one."""
    return made.document if made and isinstance(made.document, Record) else None


def _statement(workspace: Workspace, docket: Docket, asked: Asked, now: datetime) -> Made:
    options = StatementOptions(
        currency=_currency(workspace, docket),
        since=asked.since,
        until=asked.until or now.date(),
        prepared_by=workspace.author,
        payment_details=workspace.config.payment_details,
    )
    made = statement(docket, options, now)
    notes = [
        f"There is more in {other}: docket statement {docket.client} --currency {other}"
        for other in made.figures.elsewhere
    ]
    if not workspace.config.payment_details:
        notes.append('It does not say how to pay you: set payment_details = "..." in config.toml.')
    billed = made.figures.docket
    noticed = _noticed(workspace, billed, {invoice.seq for invoice in billed.ledger.invoices})
    return Made(made, len(made.markdown), noticed, tuple(notes), f"{made.name}.md")


def _currency(workspace: Workspace, docket: Docket) -> str:
    billed = currencies(docket)
    if len(billed) == 1:
        return billed[0]
    return docket.terms.currency or workspace.config.currency


def _report(workspace: Workspace, docket: Docket, now: datetime) -> Made:
    parting = gather(docket, ReportWords(workspace.author), now)
    document = write_report(parting)
    notes = (
        "Thanks, results, tips, a reason and the last day are yours to say: "
        f"`docket report {docket.client} --help` lists what can be added, and --reasons offers "
        "reasons that the entries bear out.",
    )
    name = f"{now:%Y-%m-%d}_{docket.client}_final-report.md"
    noticed = _noticed(workspace, parting.docket, {seq for seq, _ in parting.told})
    return Made(document, len(document.markdown), noticed, notes, name)


def _noticed(workspace: Workspace, docket: Docket, told: Collection[int]) -> tuple[Noticed, ...]:
    """Return what to look at again in the entries that a document prints, `told` by number."""
    entries = []
    for entry in docket.entries:
        corrects = entry.link("amends", "adds-to", "voids")
        if entry.seq in told or entry.kind == "client" or (corrects and corrects.seq in told):
            entries.append(entry)
    others = other_names(workspace, docket.client)
    first = author_first(workspace, docket.client, workspace.author)
    return (*first, *look_over(entries, others, mine=(workspace.author,)))


def _free(path: Path) -> Path:
    """Return the first of `name.md`, `name-2.md`, `name-3.md` that is not taken, nor its page."""
    number, free = 1, path
    while free.exists() or free.with_suffix(".html").exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free
