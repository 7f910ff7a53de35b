"""`docket letter`: the words for a step, filled from the docket, to change, hand on and log."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, get_args

from store.docket.subject import typed_subject
from store.entries import Channel
from store.errors import DocketError, UsageError, plain_words
from store.files import typed_path
from store.languages import parse_language
from store.overview.standing import scene_of
from store.playbook.letters import Letter, letter_kinds
from store.playbook.letters.facts import spoken_to
from store.playbook.letters.filling import prepared
from store.playbook.letters.sorts import FACTS, SITUATIONS
from store.playbook.letters.tone import letter_hints
from store.text import TEXT_LIMIT, clean
from store.tone.sent import hint_words
from tui.cli.output import copy, say, say_isolated, say_json, tell
from tui.cli.parsing import (
    Parser,
    Verb,
    add_client,
    add_flag,
    add_json,
    add_on,
    add_set,
    values_set,
)
from tui.text import wrap
from tui.words import copied
from tui.words.letter import (
    LINE,
    changed,
    how_to_fill,
    kept_apart,
    proposals,
    rests,
    unmarked,
    what_follows,
    written,
)
from tui.words.moments import logged

if TYPE_CHECKING:
    from store.docket import Docket
    from store.languages.wording import NamedFact
    from store.playbook.scene import Scene
    from store.playbook.step import NextStep
    from tui.cli.context import Context

_CALLED: Final = "phone-script"


class _Asked(NamedTuple):
    """The letter that is meant: what it is about, and the facts it was filled with."""

    scene: Scene
    about: str
    facts: Mapping[str, NamedFact]
    letter: Letter


def _arguments(parser: Parser) -> None:
    add_client(parser)
    kinds = [kind for kind in letter_kinds() if kind not in SITUATIONS.values()]
    parser.add_argument(
        "letter",
        metavar="KIND",
        nargs="?",
        help=f"{', '.join(kinds)}, no ({', '.join(SITUATIONS.values())}); without it, that of the"
        " next step",
    )
    parser.add_argument("--about", default="", metavar="N", help="the invoice, or the entry's #N")
    parser.add_argument("--lang", metavar="L", help="default: the language of the client")
    add_set(parser, "a fact it asks for, such as new_date='20 December 2026'")
    add_flag(parser, "--edit", "change it in $EDITOR first")
    add_flag(parser, "--copy", "copy it to the clipboard of your own terminal (OSC 52)")
    parser.add_argument("--eml", metavar="FILE", help="write it as the draft of a mail")
    add_flag(parser, "--mailer", "open the draft in the mailer of config.toml")
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="write it to a file; .html as a page"
    )
    parser.add_argument(
        "--check", metavar="FILE", help="look over the tone of a text of your own; `-` is stdin"
    )
    add_flag(parser, "--sent", "you have sent it: log the step, the text as its exhibit")
    parser.add_argument("--channel", choices=get_args(Channel), help="with --sent: by which way")
    add_on(parser, "with --sent: when")
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    if args.mailer and not args.eml:
        raise UsageError("The mailer opens a file", "", "Say where to write it: --eml FILE")
    if (args.on or args.channel) and not args.sent:
        raise UsageError("Nothing is logged", "--on and --channel belong to --sent", "")
    if args.check is not None:
        return _check(args, context)
    asked = _asked(args, context)
    tell(*asked.letter.doubts)
    found = asked.letter
    if args.edit:
        from tui.editing import edited_text

        found = changed(found, edited_text(context.workspace.drafts, unmarked(written(found))))
        asked, context.typed = asked._replace(letter=found), written(found)
    hints = letter_hints(found, asked.scene.docket)
    if args.json:
        rests_on = [one._asdict() for one in found.rests_on]
        said = [one._asdict() for one in hints]
        say_json({**found._asdict(), "rests_on": rests_on, "hints": said})
    elif not args.output:
        say_isolated(*_lines(found))
    _tell_about(found, args)
    tell(*map(hint_words, () if args.json else hints))
    with context.keeping(asked.scene.docket.client, context.typed):
        if args.sent:
            from store.correspondence.sent import refuse_gaps

            context.when(args.on)  # refused before anything is written
            refuse_gaps(found, written(found))
        _hand_on(args, context, asked)
        if args.sent:
            _log(args, context, asked)
    return 0


def _check(args: Namespace, context: Context) -> int:
    """Say what to look at again in a text of one's own, in the language of the client."""
    from store.playbook.letters.tone import text_hints

    docket = context.workspace.docket(context.client(args.client), context.today)
    scene = scene_of(docket, context.workspace)
    code = parse_language(args.lang) if args.lang else spoken_to(scene)
    text = context.text(("-",)) if args.check == "-" else _own_text(args.check)
    hints = text_hints(text, code, args.letter or "", docket)
    if args.json:
        say_json([one._asdict() for one in hints])
    else:
        say(*map(hint_words, hints))
        if not hints:
            tell("Nothing to look at again.")
    return 0


