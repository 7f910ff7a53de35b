"""The registry of verbs: the module each one lives in, and its line in `docket --help`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tui.cli.parsing import Verb


class Listed(NamedTuple):
    """One verb as it is listed; `module` names a module of tui.cli that has it in its VERBS."""

    module: str
    line: str


GROUPS: dict[str, dict[str, Listed]] = {
    "Log": {
        "new": Listed("new", "begin a client's docket"),
        "welcome": Listed("welcome", "the sheet of first contact: fill it in, send it"),
        "log": Listed("log", "log what happened"),
        "invoice": Listed("money", "log a bill you sent"),
        "pay": Listed("money", "log money that came in"),
        "dispute": Listed("rates", "log what they say is not owed of an invoice"),
        "rate": Listed("rates", "log what late payment costs them: interest, fixed sums"),
        "ask": Listed("waiting", "log something you asked the client for"),
        "answer": Listed("waiting", "log the answer to a request"),
        "promise": Listed("waiting", "log a promise, or what came of it"),
        "repair": Listed("repair", "put something right: one useful act, with a day"),
        "outcome": Listed("outcome", "log whether a step helped"),
        "hours": Listed("work", "log time spent"),
        "timer": Listed("timer", "measure the time you work for a client"),
        "deliver": Listed("work", "log work you handed over"),
        "accept": Listed("outcome", "log that they accepted something"),
        "handover": Listed("handover", "log what you give back: accounts, keys, files"),
        "amend": Listed("correct", "correct an entry; the original stays readable"),
        "add": Listed("correct", "add a fact to an entry"),
        "attach": Listed("attach", "add files to an entry as exhibits"),
        "void": Listed("correct", "withdraw an entry; it stays readable"),
        "move": Listed("correct", "mend a wrong client or kind: withdraw it, log it anew there"),
        "import": Listed("importing", "log entries from JSON Lines files"),
    },
    "Look": {
        "clients": Listed("clients", "list your clients and how they stand"),
        "portfolio": Listed("portfolio", "clients, gravest first, with share of income and runway"),
        "show": Listed("show", "show a docket, or one entry of it"),
        "find": Listed("show", "find entries on every docket by words, kind, day"),
        "items": Listed("items", "the work item by item: rounds, approvals, trifles"),
        "drafts": Listed("drafts", "what you typed and did not log: list, print, throw away"),
        "exhibits": Listed("exhibits", "list the files kept as evidence, or copy one out"),
    },
    "Decide": {
        "next": Listed("next", "what to do next, for whom and by when"),
        "checkin": Listed("checkin", "note how a client makes you feel (private)"),
        "ladder": Listed("ladder", "the steps of asking for money: by place, and yours"),
        "letter": Listed("letter", "the words for a step, filled from the docket"),
        "decide": Listed("decide", "is the client more than the work?"),
        "decisions": Listed("decisions", "your past decisions, and what followed (private)"),
    },
    "Hand over": {
        "record": Listed("record", "write the record for a dispute"),
        "statement": Listed("statement", "write the statement of account, with interest"),
        "time": Listed("time", "where the time went, by week: done, waited for them, for me"),
        "report": Listed("report", "write the final report to the client"),
        "anchor": Listed("anchor", "note where a docket stands, to leave with somebody"),
        "verify": Listed("verify", "check a record, a docket or the whole workspace"),
    },
    "Look after": {
        "demo": Listed("demo", "try the app on a throw-away sample workspace"),
        "me": Listed("me", "say who you are, as records print it"),
        "doctor": Listed("doctor", "look for trouble in the workspace, with remedies"),
        "backup": Listed("backup", "copy the workspace into one file, checked"),
        "restore": Listed("backup", "put a backup into an empty workspace"),
        "erase": Listed("erase", "remove everything about one client"),
        "help": Listed("help", "the verbs, a verb, or a topic in more words"),
        "keys": Listed("keys", "list the app's keys, or the kinds of entry"),
        "policy": Listed("policy", "print the settings in force, with what each does"),
        "schema": Listed("importing", "print the JSON Schema of a line to import"),
        "completion": Listed("completion", "print completion for bash, zsh or fish"),
    },
}

VERBS: dict[str, Listed] = {
    name: listed for group in GROUPS.values() for name, listed in group.items()
}


def load(name: str) -> Verb:
    """Return the verb `name`, importing its module only."""
    verbs: dict[str, Verb] = import_module(f"tui.cli.{VERBS[name].module}").VERBS
    return verbs[name]
