"""Whose docket each mail of a box belongs on, by the addresses in it, or why on none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from store.entries import Entry
from store.errors import UsageError
from store.intake.mail import Mail
from store.intake.mail_entries import Proposed, UndatedError, addresses, propose
from store.intake.mail_log import LoggedMails, Mailbox, Posted, already, fresh, log_mails
from store.intake.sources.row import OF_ANOTHER, THERE
from store.intake.taking import keep_names
from store.workspace import Workspace

_NOBODY: Final = "from and to nobody whose address is on a docket"
_SEVERAL: Final = "about several clients"
_TWICE: Final = "in there twice"


@dataclass
class SortedMails:
    """The entries that mails would make, by client; the others counted by reason.

    `unknown` has the addresses that mean no client, with how many mails are of each.
    """

    proposed: dict[str, list[tuple[Proposed, Posted]]] = field(default_factory=dict)
    passed: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)

    @property
    def count(self) -> int:
        """How many entries there would be."""
        return sum(map(len, self.proposed.values()))


def sort_mails(
    workspace: Workspace, box: Mailbox, client: str = "", called: Mapping[str, str] | None = None
) -> SortedMails:
    """Return what the mails of a box would be on the dockets of their clients.

    A mail is of the client whose address is its sender's, else a recipient's; `called` says whose
    other addresses are. With `client`, mails that mean nobody are of that one, and those of others
    are passed over.
    """
    found = SortedMails()
    known = _known_addresses(workspace, called or {})
    whose: dict[str, list[Posted]] = {}
    for one in box.posted:
        meant = {*_meant(known, one.mail)}
        if client and (not meant or client in meant):
            meant = {client}
        if not meant:
            found.passed[_NOBODY] += 1
            found.unknown[one.mail.sender.address or str(one.mail.sender)] += 1
        elif len(meant) > 1:
            found.passed[_SEVERAL] += 1
        elif client and client not in meant:
            found.passed[OF_ANOTHER] += 1
        else:
            whose.setdefault(meant.pop(), []).append(one)
    for bad in box.bad:
        found.passed[_reason(bad.error)] += 1
    for name, posted in whose.items():
        _propose(workspace, found, name, posted)
    return found


def take_mails(
    workspace: Workspace, found: SortedMails, path: Path, called: Mapping[str, str]
) -> LoggedMails:
    """Log what was sorted, all or none of each client, and keep whose addresses `called` says.

    Raises DocketError where anything cannot be written: the clients before it are logged then, and
    passed over when the same box comes again.
    """
    entries: list[Entry] = []
    notices: list[str] = []
    for _, proposed in sorted(found.proposed.items()):
        done = log_mails(workspace, proposed, [str(path.resolve())])
        entries += done.entries
        notices += done.notices
    keep_names(workspace, called)
    return LoggedMails(tuple(entries), tuple(notices))


def _known_addresses(workspace: Workspace, called: Mapping[str, str]) -> dict[str, set[str]]:
    """Return whose each address is: of the profile, as confirmed before, or as said now."""
    known: dict[str, set[str]] = {}
    for docket in workspace.dockets():
        kept = (one.name for one in workspace.private.of(docket.client).aliases)
        for address in (*addresses(docket), *(name for name in kept if "@" in name)):
            known.setdefault(address.casefold(), set()).add(docket.client)
    for address, client in called.items():
        known[address.casefold()] = {client}
    return known


def _meant(known: Mapping[str, set[str]], mail: Mail) -> set[str]:
    sent = known.get(mail.sender.address.casefold(), set())
    return sent or {
        client for one in mail.recipients for client in known.get(one.address.casefold(), ())
    }


def _propose(
    workspace: Workspace, found: SortedMails, client: str, posted: Sequence[Posted]
) -> None:
    """Add the entries of one client's mails, but for those that are there, doubled or undated."""
    there = already(workspace, client, posted)
    new = fresh(posted, there)
    standing = sum(one.sha256 in there for one in posted)
    found.passed.update({THERE: standing, _TWICE: len(posted) - standing - len(new)})
    found.passed = +found.passed
    for one in new:
        try:
            made = propose(workspace, client, one.mail)
        except UndatedError as error:
            found.passed[_reason(error)] += 1
            continue
        found.proposed.setdefault(client, []).append((made, one))


def _reason(error: UsageError) -> str:
    return error.why or error.what
