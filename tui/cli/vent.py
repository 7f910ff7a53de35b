"""`docket vent`: a page to write it all on, which is gone when it is left."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from tui.cli.output import tell
from tui.cli.parsing import Parser, Verb

if TYPE_CHECKING:
    from tui.cli.context import Context


def _arguments(parser: Parser) -> None:
    """Take no words: whatever is typed in a shell stays in its history."""


def _run(args: Namespace, context: Context) -> int:
    status = context.open_app(None)
    tell("It is gone. The real letter: docket next says which, docket letter CLIENT KIND writes it")
    return status


VERBS = {
    "vent": Verb(
        _arguments,
        _run,
        "docket vent",
        notes="What is typed there stays in memory until the page is left: no file, no draft, no\n"
        "clipboard, no editor, no core dump, and no workspace is opened. What cannot be promised:\n"
        "the machine's swap, and a terminal that writes a log of its own.",
    )
}
