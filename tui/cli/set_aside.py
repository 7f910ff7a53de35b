"""Sets a rule of the assessment aside from the command line: one internal entry (SEEDS row 28)."""

from __future__ import annotations

import re
from argparse import Namespace
from typing import TYPE_CHECKING

from store.errors import UsageError
from tui.cli.output import tell
from tui.words.moments import day_words

if TYPE_CHECKING:
    from tui.cli.context import Context


def set_aside(args: Namespace, context: Context, client: str) -> None:
    """Log the exception of `--except`, `--until` and `--why`; UsageError where none can be made.

    It has to be to a rule that speaks: an exception kept in stock would hide what is to come.
    """
    from store.decision import assess
    from store.exceptions import exception_draft

    rule = args.aside.strip().upper()
    if not re.fullmatch(r"R\d{1,2}", rule):
        raise UsageError(f"'{args.aside[:20]}' is no rule", "", "Write it as R1, R3 or R12")
    workspace = context.workspace
    until = context.day(args.until)
    assert until is not None
    docket = workspace.docket(client)
    found = assess(docket, workspace.private.of(client), workspace.config)
    for held in found.exceptions:
        if held.id == rule:
            raise UsageError(f"{rule} is set aside already", f"your exception {held.left}", "")
    speaking = [one.id for one in found.rules if one.says != "keep" and one.id != "R7"]
    if rule not in speaking:
        listed = f"{', '.join(speaking)} can be set aside" if speaking else "none asks for anything"
        raise UsageError(f"{rule} does not speak about {client}", listed, "See `docket decide`")
    with context.keeping(client, args.why):
        entry = workspace.log(exception_draft(workspace, client, rule, until, args.why))
    tell(f"{client}#{entry.seq}: an exception to {rule} until {day_words(until)}, internal.")
