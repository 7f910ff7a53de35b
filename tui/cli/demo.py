"""`docket demo`: the app on a sample workspace that is gone afterwards, or that workspace alone."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from argparse import Namespace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from store.files import typed_path
from tui.cli.output import say, tell
from tui.cli.parsing import Parser, Verb

if TYPE_CHECKING:
    from tui.cli.context import Context


def _arguments(parser: Parser) -> None:
    parser.add_argument("--into", metavar="DIR", help="only write it to this new or empty folder")


def _run(args: Namespace, context: Context) -> int:
    from store.sample import write_sample
    from store.workspace import Workspace

    if args.into:
        folder = typed_path(args.into).absolute()
        write_sample(folder, context.clock())
        say(f"The sample workspace is in {folder}; open it with docket --workspace {folder}")
        return 0
    with TemporaryDirectory(prefix="docket-demo-") as temporary:
        folder = Path(temporary) / "demo"

        def sample() -> Workspace:
            write_sample(folder, context.clock())
            return Workspace.open(folder, clock=context.clock)

        status = context.open_app(sample)
    tell("That was a sample, and it is gone. Your own begins with your first client:")
    tell(f'  {called()} new "Your client"')
    tell(f"It will be kept in {context.root}.")
    return status


def called() -> str:
    """Return how this very program is called from a shell: by name where that finds it."""
    if os.environ.get("UV_RUN_RECURSION_DEPTH"):  # uv puts it on the PATH for its own time only
        return "uv run docket"
    path = Path(sys.argv[0])
    if path.name == "__main__.py":
        return shlex.join([sys.executable, "-m", path.parent.name])
    found = shutil.which(path.name)
    same = found is not None and path.exists() and Path(found).samefile(path)
    return path.name if same else shlex.quote(sys.argv[0])


VERBS = {
    "demo": Verb(
        _arguments,
        _run,
        """\
docket demo
docket demo --into sample""",
    )
}
