"""Corrects several entries of one docket alike; what can be refused is, before any is logged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from store.docket.checks import check_against, check_alone, standing_entry
from store.docket.corrections import changes, correction, redirected
from store.entries import Entry
from store.errors import DocketError
from store.text import plural
from store.workspace import Workspace


def withdraw_all(
    workspace: Workspace, client: str, numbers: Sequence[int], reason: str
) -> tuple[list[Entry], list[str]]:
    """Withdraw entries for one reason; return what was logged, and what there is to tell."""
    docket = workspace.docket(client)
    meant = [correction(standing_entry(docket, n).entry, "void", reason) for n in numbers]
    logged = _log(workspace, meant)
    after = workspace.docket(client)
    told = [words for n in numbers for words in redirected(n, docket, after)]
    return logged, list(dict.fromkeys(told))


def amend_all(
    workspace: Workspace,
    client: str,
    numbers: Sequence[int],
    typed: Mapping[str, str],
    reason: str,
) -> list[Entry]:
    """Amend the same fields of entries; those that say so already are left as they are."""
    docket = workspace.docket(client)
    now, currency = workspace.clock(), workspace.currency(client)
    meant = []
    for number in numbers:
        entry = standing_entry(docket, number).entry
        if changed := changes(entry, typed, docket, now, currency):
            meant.append(correction(entry, "amend", reason, changed=changed))
    if not meant:
        raise DocketError("Nothing to amend", f"all {len(numbers)} say so already", "")
    return _log(workspace, meant)


def _log(workspace: Workspace, meant: Sequence[dict[str, Any]]) -> list[Entry]:
    docket = workspace.docket(meant[0]["client"])
    for fields in meant:
        draft = workspace.draft(**fields)
        check_alone(draft, workspace.clock())
        check_against(draft, docket)
    logged: list[Entry] = []
    for fields in meant:
        try:
            logged.append(workspace.enter(**fields))
        except DocketError as error:
            if not logged:
                raise
            done = f"{plural(len(logged), 'correction')} of {len(meant)} logged, then: {error.what}"
            raise DocketError(done, error.why, error.remedy) from error
    return logged
