"""The gut question: asked before the score is shown, so that the score cannot answer it."""

from __future__ import annotations

from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from store.decision import VERDICT, VERDICTS
from store.private.model import Gut
from tui.bindings import bindings_for


class GutQuestion(Widget, can_focus=True):
    """Asks once; posts Answered with the answer, or None when it is skipped."""

    DEFAULT_CSS = """
    GutQuestion { height: 1fr; padding: 2 2; }
    """
    BINDINGS = bindings_for("gut")

    class Answered(Message):
        """The gut spoke, or was skipped."""

        def __init__(self, answer: Gut | None) -> None:
            super().__init__()
            self.answer = answer

    def render(self) -> Content:
        """Return the question and its keys."""
        pieces: list[str | tuple[str, str]] = [("What does your gut say?", "bold"), "\n\n"]
        for number, verdict in enumerate(VERDICTS, start=1):
            pieces += [(f"  {number}", "bold"), f"   {VERDICT[verdict].words}\n"]
        pieces += [("\n  0", "bold"), "   skip the question\n\n"]
        note = "The score stays hidden until you answer or skip. Your answer is private, and kept."
        return Content.assemble(*pieces, (note, "dim"))

    def action_answer(self, given: Gut) -> None:
        """Say what the gut said."""
        self.post_message(self.Answered(given))

    def action_skip(self) -> None:
        """Do not answer."""
        self.post_message(self.Answered(None))
