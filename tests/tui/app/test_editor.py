"""The round trip through the user's editor: what was written there is never lost."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from store.drafts import Drafts
from store.errors import DocketError
from tui.app.editor import edit


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path / "drafts")


def left(drafts: Drafts) -> list[Path]:
    """Return what lies among the drafts when the editor is gone."""
    return [one.path for one in drafts.named()]


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A script as $EDITOR, in a folder with a blank in its name."""
    script = tmp_path / "my editor"
    monkeypatch.setenv("EDITOR", f"'{script}' --wait")
    return script


def does(script: Path, *lines: str) -> None:
    script.write_text("\n".join(["#!/bin/sh", 'file="$2"', *lines, ""]))
    script.chmod(0o700)


def edited(drafts: Drafts, text: str = "acme note") -> str:
    """Edit a line that was kept, and return the line as it is then."""
    drafts.add("capture", text)
    line = drafts.open("capture")
    edit(drafts, line)
    return line.text


def test_what_was_written_comes_back_clean(editor: Path, drafts: Drafts) -> None:
    does(editor, "printf 'more\\033[31m\\r\\n# mine\\n  two\\n' >> \"$file\"")
    assert edited(drafts) == "acme note\n\nmore\n  two"
    assert [path.read_text("utf-8") for path in left(drafts)] == ["acme note\n\nmore\n  two"]


def test_the_file_is_private_lies_among_the_drafts_and_holds_what_was_typed(
    editor: Path, drafts: Drafts, tmp_path: Path
) -> None:
    does(editor, f'cp -p "$file" "{tmp_path}/seen"; ls "$(dirname "$file")" > "{tmp_path}/beside"')
    assert edited(drafts, "acme note សុខា") == "acme note សុខា"
    seen = tmp_path / "seen"
    assert stat.S_IMODE(seen.stat().st_mode) == 0o600
    assert seen.read_text("utf-8").startswith("acme note សុខា\n")
    (beside,) = (tmp_path / "beside").read_text().split()
    assert beside.startswith("editor.")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('head -c 100001 /dev/zero | tr "\\0" x > "$file"', "too long"),
        ('echo changed > "$file"; exit 3', "ended with status 3"),
        ('echo changed > "$file"; kill -9 $$', "ended with status -9"),
    ],
)
def test_a_failure_keeps_what_was_written_and_says_where(
    editor: Path, drafts: Drafts, line: str, said: str
) -> None:
    does(editor, line)
    with pytest.raises(DocketError, match=said) as caught:
        edited(drafts)
    (file,) = left(drafts)
    assert str(caught.value).endswith(f"What you wrote is in {file}.")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    (offered,) = drafts.open("capture").kept
    assert offered.text[:7] in ("xxxxxxx", "changed")


def test_what_a_failed_editor_left_is_handed_to_the_next_one_and_offered_once(
    editor: Path, drafts: Drafts
) -> None:
    line = drafts.open("capture")
    does(editor, 'echo changed > "$file"; exit 3')
    with pytest.raises(DocketError, match="status 3"):
        edit(drafts, line)
    does(editor, 'sed -i "s/changed/changed again/" "$file"')
    edit(drafts, line)
    line.close()
    assert [one.text for one in drafts.kept()] == ["changed again"]


def test_a_line_that_cannot_be_saved_keeps_the_file(editor: Path, drafts: Drafts) -> None:
    taken = '"$(echo "$file" | sed s/editor/capture/)"'  # a folder in the way of the line
    does(editor, 'echo changed > "$file"', f"mkdir {taken}")
    with pytest.raises(DocketError, match=r"was not saved.*What you wrote is in"):
        edited(drafts)
    assert [path.read_text("utf-8") for path in left(drafts) if path.is_file()] == ["changed\n"]


@pytest.mark.parametrize(
    ("line", "said"), [("exit 1", "status 1"), ('rm "$file"', "left nothing to read")]
)
def test_where_nothing_was_written_the_line_is_kept_as_it_was(
    editor: Path, drafts: Drafts, line: str, said: str
) -> None:
    does(editor, line)
    with pytest.raises(DocketError, match=said) as caught:
        edited(drafts)
    assert "What you wrote" not in str(caught.value)
    assert [path.read_text("utf-8") for path in left(drafts)] == ["acme note"]


@pytest.mark.parametrize("command", ["vim 'x", "/nowhere/editor", "/", "vim \\"])
def test_an_editor_that_cannot_start_is_one_line(
    monkeypatch: pytest.MonkeyPatch, drafts: Drafts, command: str
) -> None:
    monkeypatch.setenv("EDITOR", command)
    with pytest.raises(DocketError, match=r"start.*\$EDITOR") as caught:
        edited(drafts)
    assert "\n" not in str(caught.value)
    assert [path.read_text("utf-8") for path in left(drafts)] == ["acme note"]


def test_a_session_killed_while_the_editor_is_open_leaves_its_text_to_the_next(
    editor: Path, drafts: Drafts
) -> None:
    does(editor, 'echo "acme note written there" > "$file"', "kill -9 $PPID")
    drafts.add("capture", "acme note")
    program = (
        "import sys; from pathlib import Path; from store.drafts import Drafts; "
        "from tui.app.editor import edit; drafts = Drafts(Path(sys.argv[1])); "
        "line = drafts.open('capture'); edit(drafts, line)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(drafts.folder)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert [one.text for one in drafts.open("capture").kept] == ["acme note written there"]


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_session_that_is_told_to_go_does_not_wait_for_the_editor(
    editor: Path, drafts: Drafts, number: signal.Signals, tmp_path: Path
) -> None:
    """The editor waits for a pipe that this test opens at the end only."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    tell = f"kill -{number.name.removeprefix('SIG')} $PPID"
    does(editor, "trap '' HUP TERM", 'echo "acme note so far" > "$file"', tell, f"cat '{pipe}'")
    with pytest.raises(DocketError, match=r"line dropped.*What you wrote is in"):
        edited(drafts)
    assert [one.text for one in drafts.open("capture").kept] == ["acme note so far"]
    os.close(os.open(pipe, os.O_WRONLY))
