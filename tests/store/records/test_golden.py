"""The examples in `golden/`: every profile of one year, byte for byte.

`python -m tests.store.records.test_golden` writes them anew; read what changed before it is kept.
A record that was handed over is made again to be checked, so where one of them changes, LAYOUT of
store/records/dispute/document.py goes up, once for all that changes between two releases:
`golden/layout.json` says which texts belong to which layout, and which one was `released` last.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from store.records import PURPOSES, RecordOptions
from store.records.dispute.document import LAYOUT
from store.records.mediator import mediator_brief
from store.records.platform.document import platform_pack
from tests.store.records.year import year

GOLDEN = Path(__file__).with_name("golden")
BLAMED = ("advice-overridden", "access-withheld", "approval-block")
BESIDE = ("brief.md", "platform.txt")
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
        if options.has_brief:
            found["brief.md"] = mediator_brief(record.material).markdown
        if options.has_pack:
            found["platform.txt"] = platform_pack(record.material).text
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the documents as they are made today."""
    return documents(tmp_path_factory.mktemp("year"))


@pytest.mark.parametrize("name", [*(f"{name}.md" for name in OPTIONS), *BESIDE])
def test_the_example_is_what_is_made_today(made: dict[str, str], name: str) -> None:
    assert made[name] == (GOLDEN / name).read_text("utf-8")


def of_layout(made: Mapping[str, str]) -> dict[str, object]:
    """Return the layout with a hash over all texts of it, but for the line that names it."""
    released = json.loads((GOLDEN / "layout.json").read_bytes())["released"]
    texts = "".join(made[name].replace(f"layout: {LAYOUT}\n", "") for name in sorted(made))
    sha256 = hashlib.sha256(texts.encode()).hexdigest()
    return {"layout": LAYOUT, "released": released, "sha256": sha256}


def test_other_texts_are_another_layout(made: dict[str, str]) -> None:
    assert json.loads((GOLDEN / "layout.json").read_bytes()) == of_layout(made)


def renew() -> None:
    """Write the examples anew, if other texts have another layout."""
    with tempfile.TemporaryDirectory() as folder:
        found = documents(Path(folder))
    before = json.loads((GOLDEN / "layout.json").read_bytes())
    after = of_layout(found)
    if before["released"] >= LAYOUT and before != after:
        sys.exit("The texts are others: raise LAYOUT in store/records/dispute/document.py first.")
    for file, text in found.items():
        (GOLDEN / file).write_text(text, "utf-8")
    (GOLDEN / "layout.json").write_text(json.dumps(after) + "\n", "utf-8")


if __name__ == "__main__":
    renew()
