"""Append-only, hash-chained journals: one file per docket (FORMAT.md has every byte)."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .canonical import canonical as canonical
from .canonical import parse as parse
from .chain import LIMITS as LIMITS
from .chain import Head as Head
from .chain import Header as Header
from .chain import Line as Line
from .chain import digests as digests
from .chain import is_hash as is_hash
from .drafts import RESERVED as RESERVED
from .drafts import Clock as Clock
from .drafts import random_id as random_id
from .errors import AppendOnlyError as AppendOnlyError
from .errors import DamagedJournalError as DamagedJournalError
from .errors import JournalError as JournalError
from .errors import JournalExistsError as JournalExistsError
from .errors import JournalMissingError as JournalMissingError
from .errors import LockTimeoutError as LockTimeoutError
from .errors import NewerFormatError as NewerFormatError
from .errors import NotAJournalError as NotAJournalError
from .errors import NotCanonicalError as NotCanonicalError
from .errors import ReadFailedError as ReadFailedError
from .errors import RefusedEntryError as RefusedEntryError
from .errors import WriteFailedError as WriteFailedError
from .file import JournalFile as JournalFile

if TYPE_CHECKING:
    from .checkpoint import Checkpoint as Checkpoint
    from .checkpoint import Place as Place
    from .checkpoint import dump_checkpoint as dump_checkpoint
    from .checkpoint import read_checkpoint as read_checkpoint
    from .disclosure import check_disclosed as check_disclosed
    from .disclosure import disclose as disclose
    from .disclosure import disclose_leaf as disclose_leaf
    from .disclosure import disclosed_rows as disclosed_rows
    from .disclosure import dump_disclosed as dump_disclosed
    from .disclosure import verify_disclosed as verify_disclosed
    from .verify import verify_file as verify_file
    from .walk import Finding as Finding
    from .walk import Report as Report

_LATER = ("checkpoint", "walk", "verify", "disclosure")


def __getattr__(name: str) -> Any:
    """Import verification and disclosure when first asked for: appending needs none."""
    for module in () if name.startswith("_") or name in _LATER else _LATER:
        found = getattr(import_module(f"{__name__}.{module}"), name, None)
        if found is not None:
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
