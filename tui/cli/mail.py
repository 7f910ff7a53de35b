"""`docket log --eml`: mails become entries, each with itself as an exhibit."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from store.dates import day_words
from store.entries import KINDS, Kind, kind_named
from store.errors import UsageError
from store.evidence.holds import claiming
from store.files import typed_path
from store.intake.mail_entries import Proposed, client_of, propose
from store.intake.mail_log import (
    LoggedMails,
    Mailbox,
    Posted,
    already,
    fresh,
    left_out,
    log_mails,
    proposed_of,
    read_mails,
)
from store.intake.mbox import sources_of
from store.text import clean_line, plural, size_words
from tui.cli.fields import kind_meant, said_beside
from tui.cli.output import read_back, say, say_json, tell
from tui.words.entry import about_words, entry_json
from tui.words.moments import logged

if TYPE_CHECKING:
    from tui.cli.context import Context

BY_ADDRESS = "@"
# Said of one mail; of several they would be said of the wrong ones.
_OF_ONE = ("on", "hours", "amount", "quote", "attach")
_PREVIEW = 5
_AS_MESSAGE = (
    "Logged as a message: give it a kind if it is one (disputed, promise, complaint ...), as in "
    "`docket move {} --kind complaint --reason WHY`."
)


def log_mail(args: Namespace, context: Context) -> int:
    """Log the mails in the file `args.eml`, all or none, or print what would be logged."""
    kind, words = _kind(args, context)
    client = None if args.client in (None, BY_ADDRESS) else _client(args.client, context)
    label = "Standard input" if args.eml == "-" else args.eml
    with (
        _opened(args.eml) as sources,
        read_mails(context.workspace, sources, label, args.skip) as box,
    ):
        if client is None:
            client = client_of(context.workspace, [one.mail for one in box.posted])
            context.touched.add(client)
        if box.many:
            _check_many(args, words)
        known = already(context.workspace, client, box.posted)
        new = fresh(box.posted, known)
        text = context.text(words)
        with context.keeping(client, text):
            said = {**said_beside(args, kind, context, client), "statement": text}
            if args.on:
                when = context.when(args.on)
                said |= {"occurred_at": when.at, "precision": when.precision}
            proposed = _proposed(args, context, client, box, new, kind.id, said)
            done = LoggedMails() if args.dry_run else _log(args, context, proposed)
    numbers = sorted(known.values())
    if args.json:
        made = [proposed_json(*one) for one in proposed]
        logged = [entry_json(entry) for entry in done.entries]
        kept = {"proposed": made} if args.dry_run else {"logged": logged}
        say_json({**kept, "already": numbers})
    elif args.dry_run:
        _show(proposed)
    else:
        _acknowledge(context, done, as_message=not args.words)
    _tell_passed_over(client, numbers, len(box.posted) - len(new) - len(known))
    if box.doubt():
        tell(box.doubt())
    return 0


def _proposed(
    args: Namespace,
    context: Context,
    client: str,
    box: Mailbox,
    new: Sequence[Posted],
    kind: str,
    said: dict[str, Any],
) -> list[tuple[Proposed, Posted]]:
    """Return the entries to log; those that cannot be are refused by number, or told and left."""
    if not box.many:
        return [(propose(context.workspace, client, one.mail, kind, **said), one) for one in new]
    made, undated = proposed_of(context.workspace, client, new, kind, **said)
    bad = sorted([*box.bad, *undated])
    if bad and not args.skip_bad:
        raise left_out(bad, args.eml)
    for one in bad:
        tell(f"Left out: mail {one.number}. {one.error.what}: {one.error.why}.")
    return made


def _client(typed: str, context: Context) -> str:
    try:
        return context.client(typed)
    except UsageError as error:
        if kind := kind_named(typed, context.workspace.config.kinds):
            error.remedy = f"Before a kind goes a client, or @: docket log @ {kind.id} --eml FILE"
        raise


def _kind(args: Namespace, context: Context) -> tuple[Kind, list[str]]:
    if args.obtained and not args.attach:
        raise UsageError("No file is attached", "--obtained is about one", "Add --attach FILE")
    if not args.words:
        return KINDS["message"], []
    kind, words = kind_meant(args.words, context.workspace.config.kinds)
    if words == ["-"] and args.eml == "-":
        raise UsageError("Text and mail cannot both be read from standard input", "", "Type one")
    return kind, words


def _check_many(args: Namespace, words: Sequence[str]) -> None:
    """Refuse what can only be meant for one mail where there are several."""
    given = ["TEXT"] * bool(words) + [f"--{name}" for name in _OF_ONE if getattr(args, name)]
    if given:
        raise UsageError(
            f"{args.eml} holds several mails", f"{given[0]} is said of one", "Log that one alone"
        )


@contextmanager
def _opened(file: str) -> Iterator[Iterable[BinaryIO]]:
    if file == "-":
        if sys.stdin.isatty():
            tell("Paste the mail with its headers; end it with Ctrl-D on a line of its own.")
        yield [sys.stdin.buffer]
        return
    with sources_of(_path(file)) as sources:
        yield sources


def _path(name: str) -> Path:
    return typed_path(name)


def _log(args: Namespace, context: Context, proposed: list[tuple[Proposed, Posted]]) -> LoggedMails:
    workspace, files = context.workspace, [_path(name) for name in args.attach]
    mail = "standard input" if args.eml == "-" else os.path.realpath(_path(args.eml))
    if not (files and proposed):
        return log_mails(workspace, proposed, [mail])
    first, posted = proposed[0]
    with claiming(workspace.root, first.draft.client) as exhibits:
        obtained = clean_line(args.obtained, what="how it was obtained")
        kept = tuple(exhibits.keep(file, obtained=obtained) for file in files)
        with_them = first.draft.model_copy(update={"exhibits": kept})
        both = [(replace(first, draft=with_them), posted)]
        return log_mails(workspace, both, [mail, *map(os.path.realpath, files)])


def _acknowledge(context: Context, done: LoggedMails, *, as_message: bool) -> None:
    for entry in done.entries:
        say(logged(entry))
        name = context.workspace.docket(entry.client).name
        say(read_back(name, about_words(entry), entry.statement))
    tell(*done.notices)
    if done.entries and as_message:
        last = done.entries[-1]
        tell(_AS_MESSAGE.format(f"{last.client}#{last.seq}"))


def _show(proposed: Sequence[tuple[Proposed, Posted]]) -> None:
    for one, posted in proposed:
        draft = one.draft
        at = draft.occurred_at
        hour = f" {at:%H:%M}" if draft.precision == "minute" else ""
        say(f"{draft.client} {draft.called or draft.kind}, {day_words(at)}{hour}")
        for line in draft.statement.splitlines():
            say(f"  {line}")
        for quote in draft.quotes:
            lines = [line for line in quote.text.splitlines() if line.strip()]
            more = " …" if len(lines) > _PREVIEW else ""
            who = "I" if quote.by == "me" else quote.by
            say(f"  {who} wrote: {' / '.join(lines[:_PREVIEW])}{more}")
        say(f"  exhibit: {one.exhibit_name}, {size_words(posted.size)}")
        for file in posted.mail.files:
            say(f"  exhibit: {file.file_name}, {size_words(file.size)}, attached to it")


def proposed_json(one: Proposed, posted: Posted) -> dict[str, Any]:
    """Return an entry that a mail would make, with the exhibits it would have."""
    exhibit = {"name": one.exhibit_name, "sha256": posted.sha256, "size": posted.size}
    files = [{"name": file.file_name, "size": file.size} for file in posted.mail.files]
    return {**one.draft.model_dump(mode="json"), "exhibits": [exhibit, *files]}


def _tell_passed_over(client: str, numbers: Sequence[int], doubled: int) -> None:
    if numbers:
        named = ", ".join(f"{client}#{number}" for number in numbers)
        tell(f"On the docket already, so not logged again: {named}.")
        tell("Another kind for one of them: `docket move CLIENT#N --kind KIND --reason WHY`.")
    if doubled > 0:
        tell(f"{plural(doubled, 'mail')} stood there twice, and counted once.")
