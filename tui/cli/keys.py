"""`docket keys`: the app's keys from their registry, or the kinds of entry from theirs."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from store.entries import KINDS
from tui.cli.cells import line_width, table
from tui.cli.output import say, say_json
from tui.cli.parsing import Parser, Verb, add_json

if TYPE_CHECKING:
    from tui.cli.context import Context


_Table = tuple[tuple[str, ...], list[tuple[str, ...]]]


def _arguments(parser: Parser) -> None:
    parser.add_argument("--kinds", action="store_true", help="list the kinds of entry instead")
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    head, rows = _kinds() if args.kinds else _keys()
    if args.json:
        say_json([dict(zip(head, row, strict=True)) for row in rows])
        return 0
    for line in table(head, rows, shrink=len(head) - 1, cells=line_width()):
        say(line)
    return 0


def _kinds() -> _Table:
    rows: list[tuple[str, ...]] = [(kind.id, kind.group, kind.help) for kind in KINDS.values()]
    return ("kind", "group", "help"), rows


def _keys() -> _Table:
    from tui.commands import COMMANDS, PLACES, key_name

    rows: list[tuple[str, ...]] = [
        (
            " ".join(map(key_name, command.keys)),
            command.id,
            command.help,
            ", ".join(PLACES[place] for place in command.where),
        )
        for command in COMMANDS
    ]
    return ("keys", "id", "help", "where"), rows


VERBS = {
    "keys": Verb(
        _arguments,
        _run,
        """\
docket keys
docket keys --kinds""",
        notes="To change a key, name its id under [keys] in the workspace's config.toml.",
    )
}
