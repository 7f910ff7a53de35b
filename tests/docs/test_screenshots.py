"""The pictures in `screenshots/` show today's program."""

from __future__ import annotations

from tests.docs.screenshots import draw_all, stale


async def test_every_picture_is_fresh() -> None:
    assert stale(await draw_all()) == [], "run: python -m tests.docs.screenshots"
