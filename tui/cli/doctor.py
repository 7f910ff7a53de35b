"""`docket doctor`: looks for trouble in the workspace, and names the remedy of each."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from store.errors import DocketError
from store.text import plural
from tui.cli.output import say, say_json
from tui.cli.parsing import Parser, Verb, add_flag, add_json
from tui.words import one_line

if TYPE_CHECKING:
    from store.upkeep.doctor import Diagnosis
    from tui.cli.context import Context


def _arguments(parser: Parser) -> None:
    add_flag(parser, "--fix", "set the modes of files and folders; nothing else")
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    from store.upkeep.doctor import set_mode

    found = [(trouble, args.fix and set_mode(trouble)) for trouble in troubles(context)]
    left = [trouble for trouble, fixed in found if not fixed]
    if args.json:
        say_json([_as_json(trouble, fixed=fixed) for trouble, fixed in found])
    else:
        for trouble, fixed in found:
            say(one_line(f"{trouble.what}. {'Put right' if fixed else trouble.remedy}."))
    if left:
        many = plural(len(left), "thing")
        hint = "See the list above"
        if any(trouble.mode is not None for trouble in left) and not args.fix:
            hint += "; `docket doctor --fix` sets the modes"
        raise DocketError(f"Found {many} to look at in {context.root}", "", hint)
    if not args.json:
        say(f"{context.root}: nothing{' more' * bool(found)} to look at")
    return 0


def troubles(context: Context) -> Iterator[Diagnosis]:
    """Yield everything in the workspace that needs a look, the user's keys included."""
    from store.places import Places
    from store.settings.config import read_settings
    from store.upkeep.doctor import diagnosed, examine, in_settings
    from tui.keys import check_keys, keys_passed

    yield from examine(context.root, context.clock)
    found = read_settings(Places(context.root).config)  # of which doctor lists what others tell
    if found.wrong:
        return  # said already
    try:
        check_keys(found.config.keys)
    except DocketError as error:
        yield diagnosed(error)
    for one in keys_passed(found.config.keys):
        yield in_settings(Places(context.root), one)


def _as_json(trouble: Diagnosis, *, fixed: bool) -> dict[str, object]:
    return {
        "what": trouble.what,
        "remedy": trouble.remedy,
        "fixable": trouble.mode is not None,
        "fixed": fixed,
    }


VERBS = {
    "doctor": Verb(
        _arguments,
        _run,
        """\
docket doctor
docket doctor --fix""",
        notes="Exit status 1 says that there is something to look at.",
    )
}
