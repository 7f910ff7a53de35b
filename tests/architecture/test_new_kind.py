"""A kind with data and a verb of its own touches nine files or fewer, and then works everywhere.

`new_kind.patch` adds one, a trip. To renew it: `git apply -3 tests/architecture/new_kind.patch`,
mend it, `git diff HEAD -U1 > /tmp/p && git reset -q --hard && mv /tmp/p` over the old one.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PATCH = Path(__file__).with_name("new_kind.patch")
MOST = 9
OF_EVERY_KIND = (
    *("entries", "intake/test_schema.py", "docket/test_corrections.py", "docket/test_checks.py"),
    *("docket/test_entries.py", "docket/test_steps.py", "sample/test_content.py"),
    *("test_capture.py", "test_capture_lines.py", "test_capture_words.py"),
    *("records/test_report.py", "records/test_reasons.py"),
)


LEFT_OUT = ("--ignore", "tests/docs/test_screenshots.py")
"""The pictures show the sample, which the patch adds an entry to."""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the program, its tests and its documents that has the new kind."""
    copy = tmp_path_factory.mktemp("tree")
    for name in ("store", "tui"):  # compiled as they are: what the patch leaves stays so
        shutil.copytree(ROOT / name, copy / name)
    for name in ("tests", "screenshots", ".ci"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    alone = {**os.environ, "GIT_CEILING_DIRECTORIES": str(copy.parent)}
    subprocess.run(["git", "apply", "-C1", str(PATCH)], cwd=copy, env=alone, check=True)
    return copy


def child(tree: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a module of the copy."""
    env = {**os.environ, "PYTHONPATH": str(tree)}
    argv = [sys.executable, "-m", *words]
    return subprocess.run(argv, cwd=tree, env=env, capture_output=True, text=True, check=False)


def test_it_touches_nine_files_or_fewer() -> None:
    touched = re.findall(r"^\+\+\+ b/(.+)", PATCH.read_text(encoding="utf-8"), re.MULTILINE)
    assert "store/entries/kinds.py" in touched
    assert len(touched) <= MOST, touched


def test_it_is_logged_shown_put_in_a_record_and_assessed(tree: Path, tmp_path: Path) -> None:
    def docket(*words: str) -> str:
        done = child(tree, "tui", *words, "--workspace", str(tmp_path / "w"))
        assert done.returncode == 0, done.stderr
        return done.stdout

    def shown(entry: str) -> dict[str, Any]:
        (found,) = json.loads(docket("show", entry, "--json"))
        return dict(found)

    docket("new", "Acme", "--id", "acme", "--currency", "CHF")
    docket("trip", "acme", "86.40", "To see the shop", "--where", "Basel", "--on", "2026-01-05")
    assert shown("acme#3")["data"] == {"amount": "86.40", "currency": "CHF", "where": "Basel"}
    assert "to Basel, CHF 86.40" in docket("show", "acme#3")
    docket("log", "acme", "trip", "cancelled", "again")
    noted = shown("acme#4")
    assert (noted["kind"], noted["statement"]) == ("note", "trip cancelled again")
    assert json.loads(docket("decide", "acme", "--json"))["client"] == "acme"
    docket("record", "acme", "--for", "court", "-o", str(tmp_path))
    said = "".join(path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.md"))
    assert "To Basel, CHF 86.40. To see the shop" in said


@pytest.mark.slow
def test_what_is_asked_of_every_kind_holds_for_it(tree: Path) -> None:
    tests = [f"tests/store/{name}" for name in OF_EVERY_KIND]
    done = child(
        tree, "pytest", "-n", "0", "-q", "-p", "no:cacheprovider", *tests, "tests/docs", *LEFT_OUT
    )
    assert done.returncode == 0, done.stdout[-4_000:]
