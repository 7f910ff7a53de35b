"""The tests of the app wait for the app, not for the clock."""

from __future__ import annotations

from tests.tui.waiting import without_the_clock

without_the_clock()
