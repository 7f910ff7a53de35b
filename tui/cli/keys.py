"""`docket keys`: the app's keys from their registry, or the kinds of entry from theirs."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from typing import TYPE_CHECKING

from store.capture.guide import EXAMPLES, MARKS, guide_lines
from store.entries import KINDS, Own
from tui.cli.output import say, say_json
from tui.cli.parsing import Parser, Verb, add_json
from tui.text import line_width, table

if TYPE_CHECKING:
    from tui.cli.context import Context


def _arguments(parser: Parser) -> None:
    lists = parser.add_mutually_exclusive_group()
    lists.add_argument("--kinds", action="store_true", help="list the kinds of entry instead")
    lists.add_argument("--marks", action="store_true", help="list what a captured line may hold")
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    if args.marks:
        return _say_marks(args)
    if args.kinds:
        head, rows = ("kind", "group", "help"), _kinds(context.settings.checked().kinds)
    else:
        head, rows = ("keys", "id", "help"), _keys(context.settings.config.keys)
    if args.json:
        say_json([dict(zip(head, row, strict=True)) for row in rows])
        return 0
    say(*table(head, rows, shrink=2, cells=line_width(), cut=False))
    if head[0] == "keys":
        from tui.keys import preset_words

        say(*filter(None, [preset_words(context.settings.config.keys)]))
    return 0


def _say_marks(args: Namespace) -> int:
    if args.json:
        say_json({"marks": [sign._asdict() for sign in MARKS], "lines": list(EXAMPLES)})
        return 0
    say(*guide_lines())
    return 0


def _kinds(own: Own) -> list[tuple[str, str, str]]:
    mine = [
        (word, KINDS[like].group, f"counts as {like}: {KINDS[like].help}")
        for word, like in own.items()
    ]
    return [*((kind.id, kind.group, kind.help) for kind in KINDS.values()), *mine]


def _keys(own: Mapping[str, str]) -> list[tuple[str, str, str]]:
    from tui.commands import COMMANDS, PLACES
    from tui.keys import key_name, key_shown, keys_of

    rows = []
    for command in COMMANDS:
        keys = " ".join(map(key_name, keys_of(command, own))) or key_shown(command.id, own)
        where = ", ".join(PLACES[place].lower() for place in command.where)
        at_once = {"main", "everywhere"} & set(command.where)
        rows.append((keys, command.id, command.help + ("" if at_once else f" ({where})")))
    return rows


VERBS = {
    "keys": Verb(
        _arguments,
        _run,
        """\
docket keys
docket keys --kinds
docket keys --marks""",
        notes="To change a key, name its id under [keys] in the workspace's config.toml. A word\n"
        "of your own for a kind of incident goes under [kinds] (`docket policy` shows how).",
    )
}
