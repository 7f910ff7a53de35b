"""On a server every verb says what it says of files, byte for byte but for hashes and places."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.postgres import Server
from tests.store.journal.server.proxy import Proxy
from tests.tui.cli.conftest import Cli

SAID = """
me Ann
new Acme_Media --id acme --email a@b.example --rate 85 --terms net14
new Bolt --id bolt
log acme late-payment INV-1_is_late --severity 2
invoice acme INV-1 1200 --issued 2026-10-01 --due 2026-10-15
pay acme 200 --on 2026-10-20
ask acme logo_files --needed-by 2027-01-05
log acme note see_scan --attach scan.txt
amend acme#2 INV-1_is_very_late --reason typo
void acme#6 --reason wrong
move acme#5 --to bolt --reason it_was_Bolt
log bolt note words --on tomorrow
show acme
show acme#2
find late
clients
decide acme
exhibits acme
exhibits acme#6 --to copy.txt
record acme --for own -o .
verify
anchor acme
doctor
backup b.zip
import --strict lines.jsonl
show bolt
drafts
erase bolt --yes-erase bolt
clients
verify --quick
"""
LINES = "".join(
    f'{{"client":"{client}","kind":"note","occurred_at":"2026-11-20","statement":"imported"}}\n'
    for client in ("acme", "bolt", "acme")
)


def said(cli: Cli, folder: Path) -> list[str]:
    """Run all of it in a folder; return what was said, without what differs from run to run."""
    folder.mkdir()
    (folder / "scan.txt").write_text("a scan")
    (folder / "lines.jsonl").write_text(LINES)
    told = []
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for line in SAID.strip().splitlines():
            done = cli(*(word.replace("_", " ") for word in line.split()))
            told.append(f"$ {line}\n{done.status}\n{done.out}{done.err}")
    wild = re.compile(
        rf"[0-9a-f]{{16,64}}|digest +[0-9a-f ]{{19}}|{folder.parent}\S*|\d\d:\d\d(?::\d\d)?"
    )
    return [wild.sub("*", one) for one in told]


@pytest.mark.slow
def test_every_verb_says_the_same(
    cli: Cli, postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    cli.root = tmp_path / "files"
    in_files = said(cli, tmp_path / "one")
    address = postgres.url(workspace="verbs")
    cli.ok("server", "init", address)
    cli.root = address  # type: ignore[assignment]  # no path, and given as it is
    assert said(cli, tmp_path / "two") == in_files


def test_the_schema_and_its_members(
    cli: Cli, postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    address = postgres.url(workspace="members")
    files, cli.root = cli.root, address  # type: ignore[assignment]
    refused = cli("clients").err
    assert "You are no member of members there" in refused or "has no dockets" in refused
    cli.ok("server", "init", address)  # the workspace in use may be the one that is to be made
    cli.root = files
    assert "is there" in cli.ok("server", "init", address)
    cli.ok("server", "join", address, "ann", "--may", "read", "--client", "acme")
    (ann, _root) = cli("server", "members", address, "--json").json
    assert ann == {"name": "ann", "may": "read", "clients": ["acme"]}
    cli.ok("server", "leave", address, "ann")
    assert cli("server", "leave", address, "ann").status == 2
    assert "knows no role nobody" in cli("server", "join", address, "nobody").err
    assert "names no workspace" in cli("server", "init", "postgresql://x/y?workspace=A%20B").err
    assert cli("server", "move", "acme").status == 2


def test_a_server_that_is_not_there_is_one_line(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    pytest.importorskip("psycopg")
    cli.root = f"postgresql:///db?host={tmp_path}"  # type: ignore[assignment]
    done = cli("clients")
    assert (done.status, done.err.count("\n")) == (1, 1)
    assert f"The server {tmp_path} cannot be reached" in done.err
    assert not (tmp_path / "docket-servers").exists()


def test_what_waits_is_shown_changed_dropped_and_sent(
    cli: Cli, postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    cli.ok("server", "init", postgres.url(workspace="waits"))
    proxy = Proxy(postgres.port)
    address = f"postgresql://root@127.0.0.1:{proxy.port}/postgres?workspace=waits&sslmode=disable"
    cli.root = address  # type: ignore[assignment]
    cli.ok("new", "Acme", "--id", "acme")
    proxy.refuses = True
    done = cli("log", "acme", "note", "one")
    assert done.out.startswith("acme~1 note, occurred")
    assert "not yet on record" in done.out
    assert "1 entry not yet on record" in done.err
    cli.ok("ask", "acme", "the files")
    cli.ok("answer", "acme~2", "here they are")
    cli.ok("log", "acme", "note", "said twice")
    cli.ok("log", "acme", "note", "see", "#~1,", "and", "acme~1", "and", "#~2")
    cli.ok("log", "acme", "note", "about it", "--about", "~1")
    assert "acme~9 does not wait" in cli("log", "acme", "note", "x", "--about", "acme~9").err
    shown = cli("show", "acme")
    assert "acme~2 request" in shown.out
    assert "Shown is what this machine has, as of" in shown.err
    first, *_ = [one for one in cli("show", "acme", "--json").json if one["seq"] is None]
    assert (first["waiting"], first["recorded_at"], first["statement"]) == (1, None, "one")
    assert "acme~1 note" in cli.ok("show", "acme~1")
    assert [one["name"] for one in cli("server", "outbox", "--json").json] == [
        f"acme~{number}" for number in (1, 2, 3, 4, 5, 6)
    ]
    assert cli("server", "send").status == 1
    cli.ok("server", "edit", "acme~1", "number one")
    assert "there is no reason" in cli("server", "drop", "acme~4").err
    cli.ok("server", "drop", "acme~4", "--reason", "said before")
    assert "does not wait" in cli("server", "drop", "acme~4", "--reason", "again").err
    assert "said twice" in cli.ok("drafts")
    proxy.refuses = False
    assert "acme~1 is on record now, as acme#2." in cli("server", "send").err
    assert "Nothing waits" in cli.ok("server", "outbox")
    shown = cli("show", "acme")
    assert "number one" in shown.out
    assert "answers #3" in cli.ok("show", "acme#4")
    assert "see #2, and acme#2 and #3" in cli.ok("show", "acme#5")
    assert "about #2" in cli.ok("show", "acme#6")
    assert "has all that this machine has" in cli.ok("server", "give-back")
    proxy.refuses = True
    assert "zeta" in cli.ok("new", "Zeta", "--id", "zeta")
    assert "zeta was begun here, and is not on the server yet" in cli.ok("server", "outbox")
    assert [one["name"] for one in cli("server", "outbox", "--json").json] == ["zeta"]
    assert cli.ok("log", "zeta", "note", "one").startswith("zeta#2 note")
    assert "not on the server yet" in cli("show", "zeta").err
    row = {"kind": "note", "statement": "brought", "occurred_at": "2026-11-20T10:00:00+00:00"}
    rows = [{**row, "client": "acme"}, {**row, "client": "zeta"}, {**row, "client": "nobody"}]
    (tmp_path / "lines.jsonl").write_text("".join(json.dumps(one) + "\n" for one in rows))
    assert "there is no client nobody" in cli("import", "--strict", f"{tmp_path}/lines.jsonl").err
    assert "acme~1" not in cli.ok("server", "outbox")
    (tmp_path / "lines.jsonl").write_text("".join(json.dumps(one) + "\n" for one in rows[:2]))
    assert "2 entries imported" in cli.ok("import", "--strict", f"{tmp_path}/lines.jsonl")
    assert "acme~1 note" in cli.ok("server", "outbox")
    proxy.refuses = False
    assert "zeta is on the server now, with 3 entries." in cli("show", "zeta").err
    assert "is on the server" in cli("server", "send", "zeta", "--as", "other").err
    proxy.refuses = True
    cli.ok("new", "Gone", "--id", "gone")
    cli.ok("erase", "gone", "--yes-erase", "gone")
    assert "Nothing waits" in cli.ok("server", "outbox")
