"""The pictures in `screenshots/` show today's program, and every screen is among them."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from tests.docs.papers import PAGES, PAPERS, written_papers
from tests.docs.scenes import SCENES, SIZES
from tests.docs.screenshots import CAST, FOLDER, differences, drawn_at, drawn_call, folder_of, kept
from tui.commands import PLACES

_LARGEST = 200_000


@pytest.mark.parametrize(
    "size",
    [pytest.param(one, marks=[pytest.mark.slow] if one != (80, 24) else []) for one in SIZES],
    ids=lambda size: f"{size[0]}x{size[1]}",
)
async def test_every_picture_is_fresh(size: tuple[int, int]) -> None:
    found = differences(await drawn_at(size), kept(folder_of(size)))
    assert not found, "\n".join(["run python -m tests.docs.screenshots, and look:", *found])


async def test_the_cast_is_fresh_and_small() -> None:
    files = await drawn_call()
    assert differences(files, kept(f"{CAST}.")) == [], "run: python -m tests.docs.screenshots"
    assert all(len(content) < _LARGEST for content in files.values())
    moving = ElementTree.fromstring(files[f"{CAST}.svg"])
    assert moving.tag.endswith("svg") and "step-end" in files[f"{CAST}.svg"]
    head, *events = map(json.loads, files[f"{CAST}.cast"].splitlines())
    assert (head["version"], head["width"], head["height"]) == (2, 80, 24)
    assert events == sorted(events, key=lambda event: float(event[0]))


def test_the_printed_pages_are_of_the_examples_as_they_are_today() -> None:
    assert differences(written_papers(), kept(PAPERS)) == [], (
        "run: python -m tests.docs.screenshots"
    )
    for name in PAGES:
        picture = (FOLDER / f"{PAPERS}{name}.png").read_bytes()
        assert picture.startswith(b"\x89PNG") and len(picture) < _LARGEST


def test_every_place_has_a_picture() -> None:
    bars = {"capture"}  # a bar on the main screen, whose keys go to its line
    assert {scene.place for scene in SCENES} >= PLACES.keys() - {"everywhere"} - bars
    names = [scene.name for scene in SCENES]
    assert len(names) == len(set(names)) and {"capture", "help", "empty"} <= set(names)
