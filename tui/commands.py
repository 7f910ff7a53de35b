"""The registry of actions: bindings, footer, palette, help and the README all read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PLACES = {
    "everywhere": "Everywhere",
    "main": "Clients, log and entry",
    "gut": "Gut question",
    "decision": "Decision",
    "card": "A client's card",
    "entries": "What is behind a line",
    "entry": "One entry",
    "portfolio": "Portfolio",
    "steps": "What to do next",
    "leaving": "Leaving a client",
    "letter": "The letter of a step",
    "letter-text": "Changing a letter",
    "past": "Past decisions",
    "choice": "Writing down a decision",
    "exception": "Making an exception",
    "find": "Find in all dockets",
    "record": "Record",
    "checkin": "Check-in",
    "correct": "Amend, add or void",
    "welcome": "Welcome sheet",
    "repair": "Putting something right",
    "capture": "Quick capture",
    "two-keys": "Two-key check-in",
    "vent": "Vent pad",
    "drafts": "What you typed and did not log",
}
ABOUT_ALL = ("portfolio", "steps", "vent")
"""Places that are about all clients, or about none."""
DIGITS = tuple("0123456789")
"""The keys that rate, where they are typed."""


@dataclass(frozen=True, slots=True)
class Command:
    """One action: its keys (first the one to show), and the places where it applies.

    A key is a character or one of Textual's names, such as `escape` or `ctrl+s`. It stands in the
    footer of all its places, or only of those `footer_in`.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    where: tuple[str, ...] = ("main",)
    footer: bool = False
    footer_in: tuple[str, ...] = ()

    @property
    def action(self) -> str:
        """What a screen does for it, as Textual calls that: `ways_out`, or `step(1)`."""
        return _SHARED.get(self.id) or self.id.replace("-", "_")


_BEHIND = ("card", "entries", "entry")
_TOLD = ("main", "decision", "portfolio", "steps", "leaving", "past", "record", "drafts")
_OPENED = (*_TOLD, *_BEHIND)
_READING = (*_OPENED, "letter")
_CARDED = (*(place for place in _READING if place not in ("card", "drafts")), "gut")
_ONE, _WHOLE = ("main", "entry"), ("entry",)
_LETTERED = ("main", "decision", "card", "steps", "leaving")
_LINES = (*_READING, "checkin", "find")
_PAGES = (*_READING, "find")
_FORMS = ("choice", "exception", "correct", "welcome", "repair", "letter-text")
_ANSWERS = ("gut", "choice")
_TYPED = (*_FORMS, "capture")
_SHARED = {
    "new-client": "log('new ')",
    "mail": "app.mail",
    "drafts": "app.drafts",
    "decide": "show('decision')",
    "portfolio": "show('portfolio')",
    "steps": "show('steps')",
    "find-all": "app.find_all",
    "decisions": "show('past')",
    "record": "show('record')",
    "checkin": "show('checkin')",
    "welcome": "show('welcome')",
    "pane-left": "app.pane(-1)",
    "pane-right": "app.pane(1)",
    "pane-clients": "go_to('clients')",
    "pane-log": "go_to('log')",
    "pane-entry": "go_to('entry')",
    "down": "step(1)",
    "up": "step(-1)",
    "top": "edge(False)",
    "bottom": "edge(True)",
    "page-down": "page(1)",
    "page-up": "page(-1)",
    "half-down": "page(0.5)",
    "half-up": "page(-0.5)",
    "next-decision": "app.to_decide(1)",
    "previous-decision": "app.to_decide(-1)",
    "amend": "correct('amend')",
    "extend": "correct('add')",
    "void": "correct('void')",
    "keep-checkin": "save",
    "go-back": "app.turn(-1)",
    "go-forward": "app.turn(1)",
    "undo": "app.undo",
    "repeat": "app.repeat",
    "vent": "app.ask_first('vent')",
    "leave": "app.ask_first('leaving')",
    "card": "app.card",
    "editor": "app.editor",
    "letter": "show('letter')",
    "write-mail": "write",
    "judge-right": "judge('yes')",
    "judge-partly": "judge('partly')",
    "judge-not": "judge('no')",
    "answer-keep": "answer('keep')",
    "answer-bounds": "answer('set-boundaries')",
    "answer-stop": "answer('stop-work')",
    "answer-leave": "answer('walk-away')",
    "for-court": "make_for('court')",
    "for-platform": "make_for('platform')",
    "for-mediator": "make_for('mediator')",
    "for-own": "make_for('own')",
    "for-public": "make_for('public')",
    "for-statement": "make_for('statement')",
    "for-report": "make_for('report')",
    "html-page": "with('html')",
    "sign": "with('sign')",
}
"""What is done for a command whose method is not called as it is: several share one."""
MOVES = ("down", "up", "top", "bottom", "page-down", "page-up", "half-down", "half-up")
"""The commands that move a list, which is on every screen that is read."""

