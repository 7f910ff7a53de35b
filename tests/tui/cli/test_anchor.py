"""`docket anchor` and what `docket verify` makes of anchors, with the real ssh-keygen."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from store.anchors import ALONE, NONE_KEPT, SHOWS
from store.journal import LIMITS
from tests.store.anchors.owner import cut, needs_ssh_keygen, new_key, rebuild
from tests.tui.cli.conftest import Cli

LINE = re.compile(
    r"docket anchor acme 3 entries head [0-9a-f]{64} \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\n"
)


@pytest.fixture
def anchored(acme: Cli) -> tuple[Cli, str]:
    """A client with three entries, and the line of an anchor of them."""
    acme.ok("log", "acme", "abuse", "Shouted")
    return acme, acme.ok("anchor", "acme").strip()


def anchor_file(cli: Cli) -> Path:
    """Return the one anchor's file."""
    (path,) = (cli.root / "anchors" / "acme").glob("*.json")
    return path


def path_of(cli: Cli) -> Path:
    """Return where the docket lies."""
    return cli.root / "clients" / "acme.jsonl"


def test_an_anchor_is_one_line_and_one_private_file(acme: Cli) -> None:
    acme.ok("log", "acme", "abuse", "Shouted")
    result = acme("anchor", "acme")
    assert LINE.fullmatch(result.out)
    file = anchor_file(acme)
    assert str(file) in result.err
    assert file.stat().st_mode & 0o777 == 0o600
    head = result.out.split()[6]
    assert file.name == f"3-{head[:8]}.json"
    assert json.loads(file.read_bytes())["head"] == head
    assert acme.ok("anchor", "acme") == result.out  # the older one of the same head stays
    found = acme("anchor", "acme", "--json").json
    assert (found["line"], found["entries"], found["head"]) == (result.out.strip(), 3, head)
    assert (found["file"], found["signature"], found["query"]) == (str(file), None, None)


def test_verify_says_what_no_anchor_means(acme: Cli) -> None:
    acme.ok("new", "Bolt", "--id", "bolt")
    assert f"No anchor for acme, bolt: {NONE_KEPT}." in acme.ok("verify")
    acme.ok("anchor", "acme")
    out = acme.ok("verify")
    assert f"No anchor for bolt: {NONE_KEPT}." in out
    assert ALONE in out
    assert SHOWS not in out
    out = acme.ok("verify", "acme")
    assert "No anchor" not in out
    assert LIMITS in out


def test_a_rebuilt_chain_and_a_cut_tail_are_found(anchored: tuple[Cli, str]) -> None:
    cli, line = anchored
    whole = path_of(cli).read_bytes()
    for said in ("the chain was rebuilt", "1 entry cut off its end"):
        if "rebuilt" in said:
            rebuild(path_of(cli), "Shouted", "Laughed")
        else:
            cut(path_of(cli), 1)
        for words in (["verify"], ["verify", "--quick"], ["verify", "acme"], ["anchor", "acme"]):
            result = cli(*words)
            assert (result.status, result.err.count("\n")) == (3, 1), words
            assert said in result.out + result.err, words
        assert cli("anchor", "--check", line).status == 3
        path_of(cli).write_bytes(whole)
    assert cli("verify").status == 0


def test_a_mailed_line_is_checked(anchored: tuple[Cli, str], tmp_path: Path) -> None:
    cli, line = anchored
    cli.ok("log", "acme", "abuse", "Again")
    mail = tmp_path / "mail.txt"
    wrapped = line.replace(" head ", "\n> head\n> ")
    mail.write_text(f"On Monday you wrote:\n> {wrapped}\n> Bye", "utf-8")
    copy = tmp_path / "copy.json"
    copy.write_bytes(anchor_file(cli).read_bytes())
    for words in ([line], line.split(), [str(mail)], [str(copy)]):
        out = cli.ok("anchor", "--check", *words)
        assert "entries 1 to 3 are the same as when the anchor was made" in out
        assert cli("anchor", "acme", "--check", *words).status == 0
    assert cli("anchor", "--check", "-", stdin=mail.read_bytes()).status == 0
    wrong = line.replace(" 3 ", " 2 ")
    result = cli("anchor", "--check", wrong, "--json")
    assert (result.status, result.json["ok"]) == (3, False)
    assert "entry 2 has another hash" in result.json["findings"][0]
    result = cli("anchor", "--check", line.replace(" 3 ", " 9 "))
    assert result.status == 3
    assert "5 entries cut off" in result.out


def test_whoever_has_only_a_record_or_a_file_can_check_it(
    anchored: tuple[Cli, str], tmp_path: Path
) -> None:
    cli, line = anchored
    cli.ok("record", "acme", "--for", "court", "-o", str(tmp_path / "out"))
    docket = tmp_path / "acme.jsonl"
    docket.write_bytes(path_of(cli).read_bytes())
    cli.root = tmp_path / "nowhere"
    for named in (tmp_path / "out", docket):
        assert "entries 1 to 3 are the same" in cli.ok("anchor", str(named), "--check", line)
        assert cli("anchor", str(named), "--check", line.replace(" 3 ", " 2 ")).status == 3
        other = cli("anchor", str(named), "--check", line.replace("acme", "bolt"))
        assert (other.status, "The anchor is of bolt: not of acme" in other.err) == (2, True)
    for pattern in ("*_court.md", "chain.jsonl"):
        (file,) = (tmp_path / "out").rglob(pattern)
        whole = file.read_bytes()
        file.write_bytes(whole.replace(b"Shouted", b"Laughed"))
        assert cli("anchor", str(tmp_path / "out"), "--check", line).status == 3
        file.write_bytes(whole)


