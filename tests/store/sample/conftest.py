"""One sample workspace for all its tests: writing it takes most of a second."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from store.sample import write_sample
from store.workspace import Workspace

NOW = datetime(2026, 11, 22, 9, 5, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return write_sample(tmp_path_factory.mktemp("sample") / "workspace", NOW)
