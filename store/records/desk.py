"""The desk: any document as it is asked for, as it would be written now, and as it was written.

The command line and the app ask with a Request alike, and tell what Preview and Written say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, cast

from store.docket import Docket
from store.docket.claims import currencies
from store.evidence.at_hand import bring_exhibits
from store.languages import ENGLISH
from store.records.dispute.document import Record, dispute_record
from store.records.dispute.material import Material
from store.records.document import Document, Section
from store.records.folder.exhibits import Unsure
from store.records.folder.findings import RecordReport
from store.records.folder.verify import verify_record
from store.records.folder.write import Copying, Signing, WrittenRecord, unwatched, write_record
from store.records.markdown import block
from store.records.mediator import mediator_brief
from store.records.options import PURPOSES, Purpose, RecordOptions
from store.records.platform.document import PACK_FILE, platform_pack
from store.records.platform.pages import pages_in
from store.records.report import document as report
from store.records.report.blame import refuse_blame, second_looks
from store.records.report.material import Parting, ReportWords, report_material
from store.records.review.before import before_sent, before_written, open_in_case, unread_exhibits
from store.records.review.case import OpenPoint
from store.records.review.look_over import Noticed
from store.records.single import write_paged
from store.records.statement.document import Statement, statement
from store.records.statement.figures import StatementOptions
from store.records.texts import language_hint
from store.settings.config import Config
from store.workspace import Workspace

if TYPE_CHECKING:
    from store.records.html import Paper
    from store.records.printed import PrintedExhibits

RecordProfile = Purpose | Literal["statement", "report"]
"""What is made: a record for one of its purposes, a statement of account or a final report."""

PROFILES: Final[tuple[RecordProfile, ...]] = (*PURPOSES, "statement", "report")
_PLAIN: Final = Config()
SINGLE: Final = frozenset({"statement", "report"})
"""The profiles that are one file to send, with nothing to verify."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A document as it would be written, and what to say beside it.

    `noticed` is what to look at again, `hints` what the document lacks that only the user can
    give; `name` is that of the file, where it is one file. `unsure` are the files that may hold
    what is withheld, as not all of them can be read; `open_points` what a record's case leaves
    open; `before` what goes before a record: a mediator's brief, the text for a platform's form.
    """

    document: Document
    characters: int
    noticed: tuple[Noticed, ...] = ()
    hints: tuple[str, ...] = ()
    name: str = ""
    unsure: tuple[Unsure, ...] = ()
    open_points: tuple[OpenPoint, ...] = ()
    before: tuple[Section, ...] = ()

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections in the order in which they are read, what goes before a record first."""
        return (*self.before, *self.document.sections)

    @property
    def record(self) -> Record | None:
        """The document, if it is a record."""
        return self.document if isinstance(self.document, Record) else None


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, and what a check of it found; a single file is not checked."""

    path: Path
    also: tuple[Path, ...] = ()
    record: WrittenRecord | None = None
    report: RecordReport | None = None
    printed: PrintedExhibits | None = None

    @property
    def names(self) -> list[str]:
        """Every file, its path in full, the document first."""
        printed = (*self.printed.files, *self.printed.by_hand) if self.printed else ()
        return list(dict.fromkeys(map(str, (self.path, *self.also, *printed))))

    @property
    def to_print(self) -> list[str]:
        """What is to be said of how it was printed; nothing where it was, and is one file."""
        lines = self.printed.lines if self.printed else []
        return lines if self.record else lines[1:] if self.printed and self.printed.files else lines

    def verified(self) -> Written:
        """Return it with what a check found of it."""
        return replace(self, report=verify_record(self.record.folder)) if self.record else self


@dataclass(frozen=True, slots=True)
class RecordRequest:
    """What is asked for; what a profile has no use for is passed over.

    `prepared_by` is the configured author where it is empty, `currency` that of the account or
    the agreed one; `words` are those of a final report. `language` is that of the client where it
    is empty, but English for a record. `paper` is what it is
    printed on as a PDF, None for none. The rest is told at RecordOptions.
    """

    profile: RecordProfile
    since: date | None = None
    until: date | None = None
    redact: tuple[str, ...] = ()
    because: str = ""
    answer_by: date | None = None
    html: bool = False
    signing: Signing | None = None
    despite: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    first: tuple[int, ...] = ()
    remedy: str = ""
    truth: str = ""
    currency: str = ""
    prepared_by: str = ""
    words: ReportWords | None = None
    language: str = ""
    form: str = ""
    cut: bool = False
    would_accept: str = ""
    court: str = ""
    case_number: str = ""
    paper: Paper | None = None

    def options(self, author: str, config: Config = _PLAIN) -> RecordOptions:
        """Return the options of a record; UsageError where they are at odds."""
        return RecordOptions(
            purpose=cast(Purpose, self.profile),
            since=self.since,
            until=self.until,
            prepared_by=self.prepared_by or author,
            redact=self.redact,
            because=self.because,
            kinds=self.kinds,
            first=self.first,
            answer_by=self.answer_by,
            html=self.html,
            remedy=self.remedy,
            despite=self.despite,
            truth=self.truth,
            working=config.working,
            language=self.language or ENGLISH,
            form=self.form,
            cut=self.cut,
            would_accept=self.would_accept,
            address=config.address,
            email=config.email,
            phone=config.phone,
            tax_id=config.tax_id,
            court=self.court,
            case_number=self.case_number,
        )

    def preview(self, workspace: Workspace, client: str) -> Preview:
        """Return the document that is asked for, as it would be written now; nothing is written.

        Raises DocketError where it cannot be made. It takes seconds on a docket of thousands.
        """
        docket = workspace.docket(client)
        if self.profile == "statement":
            return self._statement(workspace, docket)
        if self.profile == "report":
            return self._report(workspace, docket)
        bring_exhibits(workspace, [client])
        lines = workspace.file(client).lines.copy()
        options = self.options(workspace.author, workspace.config)
        record = dispute_record(docket, lines, options, workspace.clock())
        noticed = before_written(workspace, record.material)
        unsure = unread_exhibits(workspace, record.material, lines)
        hints = (*_not_read(unsure), *_spoken_hints(self.language, "record"))
        case = open_in_case(workspace, record.material)
        before = _before(record.material, workspace.root / "exhibits")
        return Preview(record, len(record.markdown), noticed, hints, "", unsure, case, before)

    def write(
        self, workspace: Workspace, client: str, folder: Path, *, copying: Copying = unwatched
    ) -> Written:
        """Write it into `folder`, a record into one of its own as `write_record`; over nothing.

        Raises DocketError where it cannot be written.
        """
        if self.profile in SINGLE:
            made = self.preview(workspace, client)
            return self.save(workspace, client, made, _free(folder / made.name))
        options = self.options(workspace.author, workspace.config)
        signing = self.signing
        record = write_record(workspace, client, options, folder, signing=signing, copying=copying)
        others = tuple(file for file in record.files if file != record.document)
        return Written(record.document, others, record, printed=self._printed(record))

    def save(self, workspace: Workspace, client: str, made: Preview, output: Path) -> Written:
        """Write a document that is one file to `output`, or under its name into that folder."""
        path = output / made.name if output.is_dir() else output
        markdown = made.document.markdown
        first, *also = write_paged(workspace, client, path, markdown, page=self.html)
        if not self.paper:
            return Written(first, tuple(also))
        from store.records.printed import print_beside  # few documents are printed

        printed = print_beside(workspace, client, first, self.paper)
        return Written(first, tuple(also), printed=printed)

    def _printed(self, record: WrittenRecord) -> PrintedExhibits | None:
        if not self.paper:
            return None
        from store.records.printed import print_written

        return print_written(record, self.paper)

    def _statement(self, workspace: Workspace, docket: Docket) -> Preview:
        now, billed = workspace.clock(), currencies(docket)
        agreed = billed[0] if len(billed) == 1 else workspace.currency(docket.client)
        options = StatementOptions(
            currency=self.currency or agreed,
            since=self.since,
            until=self.until or now.date(),
            prepared_by=self.prepared_by or workspace.author,
            payment_details=workspace.config.payment_details,
            language=self.language or docket.profile.language or "",
            contact=reached_at(workspace.config),
        )
        made = statement(docket, options, now)
        told = {invoice.seq for invoice in made.figures.docket.ledger.invoices}
        noticed = before_sent(workspace, made.figures.docket, told, options.prepared_by)
        hints = (*_statement_hints(made), *_spoken_hints(options.language, "statement"))
        return Preview(made, len(made.markdown), noticed, hints, f"{made.name}.md")

    def _report(self, workspace: Workspace, docket: Docket) -> Preview:
        now, words = workspace.clock(), self.words or ReportWords(workspace.author)
        names = filter(None, (docket.name, docket.profile.contract_name))
        refuse_blame(words, names, self.language or docket.profile.language or ENGLISH)
        parting = report_material(docket, words, now, self.language)
        document = report.write_report(parting)
        told = {seq for seq, _ in parting.told}
        noticed = before_sent(workspace, parting.docket, told, words.prepared_by)
        hints = (
            *_report_hints(parting),
            *_spoken_hints(self.language or docket.profile.language, "report"),
            *second_looks(parting),
        )
        name = f"{now:%Y-%m-%d}_{docket.client}_final-report.md"
        return Preview(document, len(document.markdown), noticed, hints, name)


def reached_at(config: Config) -> str:
    """Return my address, e-mail address and tax number on one line, as far as they are set."""
    return ", ".join(filter(None, (config.address, config.email, config.tax_id)))


def _before(material: Material, kept: Path) -> tuple[Section, ...]:
    """Return what goes before a record of this material, whose exhibits are `kept` there."""
    if material.options.has_brief:
        return mediator_brief(material).sections
    if not material.options.has_pack:
        return ()
    pages = pages_in(material, lambda one: kept / one.exhibit.sha256)
    pack = platform_pack(material.but(pages=pages))
    return (Section(PACK_FILE, block(pack.text)),)


def _not_read(unsure: Sequence[Unsure]) -> Iterator[str]:
    """Yield what to say of the files that may hold what is withheld, where there are any."""
    for one in unsure:
        yield f"Not all of it can be read for what is withheld: {one.words}."
    if unsure:
        ways = " ".join(f"--despite {one.label}" for one in unsure)
        places = " ".join(dict.fromkeys(f"--redact '#{one.seq}.exhibits'" for one in unsure))
        yield f"Look at them yourself, then add {ways}; or leave them out with {places}."


def _spoken_hints(code: str | None, document: str) -> Iterator[str]:
    """Yield what to know of a document in another language than English."""
    if said := language_hint(code or "", document):
        yield said


def _statement_hints(made: Statement) -> Iterator[str]:
    """Yield what a statement lacks that only the user can give, and what it leaves to another."""
    figures, client = made.figures, made.figures.docket.client
    if not (figures.options.payment_details or figures.settled_up):
        yield 'It does not say how to pay you: set payment_details = "..." in config.toml.'
    if not figures.docket.late_terms.rates.listed and figures.docket.overdue:
        yield (
            f"It claims no interest, as no rate is on record: see `docket rate --help` ({client})."
        )
    for currency in figures.elsewhere:
        yield f"There is more in {currency}: docket statement {client} --currency {currency}"


def _report_hints(parting: Parting) -> Iterator[str]:
    """Yield what would make a report more complete, in the order of its sections."""
    client, words = parting.docket.client, parting.words
    told = {one.seq for one in words.commitments}
    if not words.thanks:
        yield "Say one true thing about where they are going: --thanks TEXT."
    for one in parting.handovers:
        if missing := one.missing(parting.today):
            yield f"{client}#{one.seq} is not wholly handed over: {'; '.join(missing)}."
    for promise in parting.unkept:
        if promise.seq not in told:
            yield (
                f"{client}#{promise.seq} is a promise of yours that is not kept yet; do it, or "
                f"say what becomes of it: --commitment '{promise.seq} TEXT'."
            )
    if parting.docket.ledger.open():
        yield f"Attach the statement of account: docket statement {client} -o FILE"
    if not (words.because or words.direction or words.fit):
        yield (
            f"It gives no reason: docket report {client} --reasons offers some, or say --direction."
        )
    if not words.ends:
        yield "It names no last day: --ends D."
    if not (words.own or words.ends or words.direction or words.fit):
        yield f"`docket report {client} --help` lists all that is yours to say in it."


def _free(path: Path) -> Path:
    """Return the first of `name.md`, `name-2.md`, `name-3.md` of which nothing is there yet."""
    number, free = 1, path
    while any(free.with_suffix(end).exists() for end in (free.suffix, ".html", ".pdf")):
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free
