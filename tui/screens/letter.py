"""The letter of a step, filled from the docket: read, changed, handed on, and logged once sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

from textual.app import ComposeResult

from store.drafts import Kept
from store.entries import Channel
from store.errors import DocketError, UsageError
from store.overview.standing import scene_of
from store.playbook.letters import Letter
from store.playbook.letters.facts import spoken_to
from store.playbook.letters.filling import Prepared, prepared
from store.playbook.letters.sorts import FACTS
from store.playbook.letters.tone import letter_hints
from store.playbook.money import asked_of_letter
from store.playbook.step import NextStep
from store.text import clean_line
from store.tone.sent import Hint, bettered
from store.workspace import Workspace
from tui.bindings import keys_for
from tui.keys import key_shown
from tui.screens.form import FormKeeper
from tui.screens.letter_rows import letter_rows
from tui.screens.letter_text import LetterTextScreen, letter_fields
from tui.screens.parts import Heading, ListScreen
from tui.screens.rows import RowList
from tui.shell.shell import shell_of
from tui.widgets.ask import AskBar, Prompt
from tui.widgets.bar import BarSlot
from tui.widgets.hints import Hints
from tui.widgets.message import copy_in
from tui.words.letter import (
    LINE,
    changed,
    gaps_filled,
    lacks,
    reworded,
    to_keep,
    unmarked,
    what_follows,
    written,
)
from tui.words.moments import logged

if TYPE_CHECKING:
    from store.evidence.attach import Attached

_CALLED: Final = "phone-script"
_LONG: Final = 20_000
"""Letters of a text that is looked at beside the screen."""
_OTHERS: Final = ", ".join(get_args(Channel))


class LetterScreen(ListScreen[None]):
    """Shows one letter as it would be sent; the places of what it lacks show so."""

    BINDINGS = keys_for("letter")
    PLACE = "letter"

    def __init__(self, workspace: Workspace, step: NextStep, taken: Kept | None = None) -> None:
        super().__init__(workspace)
        self.step = step
        self.client = step.client
        self.taken = taken
        self.docket = workspace.docket(step.client)
        self.called = self.docket.name
        self.scene = scene_of(self.docket, workspace)
        self.said: dict[str, str] = {}
        self.amended = False
        self.letter, self.facts = self._filled()
        self.draft: Path | None = None
        self._found: tuple[Letter, tuple[Hint, ...]] | None = None
        self.keeper = FormKeeper(self, workspace, f"letter-{step.letter}", step.client)

    def compose(self) -> ComposeResult:
        """Yield the heading, the letter and the hints."""
        yield Heading(self.step.what, f"to {self.called}", "Docket sends nothing")
        yield RowList(id="letter")
        yield Hints("letter", self.workspace.config.keys)
        yield BarSlot()

    def on_mount(self) -> None:
        """Show it, and ask for what it lacks once it stands there."""
        self.reading.focus()
        self.lay_out()
        if self.taken is not None:
            self.call_after_refresh(self._change, self.taken)
        elif self.letter.missing:
            self.call_after_refresh(self.action_fill_in)

    async def action_fill_in(self) -> None:
        """Ask for what the letter lacks, one after another; what is left empty stays open."""
        if not self.letter.missing:
            self.tell("It lacks nothing. y copies it.")
            return
        asked = {name: Prompt(FACTS[name]) for name in self.letter.missing}
        await shell_of(self).open_bar(AskBar(asked, "", self._take))

    def _take(self, said: dict[str, str]) -> None:
        self.said |= {name: text for name, text in said.items() if text}
        if own := to_keep(said):
            self.workspace.set_texts(
                {name: clean_line(text, what="what you said") for name, text in own.items()}
            )
            self.tell("Kept: later letters have it too. `docket me` changes it.")
        now, self.facts = self._filled()
        self._show(gaps_filled(self.letter, self.facts) if self.amended else now)

    def _filled(self) -> Prepared:
        own, code = self.workspace.places.letters, spoken_to(self.scene)
        return prepared(self.scene, self.step.letter, self.step.about, code, self.said, own)

    def _show(self, now: Letter) -> None:
        self.letter = now
        self.draft = None  # what was written to a file are other words
        if self.amended:
            self.keeper.keep_fields(letter_fields(now))
        self.lay_out()

    def action_edit_letter(self) -> None:
        """Change the words here."""
        self._change(None)

    def _change(self, taken: Kept | None) -> None:
        def left(now: Letter | None) -> None:
            if now is not None:
                self.amended = True
                self._show(now)
                self.tell(f"Changed.{_lacking(now, self.workspace.config.keys)}")

        form = LetterTextScreen(self.workspace, self.client, self.called, self.letter, taken)
        self.app.push_screen(form, left)

    def action_letter_editor(self) -> None:
        """Change the words in the user's editor."""
        found = shell_of(self).edited(unmarked(written(self.letter)))
        self.amended = True
        self._show(changed(self.letter, found))
        self.tell(f"As you left it in the editor.{_lacking(self.letter, self._own)}")

    def action_better(self) -> None:
        """Put the better sentence of the finding under the cursor in the place of its own."""
        row = self.reading.current if isinstance(self.reading, RowList) else None
        found = self._hints or ()
        if row is None or not row.about:
            self.tell("There is nothing to look at again." if not found else "Go to a finding: j")
            return
        hint = found[int(row.about) - 1]
        if not hint.better:
            self.tell(f"{key_shown('edit-letter', self._own)} changes it: {hint.why}")
            return
        before = unmarked(self.letter.body[slice(*hint.whole)])
        self.amended = True
        self._show(reworded(self.letter, self.letter.subject, bettered(self.letter.body, hint)))
        self.tell(f"It stands for “{before.rstrip(' .')}”.{_open_places(hint.better)}")

    @property
    def _hints(self) -> tuple[Hint, ...] | None:
        """What to look at again in the letter as it is now; None until a long one was read."""
        letter = self.letter
        if self._found is None or self._found[0] is not letter:
            look = partial(letter_hints, letter, self.docket)
            if len(letter.body) > _LONG:
                give_up = partial(self._take_hints, letter, ())
                shell_of(self).dockets.beside(
                    "Reading", look, partial(self._take_hints, letter), give_up
                )
                return None
            self._found = letter, look()
        return self._found[1]

    def _take_hints(self, letter: Letter, found: tuple[Hint, ...]) -> None:
        if self.is_mounted and letter is self.letter:
            self._found = letter, found
            self.lay_out()

    @property
    def _own(self) -> Mapping[str, str]:
        return self.workspace.config.keys

    def action_copy(self) -> None:
        """Copy the letter to the clipboard of the user's own terminal."""
        lacking = _lacking(self.letter, self._own)
        copy_in(self, self.letter.text, more=f"Nothing is sent, and nothing is logged.{lacking}")

    async def action_write(self) -> None:
        """Write it as the draft of a mail."""
        await self._ask_where("Write the draft to", lambda path: f"Written to {path}.")

    async def action_mailer(self) -> None:
        """Open the draft in the user's mailer; it is written first where it is not yet."""
        if self.draft is None:
            await self._ask_where("Write the draft for your mailer to", self._handed_over)
        else:
            self.tell(self._handed_over(self.draft))

    async def _ask_where(self, what: str, then: Callable[[Path], str]) -> None:
        usual = f"~/{self.client}-{self.letter.kind}.eml"

        def done(said: dict[str, str]) -> None:
            self.draft = self._written(said["path"] or usual)
            self.tell(then(self.draft))

        await shell_of(self).open_bar(AskBar({"path": Prompt(what, usual)}, "", done))

    def _written(self, name: str) -> Path:
        from store.correspondence.draft_mail import as_mail, thread_about
        from store.correspondence.out import write_out
        from store.correspondence.sent import subject_of

        about = self.step.about or subject_of(self.letter)
        thread = thread_about(self.workspace, self.docket, about)
        mail = as_mail(self.letter, self.docket, self.workspace.config, thread)
        return write_out(self.workspace, name, mail)

    def _handed_over(self, draft: Path) -> str:
        from store.correspondence.mailer import hand_over

        called = hand_over(self.workspace.config, draft)
        return f"{called} has it: send it there, then log it ({key_shown('next', self._own)})."

    async def action_next(self) -> None:
        """Log that it was sent: by which way is asked."""
        from store.correspondence.sent import log_sent

        if self.letter.missing:
            raise DocketError("The letter has gaps", f"it lacks {lacks(self.letter)}", "")
        usual = "phone" if self.letter.kind == _CALLED else "email"
        question = Prompt("You sent it: by which way", f"{usual}, or {_OTHERS}", _channel)

        def done(said: dict[str, str]) -> None:
            channel, more = said["channel"] or usual, said.get("more", "")
            letter, about, text = self.letter, self.step.about, written(self.letter)
            log = partial(log_sent, self.workspace, self.docket, letter, about, text, self.facts)
            log = partial(log, channel=channel, more=more)
            shell_of(self).saves.do(self.client, log, self._logged)

        asked = {"channel": question}
        if guard := asked_of_letter(self.scene, self.letter.step):
            behind = "what you say is logged behind it; enter alone logs it as it is"
            asked["more"] = Prompt("Before a stop", behind, told=guard)
        await shell_of(self).open_bar(AskBar(asked, "", done))

    def _logged(self, attached: Attached) -> None:
        self.keeper.clear()
        entry = attached.entry
        after = what_follows(self.letter, entry)
        said = f"{logged(entry)}, with its text as exhibit."
        self.tell(" ".join(filter(None, (said, *attached.notices, after))))

    def action_back(self) -> None:
        """Leave; a letter that was changed and not logged is kept as a draft."""
        if self.keeper.closed():
            self.dismiss(None)

    def on_unmount(self) -> None:
        """Keep what was changed and not logged."""
        self.keeper.end()

    def lay_out(self) -> None:
        """Lay the letter out for the width there is."""
        room = min(LINE, self.reading.room)
        found = self._hints
        if found is None:
            return
        self.query_one(Heading).rule.show([(unmarked(self.letter.subject), "bold")])
        self.reading.show(letter_rows(self.letter, found, room, key_shown("better", self._own)))


def _channel(typed: str) -> None:
    if typed and typed not in get_args(Channel):
        raise UsageError(f"'{typed[:20]}' is no way to send it", "", f"Type {_OTHERS}")


def _open_places(better: str) -> str:
    return " What stands in brackets is yours to say." if "[" in better else ""


def _lacking(found: Letter, own: Mapping[str, str]) -> str:
    said = lacks(found)
    return f" It still lacks {said}: press {key_shown('fill-in', own)}." if said else ""


def step_of(workspace: Workspace, client: str, kind: str = "") -> NextStep:
    """Return the next step that a letter of that kind says, by default the first that has one.

    Where none says it, a step of today's that stands for the letter alone. DocketError where no
    kind is asked for, and no step has a letter.
    """
    from store.playbook.next_steps import next_steps

    docket = workspace.docket(client)
    steps = [one for one in next_steps(scene_of(docket, workspace)) if one.letter]
    fitting = [one for one in steps if kind in ("", one.letter)]
    if fitting:
        return fitting[0]
    if not kind:
        raise DocketError("No next step has a letter", "", "`docket letter` has all there are")
    return NextStep(client, docket.today, kind.replace("-", " "), "", kind, letter=kind)
