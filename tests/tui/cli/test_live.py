"""Quick capture under the prompt: who signs is asked once, and less is shown to other eyes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from store.workspace import Workspace
from tui.cli.line_terminal import Pressed
from tui.cli.live import LiveLine

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("USER", "robin")
    return Workspace.create(tmp_path / "w", clock=lambda: NOW)


def write(line: LiveLine, text: str) -> None:
    line.press(Pressed("text", text))


def shown(line: LiveLine) -> str:
    return "\n".join(line.rows(80)[0])


def test_the_name_is_asked_for_once_before_the_first_client(empty: Workspace) -> None:
    line = LiveLine(empty, None)
    write(line, "new Acme Media")
    assert not line.press(Pressed("enter"))
    assert "Your name, as it should stand in records" in shown(line)
    assert "leave it empty to sign 'robin'" in shown(line)
    write(line, "Ines Marek")
    assert line.press(Pressed("enter"))
    assert empty.author == "Ines Marek"
    assert [entry.author for entry in line.logged] == ["Ines Marek"]
    second = LiveLine(empty, None)
    write(second, "new Bolt")
    assert second.press(Pressed("enter"))


def test_the_question_is_left_and_an_empty_answer_signs_as_before(empty: Workspace) -> None:
    line = LiveLine(empty, None)
    write(line, "new Acme Media")
    line.press(Pressed("enter"))
    write(line, "Nobody")
    assert not line.press(Pressed("escape"))
    assert line.lines.text == "new Acme Media" and empty.client_ids() == []
    line.press(Pressed("enter"))
    assert line.press(Pressed("enter"))
    assert empty.author == "robin" and empty.client_ids() == ["acme-media"]


def test_other_clients_and_drafts_are_not_named_while_somebody_looks_along(
    empty: Workspace,
) -> None:
    for client, name in (("acme", "Acme Media"), ("bolt", "Bolt & Co")):
        empty.new_client(client, [empty.draft(client, "client", data={"name": name})])
    typing = empty.drafts.open("capture")
    typing.hold("bolt note of theirs")
    typing.close()
    empty.discreet = True
    line = LiveLine(empty, "acme")
    assert "of theirs" not in shown(line) and not line.kept
    write(line, "bo")
    assert "Bolt" not in shown(line)
    line.press(Pressed("clear"))
    write(line, "note Dana rang")
    assert line.press(Pressed("enter"))
    assert [entry.client for entry in line.logged] == ["acme"]
