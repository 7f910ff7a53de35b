"""`docket me`: who you are, as records and letters print it; kept in `config.toml`."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from store.text import clean_line
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import Parser, Verb, add_json

if TYPE_CHECKING:
    from tui.cli.context import Context

_SAID = {
    "author": "name",
    "address": "address",
    "email": "email",
    "phone": "phone",
    "tax_id": "tax id",
}


def _arguments(parser: Parser) -> None:
    parser.add_argument(
        "name", metavar="NAME", nargs="*", help="your name, as it should stand in records"
    )
    parser.add_argument("--address", metavar="A", help="your address; '' takes it away again")
    parser.add_argument("--email", metavar="E", help="your e-mail address")
    parser.add_argument("--phone", metavar="P", help="your telephone number")
    parser.add_argument("--tax-id", metavar="T", help="your tax number")
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    typed = {name: getattr(args, name) for name in ("address", "email", "phone", "tax_id")}
    typed["author"] = " ".join(args.name) if args.name else None
    texts = {
        name: clean_line(text, what=f"the {_SAID[name]}")
        for name, text in typed.items()
        if text is not None
    }
    if texts:
        from store.workspace import Workspace

        Workspace.create(context.root, clock=context.clock).set_texts(texts)
    config = context.settings.checked()
    told = {said: str(getattr(config, name)) for name, said in _SAID.items()}
    if args.json:
        say_json({said.replace(" ", "_"): text or None for said, text in told.items()})
        return 0
    for said, text in told.items():
        if text:
            say(f"{said + ':':<9}{text}")
    if not config.author:
        tell('Your name is not set. Set it with `docket me "Your name"`: records print it.')
    return 0


VERBS = {
    "me": Verb(
        _arguments,
        _run,
        """\
docket me "Jo Ek"
docket me --email jo@ek.example --address "1 Main Street, Leeds" --tax-id "GB 123 4567 89\"""",
        notes="What you logged before keeps the name it was signed with.",
    )
}
