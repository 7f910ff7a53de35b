"""Exceptions to a rule of the assessment: written, dated, and lapsing by themselves (row 28)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.entries import Draft
    from store.workspace import Workspace


def exception_draft(workspace: Workspace, client: str, rule: str, until: date, why: str) -> Draft:
    """Return the entry that sets `rule` aside up to and with `until`; UsageError if it cannot be.

    It is internal: a rule of your own is nothing for a record.
    """
    data = {"rule": rule, "until": until.isoformat()}
    return workspace.draft(client, "exception", why, data=data, visibility="internal")
