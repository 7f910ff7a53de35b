"""The topic `lines`: every place of the app has a command that prints it, as JSON too."""

from __future__ import annotations

import json
import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store.sample import write_sample
from tests.tui.cli.conftest import Cli
from tui.cli.help import topics
from tui.commands import PLACES

NOW = datetime(2026, 11, 22, 10, 20, tzinfo=UTC)
ROWS = dict(re.findall(r"^- ([^:`]+): (`docket .+`)$", topics()["lines"].read_text(), re.M))
COMMANDS = sorted({typed for row in ROWS.values() for typed in re.findall("`docket ([^`]+)`", row)})
NOTHING_IS_KEPT = {"vent"}
WITHOUT_A_ROW = {"everywhere"} | NOTHING_IS_KEPT


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sample(tmp_path_factory.mktemp("lines") / "sample", NOW).root


def test_every_place_of_the_app_has_a_row() -> None:
    titles = {title for place, title in PLACES.items() if place not in WITHOUT_A_ROW}
    assert titles | {"Help and palette"} == ROWS.keys()


@pytest.mark.parametrize("typed", COMMANDS)
def test_it_prints_lines_and_json(cli: Cli, sample: Path, typed: str) -> None:
    cli.root = sample
    words = shlex.split(typed.replace("acme", "ostrelle").replace("logo files", "bank"))
    assert json.loads(cli.ok(*words, "--json")) is not None
    lines = cli.ok(*words)
    assert "\x1b" not in lines
    assert not lines.startswith(("{", "["))
