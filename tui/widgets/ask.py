"""A bar that asks one short thing after another, and hands on what was said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from textual.app import ComposeResult
from textual.widgets import Static

from store.errors import DocketError
from tui.safe_text import content, plain
from tui.widgets.bar import Bar
from tui.widgets.line import BarLine

_KEYS = (("enter", "goes on"), ("esc", "closes"))


class Prompt(NamedTuple):
    """What is asked: as the title says it, with an example, and what refuses a wrong answer.

    `told` stands under the line: what the title has no room for.
    """

    words: str
    example: str = ""
    checked: Callable[[str], object] = str
    told: str = ""


class AskBar(Bar):
    """Asks `questions` in turn; `done` gets the answers by name once the last is given.

    What `checked` or `done` refuses is said under the line, and what was typed stays.
    """

    DEFAULT_CSS = """
    AskBar > #wrong { display: none; color: $heat3; }
    AskBar > #told { height: auto; padding: 0 1; }
    """

    def __init__(
        self,
        questions: Mapping[str, Prompt],
        whose: str,
        done: Callable[[dict[str, str]], None],
    ) -> None:
        self._left = list(questions.items())
        super().__init__(self._left[0][1].words, whose, _KEYS)
        self.whose = whose
        self.done = done
        self.answers: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """Yield the line to answer on, and what is wrong with the answer."""
        yield BarLine("", self._left[0][1].example)
        told = Static(content(self._left[0][1].told), id="told")
        told.display = bool(self._left[0][1].told)
        yield told
        yield Static(id="wrong")

    async def accept(self) -> None:
        """Take the answer, and ask on; hand on the answers after the last."""
        line = self.query_one(BarLine)
        name, question = self._left[0]
        answer = line.value.strip()
        try:
            question.checked(answer)
            if len(self._left) == 1:
                self.done({**self.answers, name: answer})
        except DocketError as error:
            self._refuse(str(error))
            return
        self.answers[name] = answer
        del self._left[0]
        if not self._left:
            await self.close()
            return
        self._refuse("")
        told = self.query_one("#told", Static)
        told.update(content(self._left[0][1].told))
        told.display = bool(self._left[0][1].told)
        line.value = ""
        line.placeholder = plain(self._left[0][1].example)
        self.entitle(self._left[0][1].words, self.whose, _KEYS)

    def _refuse(self, said: str) -> None:
        wrong = self.query_one("#wrong", Static)
        wrong.update(content(said))
        wrong.display = bool(said)
