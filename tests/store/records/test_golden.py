"""The examples in `golden/`: every profile of one year, byte for byte.

`python -m tests.store.records.test_golden` writes them anew; read what changed before it is kept.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from store.records import PURPOSES, RecordOptions
from tests.store.records.year import year

GOLDEN = Path(__file__).with_name("golden")
BLAMED = ("advice-overridden", "access-withheld", "approval-block")
OPTIONS: dict[str, RecordOptions] = {
    **{purpose: RecordOptions(purpose, None, None, "Ann Berg") for purpose in PURPOSES},
    "extract": RecordOptions("own", None, None, "Ann Berg", kinds=BLAMED),
    "redacted": RecordOptions(
        "own", None, None, "Ann Berg", redact=("Kari",), because="she is not a party"
    ),
}


def documents(root: Path) -> dict[str, str]:
    """Return every example by the name of its file."""
    case = year(root)
    found = {}
    for name, options in OPTIONS.items():
        record = case.record(
            options.purpose,
            kinds=options.kinds,
            redact=options.redact,
            because=options.because,
        )
        found[f"{name}.md"] = record.markdown
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the documents as they are made today."""
    return documents(tmp_path_factory.mktemp("year"))


@pytest.mark.parametrize("name", [f"{name}.md" for name in OPTIONS])
def test_the_example_is_what_is_made_today(made: dict[str, str], name: str) -> None:
    assert made[name] == (GOLDEN / name).read_text("utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for file, text in documents(Path(folder)).items():
            (GOLDEN / file).write_text(text, "utf-8")
