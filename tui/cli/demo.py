"""`docket demo`: the app on a sample workspace that is gone afterwards, or that workspace alone."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tui.cli.output import say
from tui.cli.parsing import Parser, Verb

if TYPE_CHECKING:
    from tui.cli.context import Context


def _arguments(parser: Parser) -> None:
    parser.add_argument("--into", metavar="DIR", help="only write it to this new or empty folder")


def _run(args: Namespace, context: Context) -> int:
    from store.sample import write_sample
    from store.workspace import Workspace

    if args.into:
        folder = Path(args.into).expanduser().absolute()
        write_sample(folder, context.clock())
        say(f"The sample workspace is in {folder}; open it with docket --workspace {folder}")
        return 0
    with TemporaryDirectory(prefix="docket-demo-") as temporary:
        folder = Path(temporary) / "demo"

        def sample() -> Workspace:
            write_sample(folder, context.clock())
            return Workspace.open(folder, clock=context.clock)

        return context.open_app(sample)


VERBS = {
    "demo": Verb(
        _arguments,
        _run,
        """\
docket demo
docket demo --into sample""",
    )
}
