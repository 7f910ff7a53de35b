"""The registry of verbs: the module each one lives in, and its line in `docket --help`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tui.cli.parsing import Verb


class ListedVerb(NamedTuple):
    """One verb as it is listed; `module` names a module of tui.cli that has it in its VERBS."""

    module: str
    line: str


GROUPS: dict[str, dict[str, ListedVerb]] = {
    "Log": {
        "new": ListedVerb("new", "begin a client's docket"),
        "welcome": ListedVerb("welcome", "the sheet of first contact: fill it in, send it"),
        "log": ListedVerb("log", "log what happened"),
        "invoice": ListedVerb("money", "log a bill you sent"),
        "pay": ListedVerb("money", "log money that came in"),
        "credit": ListedVerb("credit", "log a credit note: an invoice asks for less"),
        "discount": ListedVerb("credit", "log a discount they took for paying early"),
        "writeoff": ListedVerb("credit", "log that you let go of what is left of an invoice"),
        "refund": ListedVerb("credit", "log money you sent back"),
        "instalments": ListedVerb("money", "log that they pay in parts, each by its day"),
        "returned": ListedVerb("credit", "log that a payment was taken back by their bank"),
        "dispute": ListedVerb("rates", "log what they say is not owed of an invoice"),
        "rate": ListedVerb("rates", "log what late payment costs them: interest, fixed sums"),
        "ask": ListedVerb("waiting", "log something you asked the client for"),
        "answer": ListedVerb("waiting", "log the answer to a request"),
        "promise": ListedVerb("waiting", "log a promise, or what came of it"),
        "repair": ListedVerb("repair", "put something right: one useful act, with a day"),
        "outcome": ListedVerb("outcome", "log whether a step helped"),
        "hours": ListedVerb("work", "log time spent"),
        "timer": ListedVerb("timer", "measure the time you work for a client"),
        "deliver": ListedVerb("work", "log work you handed over"),
        "accept": ListedVerb("outcome", "log that they accepted something"),
        "handover": ListedVerb("handover", "log what you give back: accounts, keys, files"),
        "amend": ListedVerb("correct", "correct an entry; the original stays readable"),
        "add": ListedVerb("correct", "add a fact to an entry"),
        "attach": ListedVerb("attach", "add files to an entry as exhibits"),
        "void": ListedVerb("correct", "withdraw an entry; it stays readable"),
        "move": ListedVerb(
            "correct", "mend a wrong client or kind: withdraw it, log it anew there"
        ),
        "import": ListedVerb("importing", "log chats, time sheets, bank statements, JSON Lines"),
    },
    "Look": {
        "clients": ListedVerb("clients", "list your clients and how they stand"),
        "portfolio": ListedVerb(
            "portfolio", "clients, gravest first, with share of income and runway"
        ),
        "card": ListedVerb("card", "one client on a page: what is agreed, owed and open"),
        "show": ListedVerb("show", "show a docket, or one entry of it"),
        "find": ListedVerb("find", "find entries on every docket by words, kind, day"),
        "items": ListedVerb("items", "the work item by item: rounds, approvals, trifles"),
        "access": ListedVerb("access", "accounts and leave: asked, granted, withheld, given back"),
        "drafts": ListedVerb("drafts", "what you typed and did not log: list, print, throw away"),
        "exhibits": ListedVerb("exhibits", "list the files kept as evidence, or copy one out"),
    },
    "Decide": {
        "next": ListedVerb("next", "what to do next, for whom and by when"),
        "checkin": ListedVerb("checkin", "note how a client makes you feel (private)"),
        "ladder": ListedVerb("ladder", "the steps of asking for money: by place, and yours"),
        "letter": ListedVerb("letter", "the words for a step, filled from the docket"),
        "decide": ListedVerb("decide", "is the client more than the work?"),
        "vent": ListedVerb("vent", "write it all, furiously; nothing of it is kept"),
        "decisions": ListedVerb("decisions", "your past decisions, and what followed (private)"),
    },
    "Hand over": {
        "record": ListedVerb("record", "write the record for a dispute"),
        "statement": ListedVerb("statement", "write the statement of account, with interest"),
        "time": ListedVerb("time", "where the time went, by week: done, waited for them, for me"),
        "exit": ListedVerb("leaving", "leave a client, point by point"),
        "report": ListedVerb("report", "write the final report to the client"),
        "export": ListedVerb("export", "hand dockets on to other programs: tables, ledgers"),
        "anchor": ListedVerb("anchor", "note where a docket stands, to leave with somebody"),
        "verify": ListedVerb("verify", "check a record, a docket or the whole workspace"),
    },
    "Look after": {
        "demo": ListedVerb("demo", "try the app on a throw-away sample workspace"),
        "me": ListedVerb("me", "say who you are, as records print it"),
        "doctor": ListedVerb("doctor", "look for trouble in the workspace, with remedies"),
        "backup": ListedVerb("backup", "copy the workspace into one file, checked"),
        "pack": ListedVerb("pack", "hand one docket to a colleague, as a file"),
        "unpack": ListedVerb("pack", "take a docket from such a file, or what was added to it"),
        "restore": ListedVerb("backup", "put a backup into an empty workspace"),
        "server": ListedVerb("server", "share a workspace on a PostgreSQL server: who may do what"),
        "erase": ListedVerb("erase", "remove everything about one client"),
        "help": ListedVerb("help", "the verbs, a verb, or a topic in more words"),
        "keys": ListedVerb("keys", "list the app's keys, or the kinds of entry"),
        "policy": ListedVerb("policy", "print the settings in force, with what each does"),
        "schema": ListedVerb("importing", "print the JSON Schema of a line to import"),
        "completion": ListedVerb("completion", "print completion for bash, zsh or fish"),
    },
}

VERBS: dict[str, ListedVerb] = {
    name: listed for group in GROUPS.values() for name, listed in group.items()
}

OPEN_VERBS = ("card", "show", "log", "help", "keys")
"""The verbs that can print what both sides know, and no more."""


def load(name: str) -> Verb:
    """Return the verb `name`, importing its module only."""
    verbs: dict[str, Verb] = import_module(f"tui.cli.{VERBS[name].module}").VERBS
    return verbs[name]
