"""Drafts: each session its own, what a dead one leaves is offered once, and nothing is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.client_ids import is_id
from store.drafts import LINES, DraftName, Drafts, Slot, file_name, named
from store.errors import DocketError
from tests.store.faults.disks import fill, small_disk
from tests.store.keeping import REPO, write

IDS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,39}", fullmatch=True) | st.sampled_from(
    ("capture", "mail", "unsent", "unsent-acme", "acme--record", "editor", "0123456789ab", "txt")
)
FORMS = st.sampled_from((*LINES, "record", "checkin", "decision")) | st.builds(
    "{}-{}".format, st.sampled_from(("amend", "add", "void")), st.integers(1, 10**9)
)
SESSIONS = st.from_regex(r"[0-9a-f]{12}(-[1-9][0-9]{0,3})?", fullmatch=True)

TYPES = """
import signal, sys
from pathlib import Path
from store.drafts import Drafts
drafts = Drafts(Path(sys.argv[1]))
for form, text in zip(sys.argv[2::2], sys.argv[3::2]):
    typing = drafts.open(form)
    typing.hold(text)
    typing.write()
print("typed", flush=True)
signal.pause()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "drafts"


def typed(drafts: Drafts, text: str, form: str = "capture", client: str = "") -> None:
    """Type a text in one input of a session."""
    typing = drafts.open(form, client)
    typing.hold(text)
    typing.write()


def another(folder: Path, *typed: str) -> subprocess.Popen[str]:
    """Start a session in a process of its own that types texts, form by form, and stays."""
    words = [sys.executable, "-c", TYPES, str(folder), *typed]
    process = subprocess.Popen(words, cwd=REPO, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "typed\n"
    return process


def end(process: subprocess.Popen[str], number: signal.Signals) -> None:
    """End a session, and wait until it is gone."""
    process.send_signal(number)
    process.wait(20)
    assert process.stdout is not None
    process.stdout.close()


def texts(drafts: Drafts, form: str = "") -> list[str]:
    return [one.text for one in drafts.kept(form)]


@given(FORMS, IDS | st.just(""), SESSIONS)
def test_a_name_says_form_client_and_session_and_nothing_else(
    form: str, client: str, session: str
) -> None:
    path = Path("drafts") / file_name(Slot(form, client), session)
    assert named(path) == DraftName(path, Slot(form, client), session)
    half = path.with_name(f".{path.name}.0a1b2c3d.tmp")
    assert named(half) == DraftName(half, Slot(form, client), session)


@given(FORMS, IDS, SESSIONS)
def test_no_name_of_a_draft_can_be_an_id_or_be_made_of_another_client(
    form: str, client: str, session: str
) -> None:
    name = file_name(Slot(form, client), session)
    assert not is_id(name) and not is_id(name.removesuffix(".txt"))
    assert named(Path(f"{client}.txt")).slot.client != client
    assert named(Path(name)).slot.client == client


def test_two_sessions_that_live_neither_see_nor_change_each_others_lines(folder: Path) -> None:
    ours = Drafts(folder)
    process = another(folder, "capture", "theirs", "amend-3", '{"text": "theirs"}')
    try:
        typed(ours, "ours")
        assert texts(ours) == []
        assert ours.elsewhere() == 2
        line = ours.open("capture")
        assert [one.text for one in line.kept] == ["ours"]
        line.clear()
        for one in ours.kept():
            ours.discard(one)
        assert sum(path.suffix == ".txt" for path in folder.iterdir()) == 2
    finally:
        end(process, signal.SIGKILL)
    assert texts(ours, "capture") == ["theirs"]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP, signal.SIGTERM])
def test_what_a_dead_session_typed_is_offered_once(folder: Path, number: signal.Signals) -> None:
    process = another(folder, "capture", "half a thought", "mail", "~/late.eml")
    end(process, number)
    first, second = Drafts(folder), Drafts(folder)
    assert texts(first) == texts(second) == ["half a thought", "~/late.eml"]
    assert list(folder.glob(".live-*")) == []
    (offered,) = second.kept("capture")
    line = first.open("capture")
    line.take(line.kept[0])
    assert line.text == first.load("capture") == "half a thought"
    assert texts(second, "capture") == []
    with pytest.raises(DocketError, match="another session took it"):
        second.open("capture").take(offered)
    line.clear()
    assert texts(first, "capture") == texts(second, "capture") == []
    assert texts(second) == ["~/late.eml"]


