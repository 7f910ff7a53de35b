"""Begins to put something right: one useful act with a day, and an apology that names the thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from textual.app import ComposeResult
from textual.widgets import Input, Static

from store.dates import day_in_full, parse_day
from store.drafts import Kept
from store.entries import Entry
from store.errors import DocketError, about_field
from store.overview.standing import scene_of
from store.playbook.repair import Offer, begun, opening
from store.text import top_line
from store.tone.sent import apology_words
from store.workspace import Workspace
from tui.bindings import keys_for
from tui.safe_text import content
from tui.screens.form import FormField, FormScreen, LineInput
from tui.screens.parts import Heading, Say
from tui.widgets.hints import Hints
from tui.words.entry import paragraphs_of

_HOW = (
    "Begin with the smallest useful act, and a day. Say sorry for the thing by its name. It stays"
    " a next step until you log what came of it."
)


class RepairScreen(FormScreen[Entry]):
    """Asks for the act, its day, the apology; dismissed with the offer as logged, or None."""

    DEFAULT_CSS = """
    RepairScreen #stands { height: auto; padding: 1 1; }
    RepairScreen #how { height: auto; padding: 1 1; color: $dim; text-style: $dim-style; }
    """
    BINDINGS = keys_for("repair")
    PLACE = "repair"

    def __init__(
        self, workspace: Workspace, client: str, seq: int, taken: Kept | None = None
    ) -> None:
        super().__init__(workspace, client, f"repair-{seq}")
        self.taken = taken
        self.docket = workspace.docket(client)
        found = self.docket.find(seq)
        if found is None or not found.counts:
            raise DocketError(f"{client}#{seq} is withdrawn", "", "Choose another entry")
        self.entry = found.entry

    def compose(self) -> ComposeResult:
        """Yield what went wrong, the fields, and the line for errors."""
        yield Heading(f"Put #{self.entry.seq} right", self.docket.name)
        said = top_line(self.entry.statement)
        first = opening(scene_of(self.docket, self.workspace))
        yield Static(content("\n".join(filter(None, (said, first)))), id="stands")
        yield FormField("act", LineInput("act", example="the smallest useful thing"))
        yield FormField("by", LineInput("by", example="fri, or +2d"))
        yield FormField("apology", LineInput("apology", example="I am sorry that I …"))
        yield FormField("why", LineInput("why", example="only where two repairs did not help"))
        yield Static(id="reading")
        yield Static(content(_HOW), id="how")
        yield Say()
        yield Hints("repair", self.workspace.config.keys)

    def on_mount(self) -> None:
        """Start at the act."""
        if self.taken is not None:
            self.draft.fill(self, self.taken)
        else:
            self.query_one(Say).hint(self.draft.offered_words())
        self.query_one("#act", Input).focus()
        self.read_back()

    @property
    def untouched(self) -> dict[str, str]:
        """Nothing."""
        return {"act": "", "by": "", "apology": "", "why": ""}

    def subject(self) -> Iterator[str]:
        """Yield the entry as it stands now."""
        one = self.workspace.docket(self.client).find(self.entry.seq)
        return (part.text for part in paragraphs_of(one)) if one else iter(())

    def reading(self) -> str:
        """Return how the day is read, and what takes the apology back."""
        given = self.given
        day = parse_day(given["by"], self.docket.today) if given["by"].strip() else None
        told = [f"done by {day_in_full(day)}"] if day else []
        return "\n".join(told + apology_words(given["apology"], self.docket.profile.language))

    def save(self, given: Mapping[str, str]) -> Entry:
        """Log the apology and the offer."""
        with about_field("by"):
            day = parse_day(given["by"], self.docket.today) if given["by"].strip() else None
        offer = Offer(given["act"], day, given["apology"], given["why"], self.docket.today)
        told = begun(self.docket, offer)
        link = {"rel": "about", "seq": self.entry.seq, "id": self.entry.id}
        more = {"links": [link], "visibility": self.entry.visibility}
        drafts = [
            self.workspace.draft(self.client, kind, text, data=data, **more)
            for kind, (text, data) in told.items()
        ]
        return self.workspace.append(self.client, drafts)[-1]
