"""What the table of parties lacks of either side: how it is asked for, and kept once said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple, Protocol

from store.docket import Docket
from store.entries import Entry
from store.entries.data import ClientData
from store.intake.amend import correct
from store.private.model import PartyField, Unstated
from store.settings.config import check_texts
from store.text import clean_line
from store.workspace import Workspace

TWO_SIDED: Final = frozenset({"court", "mediator", "platform"})
"""Whose record is of two sides, who have to be known to each other and to whoever judges."""
HOW_ASKED: Final = (
    "Leave it empty to leave it out: you are not asked again, and `--check` names it."
)
WAS_MISSING: Final = "It was missing"
_CALLED: Final[Mapping[PartyField, str]] = {
    "address": "address",
    "email": "e-mail address",
    "tax_id": "tax number",
}
_MINE: Final = ""
"""Whose what is left out of my own side is in the private file: nobody's."""


class OwnSide(Protocol):
    """How I am reached, as the config and the options of a record have it."""

    @property
    def address(self) -> str:
        """My address."""

    @property
    def email(self) -> str:
        """My e-mail address."""

    @property
    def tax_id(self) -> str:
        """My tax number."""


class Lacking(NamedTuple):
    """One thing that is not known of a side; `whose` is the name of the client, empty for mine."""

    field: PartyField
    whose: str = ""

    @property
    def words(self) -> str:
        """What is asked for of a side that is named beside it."""
        whose = "Their" if self.whose else "Your"
        return f"{whose} {_CALLED[self.field]}, as it should stand in records"

    @property
    def question(self) -> str:
        """What is asked for, with the name of the client where it is of theirs."""
        return (
            f"{self.whose}: {self.words[:1].lower()}{self.words[1:]}" if self.whose else self.words
        )

    def answer(self, typed: str) -> str:
        """Return what was typed as it is kept; UsageError where that cannot be."""
        text = clean_line(typed, what=f"the {_CALLED[self.field]}")
        if not self.whose:
            check_texts({self.field: text})
        return text


def side_gaps(me: OwnSide, docket: Docket) -> Iterator[Lacking]:
    """Yield what is not known of me, then of the client."""
    fields: tuple[PartyField, ...] = tuple(_CALLED)
    yield from (Lacking(name) for name in fields if not getattr(me, name))
    who = docket.profile
    yield from (Lacking(name, docket.name) for name in fields if not getattr(who, name))


def to_ask(workspace: Workspace, docket: Docket) -> list[Lacking]:
    """Return what is lacking, was not left out before, and can be said of them."""
    of, known = workspace.private.of, docket.shaped(ClientData)
    mine = {one.field for one in of(_MINE).unstated}
    theirs = {one.field for one in of(docket.client).unstated} if known else frozenset(_CALLED)
    found = side_gaps(workspace.config, docket)
    return [one for one in found if one.field not in (theirs if one.whose else mine)]


def keep(workspace: Workspace, client: str, answers: Mapping[Lacking, str]) -> Entry | None:
    """Keep mine in the config, theirs as one amendment, which is returned; empty ones as left out.

    Raises DocketError where that cannot be.
    """
    given = {one: one.answer(typed) for one, typed in answers.items()}
    mine = {str(one.field): text for one, text in given.items() if text and not one.whose}
    theirs = {str(one.field): text for one, text in given.items() if text and one.whose}
    if mine:
        workspace.set_texts(mine)
    amended = None
    if theirs:
        entry = workspace.docket(client).shaped(ClientData)[-1]
        amended, _ = correct(workspace, entry, "amend", {**theirs, "reason": WAS_MISSING})
    for one in (one for one, text in given.items() if not text):
        workspace.private.add(client if one.whose else _MINE, Unstated(field=one.field))
    return amended


def lacking_words(found: Iterable[Lacking]) -> str:
    """Return `address, e-mail address or tax number`."""
    *head, last = (_CALLED[one.field] for one in found)
    return f"{', '.join(head)} or {last}" if head else last
