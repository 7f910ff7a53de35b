"""The sample as Docket wrote it at commit 0ea4664, as of 30 Nov 2026: what screens are measured on.

Its statements are as long as they were then.
"""

from __future__ import annotations

import tarfile
from datetime import UTC, datetime
from pathlib import Path

from store.workspace import Workspace

NOW = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
_WRITTEN = Path(__file__).with_name("sample-0ea4664.tar.gz")


def old_sample(folder: Path) -> Workspace:
    """Return the sample of 0ea4664, unpacked in `folder`, at half past nine of its day."""
    with tarfile.open(_WRITTEN) as packed:
        packed.extractall(folder, filter="data")
    return Workspace.open(folder / "workspace", clock=lambda: NOW)
