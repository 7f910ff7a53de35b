"""The outbox on the command line: what waits for the server, sent, changed or dropped."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from store.entries.words import entry_named
from store.errors import UsageError
from store.journal.chain import NOT_YET
from store.journal.outbox import begun_words
from tui.cli.output import say, say_hanging, say_json, tell
from tui.words.entry import gist
from tui.words.moments import kind_called, typed_words
from tui.words.outbox import begun_json, state_words, waiting_json

if TYPE_CHECKING:
    from store.journal.outbox import Outbox, WaitingLine
    from tui.cli.context import Context


def run_outbox(args: Namespace, context: Context) -> int:
    """Do what `docket server outbox`, `send`, `edit` or `drop` says."""
    outbox = context.workspace.journals.outbox
    if outbox is None:
        raise UsageError("This workspace is not on a server", "nothing waits in it", "")
    if args.what == "outbox":
        _list(outbox, args, context)
    elif args.what == "send":
        return _send(outbox, args, context)
    else:
        from store.workspace.sending import drop_waiting, reword_waiting

        seq = NOT_YET + _meant(outbox, args.words[0], context).number
        if args.what == "drop":
            say(f"{drop_waiting(context.workspace, seq, args.reason)}.")
        else:
            text = context.text(args.words[1:])
            say(f"{reword_waiting(context.workspace, seq, text)}.")
    return 0


def _list(outbox: Outbox, args: Namespace, context: Context) -> None:
    waiting, begun = outbox.entries(), outbox.begun.values()
    if args.json:
        say_json([*map(begun_json, begun), *map(waiting_json, waiting)])
        return
    for docket in begun:
        say_hanging(f"{docket.client} {begun_words(docket)}.", "    ")
    if not waiting and not begun:
        say("Nothing waits: all that was logged here is on record.")
    entries = {
        entry.id: entry
        for client in sorted({one.client for one in waiting})
        for entry in context.workspace.journals.waiting(client)
    }
    for one in waiting:
        entry, name = entries[one.id], entry_named(one.client, NOT_YET + one.number)
        typed = typed_words(entry).removeprefix(", ")
        say_hanging(f"{name} {kind_called(entry)}, {typed}: {gist(entry)}", "    ")
        say_hanging(f"    {state_words(one)}", "    ")
        if one.remedy:
            say_hanging(f"    {one.remedy}", "    ")


def _send(outbox: Outbox, args: Namespace, context: Context) -> int:
    """Send all that waits, what was refused as well; 1 where something still waits."""
    if args.other:
        from store.workspace.begun import send_as

        client = context.workspace.find(args.words[0])
        tell(f"{send_as(context.workspace, client, args.other)}.")
    done = context.workspace.journals.deliver(context.workspace, again=True)
    sent = done.sent if done else ()
    left = [*map(begun_json, outbox.begun.values()), *map(waiting_json, outbox.entries())]
    if args.json:
        told = [{**waiting_json(one), "seq": seq} for one, seq in sent if one.is_entry]
        say_json({"sent": told, "waiting": left})
    elif not left and not sent and not (done and done.begun):
        say("Nothing waits: all that was logged here is on record.")
    return 1 if left else 0


def _meant(outbox: Outbox, word: str, context: Context) -> WaitingLine:
    if "~" not in word:
        raise UsageError(f"'{word}' names nothing that waits", "", "Write CLIENT~N, as acme~1")
    client, seq, _ = context.entry([word])
    found = outbox.find(seq)
    if found is None or found.client != client or not found.is_entry:
        raise UsageError(f"{word} does not wait", "", "See `docket server outbox`")
    return found