def _own_text(file: str) -> str:
    path = typed_path(file)
    try:
        with path.open("rb") as opened:
            return clean(opened.read(TEXT_LIMIT).decode("utf-8", "replace"))
    except OSError as error:
        raise DocketError(f"{file} cannot be read", *plain_words(error)) from error


def _asked(args: Namespace, context: Context) -> _Asked:
    """Return the letter that is asked for, filled."""
    from store.playbook.next_steps import next_steps

    docket = context.workspace.docket(context.client(args.client), context.today)
    scene = scene_of(docket, context.workspace)
    kind, about = args.letter, _about(args.about, docket)
    if kind is None:
        step = _first(next_steps(scene), about)
        kind, about = step.letter, about or step.about
    said = values_set(args.set)
    if unknown := [name for name in said if name not in FACTS]:
        raise UsageError(f"'{unknown[0]}' is no fact of a letter", "", f"Use {', '.join(FACTS)}")
    code = parse_language(args.lang) if args.lang else spoken_to(scene)
    found = prepared(scene, kind, about, code, said, context.workspace.places.letters)
    return _Asked(scene, about, found.facts, found.letter)


def _about(typed: str, docket: Docket) -> str:
    """Return what --about names as a step does: an invoice's number, or `#12`."""
    if not typed:
        return ""
    meant = docket.ledger.find(typed) or typed_subject(typed, docket)
    return f"#{meant}" if isinstance(meant, int) else meant.number


def _first(steps: tuple[NextStep, ...], about: str) -> NextStep:
    for step in steps:
        if step.letter and about in ("", step.about):
            return step
    known = ", ".join(letter_kinds())
    raise UsageError("No next step has a letter", f"there is {known}", "Name one of these")


def _lines(found: Letter) -> list[str]:
    return [f"Subject: {found.subject}", "", *kept_apart(wrap(found.body.rstrip(), LINE))]


def _tell_about(found: Letter, args: Namespace) -> None:
    """Say what the letter lacks, what it may also say, and what it rests on."""
    if args.json:
        return
    tell(*(f"It lacks {FACTS[name]}: {how_to_fill(name)}" for name in found.missing))
    tell(*(f"It may also say {FACTS[name]}: --set {name}=…" for name in found.choices))
    tell(*filter(None, [rests(found), proposals(found)]))


def _hand_on(args: Namespace, context: Context, asked: _Asked) -> None:
    """Write the letter to the files that are asked for, and copy it."""
    from store.correspondence.draft_mail import as_mail, as_page, thread_about
    from store.correspondence.mailer import hand_over
    from store.correspondence.out import write_out
    from store.correspondence.sent import subject_of

    found, workspace, docket = asked.letter, context.workspace, asked.scene.docket
    if args.output:
        page = Path(args.output).suffix.casefold() in (".html", ".htm")
        said = as_page(found) if page else "\n".join(_lines(found)) + "\n"
        tell(f"Written to {write_out(workspace, args.output, said.encode())}.")
    if args.eml:
        thread = thread_about(workspace, docket, asked.about or subject_of(found))
        draft = write_out(workspace, args.eml, as_mail(found, docket, workspace.config, thread))
        tell(f"Written to {draft}.")
        if args.mailer:
            called = hand_over(workspace.config, draft)
            tell(f"{called} has it: send it there, then log it with --sent.")
    if args.copy:
        copy("\n".join((found.subject, "", found.body)))
        tell(copied())


def _log(args: Namespace, context: Context, asked: _Asked) -> None:
    from store.correspondence.sent import log_sent
    from store.playbook.money import asked_of_letter

    found = asked.letter
    when = context.when(args.on)
    channel = args.channel or ("phone" if found.kind == _CALLED else "email")
    attached = log_sent(
        context.workspace,
        asked.scene.docket,
        found,
        asked.about,
        written(found),
        asked.facts,
        (when.at, when.precision),
        channel,
    )
    if guard := asked_of_letter(asked.scene, found.step):
        tell(guard)
    tell(*attached.notices)
    tell(f"{logged(attached.entry)}, with its text as exhibit.")
    tell(*filter(None, [what_follows(found, attached.entry)]))


VERBS = {
    "letter": Verb(
        _arguments,
        _run,
        """\
docket letter acme
docket letter acme stop-notice --about INV-42 --lang fi
docket letter acme final-demand --set next_measure='file a claim'
docket letter acme courtesy --eml note.eml
docket letter acme courtesy --set me='Jo Ek' --sent""",
        notes="Docket sends nothing. Letters of your own lie in the folder letters of the\n"
        "workspace, such as letters/fi/courtesy.txt, and go before those that ship.\n"
        "`--check FILE` looks over what you wrote yourself.",
    )
}
