"""Forgetting what is private about one client, while the docket stays as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from store.drafts import PRIVATE
from store.errors import DocketError, plain_words
from store.files import sync_folder
from store.index.names import FOLDER
from store.private.model import Private
from store.workspace import Workspace

NOT_REACHED = (
    "The docket stays. A backup made with private things still has them. The bytes are deleted, "
    "not overwritten: a disk may hold them for a while."
)


@dataclass(frozen=True)
class Forgetting:
    """What forgetting the private things about one client removes, or has removed.

    The first three are counts; `referral` tells whether it is kept who sent them. `files` are
    drafts of private forms and, as they hold verdicts, the summaries, relative to the workspace.
    """

    client: str
    checkins: int
    guts: int
    decisions: int
    referral: bool
    files: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        """Whether nothing private is kept about them."""
        return not (self.checkins or self.guts or self.decisions or self.referral or self.files)


def plan_forgetting(workspace: Workspace, client: str) -> Forgetting:
    """Return what `forget_private` would remove; nothing is touched."""
    kept = workspace.private.of(client)
    files = list(_drafts(workspace, client))
    if kept != Private() or files:
        files += (workspace.root / FOLDER).glob("*")
    return Forgetting(
        client=client,
        checkins=len(kept.checkins),
        guts=len(kept.guts),
        decisions=len(kept.decisions),
        referral=bool(kept.referred_by),
        files=tuple(sorted(str(path.relative_to(workspace.root)) for path in files)),
    )


def forget_private(workspace: Workspace, client: str) -> Forgetting:
    """Remove what is private about `client` and return what that was.

    Whom they sent is about other clients, and stays. DocketError where a file cannot be removed;
    what was cut short is taken up by forgetting again.
    """
    plan = plan_forgetting(workspace, client)
    if plan.nothing:
        return plan
    try:
        for name in plan.files:
            (workspace.root / name).unlink(missing_ok=True)
        for folder in {(workspace.root / name).parent for name in plan.files}:
            sync_folder(folder)
    except OSError as error:
        why, remedy = plain_words(error)
        what = f"What is private about {client} is only erased in part"
        raise DocketError(what, why, f"{remedy}; erase again to finish") from error
    workspace.private.erase(client)
    return plan


def _drafts(workspace: Workspace, client: str) -> Iterator[Path]:
    """Yield the drafts of private forms about `client`, half-written ones too."""
    for one in workspace.drafts.named():
        if one.slot.client == client and one.slot.form in PRIVATE:
            yield one.path
