"""What every verb works with: the workspace, the clock, and what was typed, which is never lost."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from store.client_ids import name_at_hand, too_long
from store.dates import When, parse_day, parse_when
from store.entries import KINDS
from store.entries.plain import Logged
from store.errors import DocketError, UsageError
from store.files import typed_path
from store.journal import Clock
from store.journal.chain import NOT_YET
from store.places import Places
from store.settings.config import Settings, passed_over, read_settings
from store.text import clean
from store.workspace import Workspace
from tui.cli.output import OutputError, read_back, say, say_json, tell
from tui.cli.signals import Ended
from tui.words.moments import logged

if TYPE_CHECKING:
    from argparse import Namespace

    from store.docket.filter import Filter
    from store.entries import Draft, Entry

OpenApp = Callable[[Callable[[], Workspace] | None], int]
"""Shows the app on the workspace made for it, or for None the vent pad; returns the exit status."""

STDIN_LIMIT = 2 * 2**20
_T = TypeVar("_T")
_DAYS = frozenset(
    "--on --issued --due --needed-by --since --until --as-of --review --access-ends --renews "
    "--ends --from".split()
)
# Where only this came through, the rest of the day went elsewhere.
_BEGINNING = (
    r"\d{1,2}(st|nd|rd|th)?\.?|\+|~|in|last|next|about|around"
    r"|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
)
_NUMBERED = re.compile(r"(.+)([#~])(\d{1,9})")


class Context:
    """One run of the command line."""

    def __init__(
        self, root: Callable[[], Path], clock: Clock, open_app: OpenApp, *, discreet: bool = False
    ) -> None:
        self.find_root, self.clock, self.open_app = root, clock, open_app
        self.typed = ""
        self.touched: set[str] = set()
        self.forgiving, self.discreet = False, discreet

    @cached_property
    def root(self) -> Path:
        """The folder of the workspace; a server whose folder is to be made here is asked first."""
        return self.find_root()

    @cached_property
    def workspace(self) -> Workspace:
        """The workspace; DocketError if there is none."""
        # A line is logged without asking for others' first: it is tied to them as it is saved.
        workspace = Workspace.open(self.root, clock=self.clock, at_once=not self.forgiving)
        workspace.settings = self.settings
        workspace.discreet = self.discreet
        return workspace

    @cached_property
    def settings(self) -> Settings:
        """What `config.toml` says, workspace or none; what it has to say of itself is told once.

        A verb that is `forgiving` goes on with the default where something is wrong.
        """
        found = read_settings(Places(self.root).config)
        wrong = found.wrong if self.forgiving else None
        if said := passed_over(found.passed, wrong):
            tell(said)
        return found._replace(wrong=None) if wrong else found

    @property
    def today(self) -> date:
        """The clock's day."""
        return self.clock().date()

    def client(self, text: str) -> str:
        """Return the id of the client meant by `text`, or raise UsageError."""
        found = self.workspace.find(text)
        self.touched.add(found)
        return found

    def entry(self, words: Sequence[str]) -> tuple[str, int, list[str]]:
        """Return client, number and what follows of `acme#12 ...` or `acme 12 ...`."""
        if match := _NUMBERED.fullmatch(words[0].strip()):
            client, waits = self.client(match[1]), match[2] == "~"
            return client, int(match[3]) + waits * NOT_YET, list(words[1:])
        if len(words) > 1 and re.fullmatch(r"#?\d{1,9}", words[1]):
            return self.client(words[0]), int(words[1].lstrip("#")), list(words[2:])
        raise UsageError(f"'{words[0]}' names no entry", "", "Write CLIENT#N, such as acme#12")

    def target(self, words: Sequence[str]) -> tuple[Entry, list[str]]:
        """Return the entry that `words` begin with, as it stands, and what follows."""
        client, seq, rest = self.entry(words)
        return self.standing(client, seq), rest

    def standing(self, client: str, seq: int) -> Entry:
        """Return entry `seq` of `client` as it stands, or as it waits, or raise UsageError."""
        from store.docket.checks import standing_entry

        if waiting := self.workspace.journals.waiting_entry(client, seq):
            return waiting
        return standing_entry(self.workspace.docket(client), seq).entry

    def text(self, words: Sequence[str]) -> str:
        """Return the words as one text; a lone `-` is all of standard input."""
        if tuple(words) != ("-",):
            return " ".join(words)
        if sys.stdin.isatty():
            tell("Type the text; end it with Ctrl-D on a line of its own.")
        raw = sys.stdin.buffer.read(STDIN_LIMIT + 1)
        if len(raw) > STDIN_LIMIT:
            raise UsageError("That text is too long", "over 2 MB", "Attach it with --attach")
        self.typed = raw.decode("utf-8", "replace")
        return self.typed

    def option(self, words: str) -> str:
        """Return the words of an option; a lone `-` is all of standard input."""
        return self.text(("-",)) if words == "-" else words

    def when(self, typed: str | None) -> When:
        """Return the past moment in `typed`; now where nothing was typed."""
        if not typed:
            return When(self.clock(), "minute")
        return quoting(lambda: parse_when(typed, self.clock()), typed)

    def day(self, typed: str | None, today: date | None = None) -> date | None:
        """Return the day in `typed`, the next such day in doubt; None where nothing was typed.

        Days are counted from the clock's day, or from another `today`.
        """
        if not typed:
            return None
        return quoting(lambda: parse_day(typed, today or self.today), typed)

    def past_day(self, typed: str | None) -> date | None:
        """Return the day in `typed`, the last such day in doubt; None where nothing was typed."""
        if not typed:
            return None
        return quoting(lambda: parse_day(typed, self.today, past=True), typed)

    def asked(self, words: Sequence[str]) -> Filter:
        """Return what the words of a filter ask for; see store.docket.filter."""
        from store.docket.filter import filter_of, parse_filter

        return parse_filter(filter_of(words), self.today, self.workspace.config.kinds)

    def currency(self, client: str, typed: str | None = None) -> str:
        """Return the currency typed, else the one agreed with `client`, else the configured one."""
        if not typed:
            return self.workspace.currency(client)
        from store.money import parse_currency

        return parse_currency(typed)

    def log(
        self,
        args: Namespace,
        client: str,
        kind: str,
        words: Sequence[str] = (),
        *,
        typed: str = "",
        after: Entry | None = None,
        reason: str = "",
        **fields: Any,
    ) -> int:
        """Log one entry about `words` that occurred at `args.on`, print it, return its number.

        It follows the entry `after`, if one is given, for that `reason`. What can be refused is
        refused before standard input is read or a file is copied. If writing fails the text is
        kept, or `typed` where the entry is not about `words`.
        """
        if getattr(args, "obtained", "") and not args.attach:
            raise UsageError("No file is attached", "--obtained is about one", "Add --attach FILE")
        when = self.when(args.on)
        fields = {"occurred_at": when.at, "precision": when.precision, **fields}
        if after is not None:
            from store.docket.subject import tie

            fields |= tie(KINDS[kind], after, reason)
        if tuple(words) == ("-",):
            self.workspace.prepared(client, kind, "-", **fields)
        text = self.text(words)
        asked = self._asked(args, client, kind, text, fields)
        with self.keeping(client, typed or text):
            entry = self._logged(args, client, kind, text, fields)
        self._say_logged(args, entry, text)
        if asked:
            tell(asked)
        return entry.seq

    def _say_logged(self, args: Namespace, entry: Entry | Logged, text: str) -> None:
        """Print what was logged."""
        if isinstance(entry, Logged) or not args.json:
            say(logged(entry))
            self._read_back(entry, clean(text))
            return
        from tui.words.entry import entry_json

        say_json(entry_json(entry))

    def _asked(
        self, args: Namespace, client: str, kind: str, text: str, fields: dict[str, Any]
    ) -> str:
        """Return what the app would ask, by what was kept alone; nothing where that is stale."""
        from store.playbook.guards import ASKED_OF, question

        if kind not in ASKED_OF or args.json or getattr(args, "by", "") == "me":
            return ""
        from store.index.summary import kept_before

        kept = kept_before(self.root, client, self.today, "owing")
        spent = fields.get("data", {}).get("spent", "work")
        return question(kind, kept.owing, self.today, text, spent) if kept else ""

    def _read_back(self, entry: Entry | Logged, text: str) -> None:
        """Print whose entry it is and what it says, so that a slip is seen at once."""
        path = self.workspace.path(entry.client)
        name = entry.client if too_long(path) else name_at_hand(path)
        if not name:
            try:
                name = self.workspace.docket(entry.client).name
            except DocketError:  # it is logged all the same
                name = entry.client
        if isinstance(entry, Logged):
            say(read_back(name, text))
            return
        from tui.words.entry import about_words

        say(read_back(name, about_words(entry), text))

    def _logged(
        self, args: Namespace, client: str, kind: str, text: str, fields: dict[str, Any]
    ) -> Entry | Logged:
        if getattr(args, "attach", ()):
            draft = self.workspace.draft(client, kind, text, **fields)
            return _log_attached(self.workspace, draft, args)
        enter = self.workspace.enter if args.json else self.workspace.enter_plain
        return enter(client, kind, text, **fields)

    @contextmanager
    def keeping(self, client: str, text: str) -> Iterator[None]:
        """Keep `text` among the drafts if the block fails to write it, and say where.

        Words refused as wrong usage are still in the shell's history, so only those that came
        through standard input are kept then.
        """
        try:
            yield
        except OutputError:
            raise
        except Ended:
            if text.strip():
                tell(self._kept(client, text))
            raise
        except DocketError as error:
            kept = self.typed if isinstance(error, UsageError) else text
            if kept.strip():
                advice = (error.remedy.rstrip("."), self._kept(client, kept))
                error.remedy = ". ".join(filter(None, advice))
            raise

    def tell_notices(self) -> None:
        """Say what the journals that were touched had to report, and which could not be read."""
        if "workspace" in vars(self):
            tell(*self.workspace.journals.said())
            for client, error in sorted(self.workspace.skipped.items()):
                tell(f"Without {client}: {error}")
        for client in sorted(self.touched):
            if self.workspace.path(client).exists():
                tell(*self.workspace.file(client).notices)

    def _kept(self, client: str, text: str) -> str:
        if not self.workspace.path(client).exists():  # erased meanwhile: nothing of them is kept
            tell(text)
            return f"What you typed stands above, and is kept nowhere, as {client} was erased"
        try:
            path = self.workspace.drafts.add("unsent", text, client)
        except (DocketError, OSError, ImportError):  # with too many files open, nothing is imported
            tell(text)
            return "What you typed stands above, as it could not be kept either"
        return f"What you typed is kept in {path}; `docket drafts` prints it"