TO_DECIDE = ("next-decision", "previous-decision")

COMMANDS: tuple[Command, ...] = (
    Command(
        "log", ("n",), "log", "log an entry: one line, read back as you type", ("everywhere",), True
    ),
    Command("repeat", (".",), "repeat", "log the last line again: it opens, to be changed"),
    Command("new-client", ("+",), "add client", "start a docket for a new client", ("everywhere",)),
    Command("mail", ("M",), "log mail", "log a mail, or an mbox, from its file"),
    Command(
        "decide",
        ("d",),
        "decide",
        "is this client more than the work?",
        ("main", "portfolio", "card"),
        footer=True,
    ),
    Command("portfolio", ("p",), "portfolio", "all clients, gravest first, with share of income"),
    Command(
        "decisions",
        ("h",),
        "past",
        "your past decisions against what followed",
        ("main", "decision", "card"),
    ),
    Command(
        "next",
        ("s",),
        "next step",
        "what to do next, ready to be logged once it is done",
        ("main", "decision", "steps", "card", "entry", "letter"),
        footer=True,
    ),
    Command(
        "steps",
        ("N",),
        "next steps",
        "what to do next, for all clients, by day",
        ("main", "decision", "portfolio", "card"),
    ),
    Command("letter", ("l",), "letter", "the letter that says it, filled in", _LETTERED, True),
    Command("snooze", ("W",), "wait", "put the step off: a day and a reason", ("steps",), True),
    Command("hold", ("Z",), "hold", "put off all about the client", ("steps",)),
    Command("fill-in", ("f",), "fields", "say what the letter lacks", ("letter",), True),
    Command("edit-letter", ("a",), "amend", "change its words here", ("letter",), True),
    Command("letter-editor", ("o",), "editor", "change its words in $EDITOR", ("letter",)),
    Command("better", ("B",), "better", "take the better sentence", ("letter",)),
    Command("write-mail", ("w",), "write", "write it as the draft of a mail", ("letter",), True),
    Command("mailer", ("O",), "mailer", "open the draft in your mailer", ("letter",)),
    Command(
        "record",
        ("x",),
        "record",
        "write the record for a dispute",
        ("main", "decision", "card"),
        True,
    ),
    Command("card", ("c",), "card", "one client on a page: agreed, owed, open, next", _CARDED),
    Command(
        "across",
        ("tab", "left", "right"),
        "other lines",
        "to the other column, or the next line around the entry",
        ("card", "entry"),
    ),
    Command("leave", ("E",), "leave", "leave the client, point by point", ("main", "decision")),
    Command(
        "vent",
        ("V",),
        "vent pad",
        "write it all, furiously; nothing of it is kept",
        ("main", "decision", "card"),
    ),
    Command(
        "checkin",
        ("i",),
        "check-in",
        "how you feel about them: private, never exported",
        ("main", "decision", "two-keys", "card"),
    ),
    Command(
        "welcome",
        ("I",),
        "welcome",
        "the welcome sheet: what both sides said at first",
        ("main", "card"),
    ),
    Command("timer", ("C",), "timer", "begin to measure your hours for the client, or log them"),
    Command("find", ("/",), "find", "show only what fits: words, kind:K, since:D, #N", footer=True),
    Command("next-decision", ("]", "J"), "next ◆", "to the next client that needs a decision"),
    Command(
        "previous-decision", ("[", "K"), "last ◆", "to the client before that needs a decision"
    ),
    Command(
        "zoom",
        ("z",),
        "zoom",
        "give the whole screen to the pane, or give it back",
        ("main", "record"),
        footer_in=("record",),
    ),
    Command("find-all", ("F",), "find all", "find words in all dockets", _READING, True),
    Command("go-there", ("enter",), "go there", "show the entry on its docket", ("find",), True),
    Command("pane-clients", ("1",), "clients", "go to the clients"),
    Command("pane-log", ("2",), "log pane", "go to the log"),
    Command("pane-entry", ("3",), "entry", "go to the entry"),
    Command("pane-left", ("left",), "pane left", "go to the pane before"),
    Command("pane-right", ("right",), "pane right", "go to the pane after"),
    Command("down", ("j", "down"), "down", "one line down", _LINES),
    Command("up", ("k", "up"), "up", "one line up", _LINES),
    Command("top", ("g", "home"), "top", "to the first line", _READING),
    Command("bottom", ("G", "end"), "bottom", "to the last line", _READING),
    Command("page-down", ("pagedown", "space"), "page down", "one page down", _PAGES),
    Command("page-up", ("pageup",), "page up", "one page up", _PAGES),
    Command("half-down", ("ctrl+d",), "half down", "half a page down", _READING),
    Command("half-up", ("ctrl+u",), "half up", "half a page up", _READING),
    Command(
        "go-back", ("<", "ctrl+o"), "go back", "to where you were before, as in a browser", _READING
    ),
    Command("go-forward", (">",), "go on", "and from there back to where you came from", _READING),
    Command("open", ("enter",), "open", "open what the cursor is on", _OPENED),
    Command("repair", ("R",), "repair", "begin to put right what the entry is about", _ONE),
    Command(
        "amend",
        ("a",),
        "amend",
        "correct the entry; the original stays readable",
        _ONE,
        footer_in=("entry",),
    ),
    Command("extend", ("e",), "add to", "add a fact to the entry", _ONE, False, _WHOLE),
    Command("void", ("v",), "void", "withdraw the entry; it stays readable", _ONE, False, _WHOLE),
    Command(
        "mark",
        ("T",),
        "mark",
        "mark entries: v withdraws all, a tags them, x lists them first; esc clears",
    ),
    Command("undo", ("u",), "undo", "withdraw the last entry you logged in this session"),
    Command(
        "drafts", ("D",), "drafts", "what you typed and did not log: open it, or throw it away"
    ),
    Command(
        "discard", ("delete", "backspace"), "throw away", "throw the text away", ("drafts",), True
    ),
    Command(
        "copy",
        ("y",),
        "copy",
        "copy the entry to your own clipboard (OSC 52)",
        _READING,
        footer_in=("entry", "entries"),
    ),
    Command("editor", ("o",), "editor", "write the entry in $EDITOR"),
    Command(
        "whole", ("0",), "all", "everything it rests on, or only the answer", ("decision",), True
    ),
    Command("choose", ("w",), "write", "write down what you decide", ("decision", "card"), True),
    Command(
        "ways-out", ("b",), "ways out", "both ways out: solve it, or end it", ("decision",), True
    ),
    Command(
        "except",
        ("m",),
        "exception",
        "make an exception to the rule under the cursor",
        ("decision",),
    ),
    Command("trend", ("t",), "trend", "how the score moved", ("decision",)),
    Command("judge-right", ("1",), "right", "the decision was right", ("past",), True),
    Command("judge-partly", ("2",), "partly", "the decision was partly right", ("past",), True),
    Command("judge-not", ("3",), "not right", "the decision was not right", ("past",), True),
    Command(
        "all-clients",
        ("A",),
        "all",
        "decisions about all clients, or only this one",
        ("past",),
        True,
    ),
    Command("answer-keep", ("1",), "keep", "your answer: keep them as they are", _ANSWERS),
    Command("answer-bounds", ("2",), "set boundaries", "your answer: say what changes", _ANSWERS),
    Command("answer-stop", ("3",), "stop work", "your answer: stop until it is right", _ANSWERS),
    Command("answer-leave", ("4",), "walk away", "your answer: end it", _ANSWERS),
    Command(
        "skip", ("0", "enter"), "skip", "see the answer without asking your gut", ("gut",), True
    ),
    Command("rate", DIGITS, "to 9 rate", "how much, then the next line", ("checkin",)),
    Command("ten", ("*",), "ten", "10, then the next", ("checkin", "two-keys"), True),
    Command(
        "clear", ("backspace", "delete"), "clear", "leave it unsaid", ("checkin", "two-keys"), True
    ),
    Command("onward", ("space", "tab"), "next", "keep the line, go to the next", ("checkin",)),
    Command(
        "keep-checkin",
        ("enter", "ctrl+s", "f2"),
        "save",
        "keep the check-in on this machine",
        ("checkin", "two-keys"),
        True,
    ),
    Command("for-court", ("1",), "court", "a record without settlement talk", ("record",)),
    Command("for-platform", ("2",), "platform", "a record for a platform's desk", ("record",)),
    Command("for-mediator", ("3",), "mediator", "a record with settlement talk", ("record",)),
    Command("for-own", ("4",), "own", "a record for your own files", ("record",)),
    Command("for-public", ("5",), "facts", "a facts sheet for the public", ("record",)),
    Command("for-statement", ("6",), "statement", "a statement of account", ("record",)),
    Command("for-report", ("7",), "report", "the final report to the client", ("record",)),
    Command(
        "html-page",
        ("P",),
        "page",
        "a page to print beside it; again: as a PDF, A4 or letter",
        ("record",),
    ),
    Command("sign", ("S",), "sign", "sign the record with your SSH key", ("record",)),
    Command(
        "period", ("f",), "fields", "what it covers, withholds, and its folder", ("record",), True
    ),
    Command("write", ("w",), "write", "write the record, then verify it", ("record",), True),
    Command("save", ("ctrl+s", "f2"), "save", "save what the form holds", _FORMS, True),
    Command(
        "answer",
        DIGITS,
        "to 9 rate",
        "how much, once taken up: from them, from the work, dread or energy",
        ("two-keys",),
    ),
    Command("complete", ("tab",), "complete", "complete the word", ("capture", "find"), True),
    Command("kept", ("up",), "take back", "take what you typed before into the empty line", _TYPED),
    Command("new-line", ("ctrl+g", "shift+enter"), "line", "another line below it", ("capture",)),
    Command("palette", (":",), "commands", "every command, found by name", ("everywhere",)),
    Command("help", ("?", "f1"), "help", "the keys of this screen", ("everywhere",), True),
    Command("back", ("escape",), "back", "one level back; what you typed is kept", ("everywhere",)),
    Command(
        "cancel",
        ("ctrl+c",),
        "cancel",
        "close the line or the form, as esc does; it does not leave Docket",
        ("everywhere",),
    ),
    Command("name", (), "name", "who you are, as records and letters print it", ("everywhere",)),
    Command(
        "eyes",
        ("H", "f8"),
        "eyes",
        "show less while somebody looks along, or all again",
        ("everywhere",),
    ),
    Command("theme", (), "theme", "choose the colours: try each, keep one", ("everywhere",)),
    Command(
        "suspend",
        ("ctrl+z",),
        "suspend",
        "back to the shell for now; fg comes back",
        ("everywhere",),
    ),
    Command(
        "redraw",
        ("ctrl+r", "f5"),
        "redraw",
        "draw the screen anew, where something else wrote on it",
        ("everywhere",),
    ),
    Command("quit", ("q",), "quit", "leave; drafts are kept", ("everywhere",), True),
)

OPENLY = frozenset(
    {
        *("log", "card", "find", "zoom", "open", "copy", "complete", "across", *MOVES),
        *("pane-clients", "pane-log", "pane-entry", "pane-left", "pane-right"),
        *("palette", "help", "back", "cancel", "eyes", "theme", "suspend", "quit"),
    }
)
"""The commands that work while somebody looks along: nothing else is known to show little."""

BY_ID: Mapping[str, Command] = {command.id: command for command in COMMANDS}


def commands_in(place: str) -> list[Command]:
    """Return the commands that apply in `place`, those that apply everywhere last."""
    here = [command for command in COMMANDS if place in command.where]
    everywhere = [command for command in COMMANDS if "everywhere" in command.where]
    return here if place == "everywhere" else [*here, *everywhere]


def works_openly(action: str) -> bool:
    """Whether `action` may be done while somebody looks along; what is no command's may."""
    meant = [command.id for command in COMMANDS if command.action == action]
    return not meant or not OPENLY.isdisjoint(meant)
