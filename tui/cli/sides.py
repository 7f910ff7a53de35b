"""Asks in a terminal for what the table of parties lacks, before a record is written."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from store.errors import UsageError
from tui.cli.output import tell
from tui.words.moments import logged

if TYPE_CHECKING:
    from store.records.review.sides import Lacking
    from tui.cli.context import Context


def ask_sides(context: Context, client: str, purpose: str) -> None:
    """Ask for each thing that is lacking, once; what was answered until a break is kept."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return
    from store.records.review.sides import HOW_ASKED, TWO_SIDED, keep, to_ask

    if purpose not in TWO_SIDED:
        return
    found = to_ask(context.workspace, context.workspace.docket(client))
    if not found:
        return
    tell(HOW_ASKED)
    answers: dict[Lacking, str] = {}
    try:
        for one in found:
            answer = _answer(one)
            if answer is None:
                break
            answers[one] = answer
    finally:
        if amended := keep(context.workspace, client, answers):
            tell(logged(amended))


def _answer(one: Lacking) -> str | None:
    """Return what was typed for it, asked again until it can be kept; None where input ends."""
    while True:
        tell(f"{one.question}:")
        typed = sys.stdin.readline()
        if not typed:
            return None
        try:
            return one.answer(typed)
        except UsageError as error:
            tell(str(error))