def _log_attached(workspace: Workspace, draft: Draft, args: Namespace) -> Entry:
    """Log `draft` with `args.attach` as its exhibits; tell what the custody journal reports."""
    from store.evidence.attach import attach
    from store.text import clean_line
    from tui.cli.progress import Progress

    files = [typed_path(name) for name in args.attach]
    with Progress(_bytes(files), "Copying", quiet=args.json) as progress:
        attached = attach(
            workspace,
            draft,
            files,
            obtained=clean_line(args.obtained, what="how it was obtained"),
            derived_from=getattr(args, "derived_from", None),
            on_bytes=progress,
        )
    tell(*attached.notices)
    return attached.entry


def _bytes(files: list[Path]) -> int:
    """Return how much there is to copy; what cannot be read is told when it is."""
    total = 0
    for file in files:
        try:
            total += file.stat().st_size
        except (OSError, ValueError):
            continue
    return total


def refuse_unquoted(words: Sequence[str], now: datetime) -> None:
    """Raise UsageError where a date option's value and the word after it are a day together."""
    for option, value, stray in zip(words, words[1:], words[2:], strict=False):
        if option == "--":
            return
        typed = f"{value} {stray}"
        if option in _DAYS and not stray.startswith("-") and _is_day(typed, now):
            raise UsageError(
                f"{option} took '{value}' without '{stray}'",
                "",
                f'Put the date in quotes: {option} "{typed}"',
            )


def quoting(read: Callable[[], _T], typed: str) -> _T:
    """Return what `read` makes of a day; its UsageError advises quotes where words seem lost."""
    try:
        return read()
    except UsageError as error:
        if re.fullmatch(_BEGINNING, typed.strip(), re.IGNORECASE):
            error.remedy = 'Put a date of several words in quotes, such as "30 Nov"'
        raise


def _is_day(typed: str, now: datetime) -> bool:
    for read in (lambda: parse_day(typed, now.date()), lambda: parse_when(typed, now)):
        try:
            read()
        except UsageError:
            continue
        return True
    return False
