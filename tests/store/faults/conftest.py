"""The tests of faults wait for the disk, as a power cut and a full disk ask for."""

from __future__ import annotations

import os
import posix

import pytest


@pytest.fixture(autouse=True)
def _the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", posix.fsync)
