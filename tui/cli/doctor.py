"""`docket doctor`: looks for trouble in the workspace, and names the remedy of each."""

from __future__ import annotations

import shutil
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from store.errors import DocketError
from tui.cli.output import say, say_json
from tui.cli.parsing import Parser, Verb, add_json
from tui.cli.verify import check_docket, check_exhibits

if TYPE_CHECKING:
    from tui.cli.context import Context

LOW_DISK = 50 * 2**20
_OTHERS = 0o077


class Trouble(NamedTuple):
    """One finding and what to do about it."""

    what: str
    remedy: str


def _arguments(parser: Parser) -> None:
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    found = list(troubles(context))
    if args.json:
        say_json([trouble._asdict() for trouble in found])
    else:
        for trouble in found:
            say(f"{trouble.what}. {trouble.remedy}.")
    if found:
        many = "1 thing" if len(found) == 1 else f"{len(found)} things"
        raise DocketError(f"Found {many} to look at in {context.root}", "", "See the list above")
    if not args.json:
        say(f"{context.root}: nothing to look at")
    return 0


def troubles(context: Context) -> Iterator[Trouble]:
    """Yield everything in the workspace that needs a look, the gravest kinds first."""
    try:
        workspace = context.workspace
        clients = workspace.client_ids()
    except DocketError as error:
        yield _named(error)
        return
    for client in clients:
        yield from _docket(context, client)
    yield from _settings(context)
    yield from _torn(context.root)
    yield from _rights(context.root)
    yield from _disk(context.root)


def _docket(context: Context, client: str) -> Iterator[Trouble]:
    path = context.workspace.path(client)
    try:
        chain = check_docket(path)
        for finding in chain.findings:
            yield Trouble(f"{client}: {finding}", f"Restore {path} from a backup; change nothing")
        exhibits = check_exhibits(context, client)
    except DocketError as error:
        yield _named(error)
        return
    for finding in exhibits.findings if exhibits else ():
        yield Trouble(
            finding, "Restore it from a backup, or attach the file again with a new entry"
        )


def _settings(context: Context) -> Iterator[Trouble]:
    from tui.commands import check_keys

    try:
        check_keys(context.workspace.config.keys)
    except DocketError as error:
        yield _named(error)
    try:
        context.workspace.private.of("")
    except DocketError as error:
        yield _named(error)


def _torn(root: Path) -> Iterator[Trouble]:
    for path in sorted((root / "clients").glob("*.torn-*")):
        yield Trouble(
            f"{path.name} holds an entry that was broken off while it was written",
            "Read it, log again what it says, then delete it",
        )
    for path in sorted((root / "drafts").glob("unsent-*.txt")):
        yield Trouble(f"{path} holds text that was never logged", "Log it, then delete the file")


def _rights(root: Path) -> Iterator[Trouble]:
    for path in (root, *sorted(root.rglob("*"))):
        try:
            mode = path.lstat().st_mode
        except FileNotFoundError:
            continue  # another session has just replaced it
        if mode & _OTHERS and not path.is_symlink():
            yield Trouble(f"Others can get at {path}", f"chmod go= '{path}'")
        if path.is_symlink():
            yield Trouble(f"{path} is a symbolic link", "Put the file itself there")


def _disk(root: Path) -> Iterator[Trouble]:
    free = shutil.disk_usage(root).free
    if free < LOW_DISK:
        yield Trouble(f"Only {free // 2**20} MB are free for {root}", "Free some space")


def _named(error: DocketError) -> Trouble:
    what = f"{error.what}: {error.why}" if error.why else error.what
    return Trouble(what.rstrip("."), error.remedy.rstrip(".") or "Put that right")


VERBS = {
    "doctor": Verb(
        _arguments,
        _run,
        "docket doctor",
        notes="Exit status 1 says that there is something to look at.",
    )
}