def test_only_the_docket_itself_is_held_against_its_anchors(anchored: tuple[Cli, str]) -> None:
    cli, _ = anchored
    copy = path_of(cli).with_suffix(".bak")
    copy.write_bytes(path_of(cli).read_bytes())
    cut(copy, 1)
    assert "No anchor for acme" in cli.ok("verify", str(copy))
    assert "No anchor" not in cli.ok("verify", str(path_of(cli)))


@needs_ssh_keygen
def test_a_signed_anchor(anchored: tuple[Cli, str], tmp_path: Path) -> None:
    cli, line = anchored
    key = new_key(tmp_path / "key")
    result = cli("anchor", "acme", "--sign", str(key))
    assert (result.status, result.out.strip()) == (0, line)
    assert SHOWS in result.err
    found = cli("anchor", "acme", "--sign", str(key), "--json").json
    assert found["key"].startswith("ED25519 key SHA256:")
    assert Path(found["signature"]).stat().st_mode & 0o777 == 0o600
    out = cli.ok("verify")
    assert f"signed with {found['key']}" in out
    assert f"{SHOWS}." in out
    file = anchor_file(cli)
    assert f"signed with {found['key']}" in cli.ok("anchor", "--check", str(file))
    file.write_bytes(re.sub(rb'"at":"2', b'"at":"1', file.read_bytes()))
    result = cli("verify")
    assert (result.status, "its signature is no good" in result.out) == (3, True)


@needs_ssh_keygen
def test_a_key_that_cannot_sign_leaves_nothing(
    acme: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = set(acme.files())
    (tmp_path / "text").write_text("no key")
    for key, status in ((tmp_path / "none", 2), (tmp_path / "text", 1)):
        result = acme("anchor", "acme", "--sign", str(key))
        assert (result.status, result.err.count("\n")) == (status, 1)
        assert str(key) in result.err
    monkeypatch.setenv("PATH", str(tmp_path))
    result = acme("anchor", "acme", "--sign", str(new_key_file(tmp_path)))
    assert (result.status, "ssh-keygen: it is not installed" in result.err) == (1, True)
    assert set(acme.files()) - before == {"checked/acme.json"}


def new_key_file(folder: Path) -> Path:
    """Return a file that could be a key, where none can be made."""
    (folder / "key").write_text("-----BEGIN OPENSSH PRIVATE KEY-----\n")
    return folder / "key"


def test_a_query_is_written_and_never_sent(acme: Cli) -> None:
    result = acme("anchor", "acme", "--query")
    file = anchor_file(acme)
    query = file.with_suffix(".tsq")
    assert hashlib.sha256(file.read_bytes()).digest() in query.read_bytes()
    assert query.stat().st_mode & 0o777 == 0o600
    assert f"--data-binary '@{query}'" in result.err
    assert f"-o '{file.with_suffix('.tsr')}'" in result.err
    first = query.read_bytes()
    assert acme("anchor", "acme", "--query", "--json").json["query"] == str(query)
    assert query.read_bytes() == first


def test_quick_verification_trusts_and_says_so(acme: Cli) -> None:
    assert "trusted" not in acme.ok("verify", "--quick")
    acme.ok("log", "acme", "abuse", "Shouted")
    assert "3 entries (2 trusted from the last check)" in acme.ok("verify", "--quick")
    (checked,) = acme("verify", "--quick", "--json").json["checked"]
    assert (checked["trusted"], checked["anchors"]) == (3, [])
    assert "trusted" not in acme.ok("verify")
    acme.ok("log", "acme", "abuse", "Again")
    path_of(acme).write_bytes(path_of(acme).read_bytes().replace(b"Again", b"After"))
    for words in (["verify", "--quick"], ["verify", "--quick", "acme"]):
        result = acme(*words)
        assert (result.status, "entry 4 was changed" in result.out) == (3, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "No client was named"),
        (["--sign"], "No client was named"),
        (["nobody"], "No client fits 'nobody'"),
        (["--check", "something else"], "No anchor was found there"),
        (["--check", "x" * 5000], "No anchor was found there"),
        (["acme", "--query", "--check", "x"], "--check only looks"),
        (["--check", f"docket anchor bolt 1 entry head {'0' * 64} 2026-11-22T10:20:00Z"], "bolt"),
    ],
)
def test_wrong_words_are_one_line(acme: Cli, words: list[str], said: str) -> None:
    result = acme("anchor", *words)
    assert (result.status, result.out, result.err.count("\n")) == (2, "", 1)
    assert said in result.err


def test_a_changed_anchor_file_is_told_as_that(anchored: tuple[Cli, str]) -> None:
    cli, _ = anchored
    file = anchor_file(cli)
    file.write_bytes(file.read_bytes().replace(b'"count":3', b'"count": 3'))
    result = cli("anchor", "--check", str(file))
    assert (result.status, "was changed" in result.err) == (2, True)
    result = cli("verify")
    assert (result.status, "was changed" in result.out) == (3, True)
    assert cli("anchor", "acme").status == 3