def test_what_was_kept_stays_until_it_is_taken_or_thrown_away(folder: Path) -> None:
    drafts = Drafts(folder)
    for text in ("first", "second"):
        typed(drafts, text)
    line = drafts.open("capture")
    line.hold("third")
    line.write()
    line.clear()
    assert [one.text for one in line.kept] == ["first", "second"]
    line.take(line.kept[0])
    line.hold("first, and more")
    line.close()
    assert sorted(texts(drafts)) == ["first, and more", "second"]
    for one in drafts.kept():
        drafts.discard(one)
    assert drafts.kept() == []


def test_a_text_that_was_let_go_of_is_found_where_it_was_once_its_input_is_open_again(
    folder: Path,
) -> None:
    drafts = Drafts(folder)
    line = drafts.open("capture")
    line.hold("half a line")
    line.close()
    (kept,) = drafts.kept()
    again = drafts.open("capture")
    again.take(kept)
    assert again.text == "half a line"
    assert texts(drafts) == []


def test_taking_up_a_text_sets_aside_what_is_typed(folder: Path) -> None:
    drafts = Drafts(folder)
    typed(drafts, "kept")
    line = drafts.open("capture")
    line.hold("being typed")
    line.take(line.kept[0])
    assert (line.text, texts(drafts)) == ("kept", ["being typed"])


def test_words_the_command_line_kept_are_taken_up_with_their_client(folder: Path) -> None:
    drafts = Drafts(folder)
    drafts.add("unsent", "shouted at me", "acme")
    line = drafts.open("capture")
    line.take(drafts.kept()[0])
    assert drafts.load("capture") == line.text == "acme shouted at me"
    assert drafts.kept() == []


@pytest.mark.parametrize(
    ("name", "form", "client"),
    [
        ("capture", "capture", ""),
        ("mail", "mail", ""),
        ("unsent", "unsent", ""),
        ("unsent-acme", "unsent", "acme"),
        ("acme--amend-3", "amend-3", "acme"),
        ("acme--record", "record", "acme"),
        ("acme--x--checkin", "checkin", "acme--x"),
        ("acme--exception-r3", "exception-r3", "acme"),
    ],
)
def test_drafts_of_an_earlier_docket_are_offered_once(
    folder: Path, name: str, form: str, client: str
) -> None:
    write(folder / f"{name}.txt", b"words")
    drafts = Drafts(folder)
    (kept,) = drafts.kept()
    assert kept.slot == Slot(form, client)
    typing = drafts.open(form, client)
    typing.take(kept)
    assert typing.text == "words" or typing.text == f"{client} words"
    assert not (folder / f"{name}.txt").exists()
    assert drafts.kept() == []


def test_a_copy_that_an_editor_made_on_hang_up_is_offered(folder: Path) -> None:
    write(folder / "editor.0123456789ab.txt.save", b"acme note in nano\n# a comment\n")
    drafts = Drafts(folder)
    line = drafts.open("capture")
    line.take(line.kept[0])
    assert line.text == "acme note in nano"
    assert [path.name for path in folder.iterdir() if path.suffix != ".lock"] == [
        drafts.path(Slot("capture")).name
    ]


def test_files_that_are_no_texts_are_passed_over(folder: Path) -> None:
    folder.mkdir()
    os.mkfifo(folder / "capture.0123456789ab.txt")
    (folder / "mail.0123456789ab.txt").symlink_to("/etc/hostname")
    (folder / "record.acme.0123456789ab.txt").mkdir()
    write(folder / "decision.acme.0123456789ab.txt", b"\0\0\0")
    write(folder / "amend-3.acme.0123456789ab.txt", b"[" * 100_000)
    (broken,) = Drafts(folder).kept()
    assert broken.fields == {}
    assert broken.words.startswith("[[[")


def test_what_does_not_fit_on_the_disk_is_held_and_given_back_on_leaving(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "256k") as disk:
        drafts = Drafts(disk / "drafts")
        line = drafts.open("capture")
        line.hold("before")
        line.write()
        ballast = fill(disk)
        words = "after the disk was full " * 400
        line.hold(words)
        with pytest.raises(DocketError, match="the disk is full"):
            line.close()
        form = drafts.open("void-3", "acme")
        form.hold('{"reason": "' + words + '"}')
        assert drafts.flush() == {line.slot: words, form.slot: form.text}
        ballast.unlink()
        line.close()
        assert drafts.leave() == {}
        assert sorted(one.slot for one in Drafts(disk / "drafts").kept()) == [
            Slot("capture"),
            Slot("void-3", "acme"),
        ]
