"""The round trip through the user's editor: what was written there is never lost."""

from __future__ import annotations

import stat
import tempfile
from pathlib import Path

import pytest

from store.errors import DocketError
from tui.editor import edit


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.delenv("VISUAL", raising=False)
    return folder


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A script as $EDITOR, in a folder with a blank in its name."""
    script = tmp_path / "my editor"
    monkeypatch.setenv("EDITOR", f"'{script}' --wait")
    return script


def does(script: Path, *lines: str) -> None:
    script.write_text("\n".join(["#!/bin/sh", 'file="$2"', *lines, ""]))
    script.chmod(0o700)


def kept(text: str = "acme note") -> list[str]:
    saved: list[str] = []
    edit(text, saved.append)
    return saved


def test_what_was_written_comes_back_clean(editor: Path, temporary: Path) -> None:
    does(editor, "printf 'more\\033[31m\\r\\n# mine\\n  two\\n' >> \"$file\"")
    assert kept() == ["acme note\n\nmore\n  two"]
    assert list(temporary.iterdir()) == []


def test_the_file_is_private_and_holds_what_was_typed(editor: Path, tmp_path: Path) -> None:
    does(editor, f'cp -p "$file" "{tmp_path}/seen"')
    assert kept("acme note សុខា") == ["acme note សុខា"]
    seen = tmp_path / "seen"
    assert stat.S_IMODE(seen.stat().st_mode) == 0o600
    assert seen.read_text("utf-8").startswith("acme note សុខា\n")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('head -c 100001 /dev/zero | tr "\\0" x > "$file"', "too long"),
        ('echo changed > "$file"; exit 3', "ended with status 3"),
        ('echo changed > "$file"; kill -9 $$', "ended with status -9"),
    ],
)
def test_a_failure_keeps_what_was_written_and_says_where(
    editor: Path, temporary: Path, line: str, said: str
) -> None:
    does(editor, line)
    with pytest.raises(DocketError, match=said) as caught:
        kept()
    (file,) = temporary.iterdir()
    assert str(caught.value).endswith(f"What you wrote is in {file}.")
    assert file.read_text("utf-8")[:7] in ("xxxxxxx", "changed")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_draft_that_cannot_be_saved_keeps_the_file(editor: Path, temporary: Path) -> None:
    does(editor, 'echo changed > "$file"')

    def save(text: str) -> None:
        raise DocketError("A draft was not saved", "the disk is full", "")

    with pytest.raises(DocketError, match=r"the disk is full\. What you wrote is in"):
        edit("acme note", save)
    assert [file.read_text("utf-8") for file in temporary.iterdir()] == ["changed\n"]


@pytest.mark.parametrize(
    ("line", "said"), [("exit 1", "status 1"), ('rm "$file"', "left nothing to read")]
)
def test_nothing_stays_behind_where_nothing_was_written(
    editor: Path, temporary: Path, line: str, said: str
) -> None:
    does(editor, line)
    with pytest.raises(DocketError, match=said) as caught:
        kept()
    assert "What you wrote" not in str(caught.value)
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("command", ["vim 'x", "/nowhere/editor", "/", "vim \\"])
def test_an_editor_that_cannot_start_is_one_line(
    monkeypatch: pytest.MonkeyPatch, temporary: Path, command: str
) -> None:
    monkeypatch.setenv("EDITOR", command)
    with pytest.raises(DocketError, match=r"start.*\$EDITOR") as caught:
        kept()
    assert "\n" not in str(caught.value)
    assert list(temporary.iterdir()) == []


def test_no_folder_for_the_file_is_said(
    editor: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(temporary / "gone"))
    with pytest.raises(DocketError, match="No file could be made"):
        kept()
