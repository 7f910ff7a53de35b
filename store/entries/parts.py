"""What entries of every kind have, whatever their data: links, quotes, references and a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

from store.entries.kinds import KINDS, Group
from store.entries.shape import Shaped
from store.entries.words import Relation

if TYPE_CHECKING:
    from pydantic import ConfigDict

    from store.entries.fields import OneLine, Position, Text


@dataclass(frozen=True, slots=True)
class Link:
    """How this entry relates to an earlier one of the same docket."""

    __pydantic_config__: ClassVar[ConfigDict] = {"extra": "forbid"}

    rel: Relation
    seq: Position
    id: OneLine = ""
    reason: OneLine = ""


class Quote(Shaped):
    """Words as they were said or written, and who said them."""

    text: Text
    by: OneLine = "client"


class Refs(Shaped):
    """What else the entry is about."""

    project: OneLine | None = None
    invoice: OneLine | None = None


class Dated:
    """What kind, moment and links of an entry tell, written yet or not."""

    __slots__ = ()

    if TYPE_CHECKING:
        kind: str
        occurred_at: datetime
        links: tuple[Link, ...]

    @property
    def group(self) -> Group:
        """The family of kinds this one belongs to."""
        return KINDS[self.kind].group

    @property
    def day(self) -> date:
        """The local calendar day it occurred."""
        return self.occurred_at.date()

    def link(self, *relations: Relation) -> Link | None:
        """Return the first link with one of `relations`, if there is one."""
        return next((link for link in self.links if link.rel in relations), None)

    @property
    def followed(self) -> Link | None:
        """The link of its kind; links of other kinds say nothing."""
        follows = KINDS[self.kind].follows
        return self.link(follows.relation) if follows.own else None
