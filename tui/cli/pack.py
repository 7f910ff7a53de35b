"""`docket pack` and `docket unpack`: one docket handed over as a file, and taken back."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from store.files import typed_path
from store.text import plural
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import Parser, Verb, add_client, add_json
from tui.words import one_line

if TYPE_CHECKING:
    from store.upkeep.pack import Unpacked
    from tui.cli.context import Context


def _pack_arguments(parser: Parser) -> None:
    add_client(parser)
    parser.add_argument("-o", "--output", metavar="FILE", required=True, help="a new file")
    add_json(parser)


def _pack(args: Namespace, context: Context) -> int:
    from store.upkeep.pack import pack

    client = context.client(args.client)
    written = pack(context.workspace, client, Path(args.output))
    (docket,) = written.manifest.dockets
    if args.json:
        file = {"file": str(written.path), "size": written.size, "sha256": written.sha256}
        say_json({**file, **docket.model_dump(), "exhibits": written.manifest.exhibits})
        return 0
    held = plural(docket.entries, "entry", "entries"), plural(written.manifest.exhibits, "exhibit")
    say(one_line(f"{written.path}: {client}, {', '.join(held)}, head {docket.head}"))
    say(f"sha256 {written.sha256}")
    tell("It holds internal and settlement entries too, and is not encrypted; nothing private.")
    return 0


def _unpack_arguments(parser: Parser) -> None:
    parser.add_argument("file", metavar="FILE", help="what `docket pack` wrote, or a backup")
    parser.add_argument("client", metavar="CLIENT", nargs="?", default="", help="which, of several")
    add_json(parser)


def _unpack(args: Namespace, context: Context) -> int:
    from store.upkeep.pack import unpack
    from store.workspace import Workspace

    workspace = Workspace.create(context.root, clock=context.clock)
    came = unpack(workspace, typed_path(args.file), args.client)
    if args.json:
        say_json(came._asdict())
        return 0
    say(_told(came))
    tell(*came.notices)
    return 0


def _told(came: Unpacked) -> str:
    exhibits = f", {plural(came.exhibits, 'exhibit')}" if came.exhibits else ""
    if came.added < 0:
        ahead = plural(-came.added, "entry", "entries")
        return f"{came.client}: nothing new; the docket here has {ahead} more"
    if not came.added:
        return f"{came.client}: nothing new{exhibits}"
    entries = plural(came.added, "entry", "entries")
    how = "a new docket" if came.begun else "taken on"
    return f"{came.client}: {entries}{exhibits}, {how}"


VERBS = {
    "pack": Verb(
        _pack_arguments,
        _pack,
        "docket pack acme -o acme.zip",
        notes="For a colleague who goes on with it: `docket unpack` and `docket pack` there, then\n"
        "`docket unpack` here takes what was added. Only one side may log meanwhile: where\n"
        "both did, the dockets part, and neither is taken into the other.",
    ),
    "unpack": Verb(
        _unpack_arguments,
        _unpack,
        "docket unpack acme.zip",
        notes="Every byte, the chain and the exhibits are checked first. A docket that is not\n"
        "there begins; one that is goes on. A backup will do as well: name the client then.",
    ),
}
