"""The verbs that print: docket, clients, assessment, checks, keys; in words and in JSON."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from store.entries import KINDS
from store.journal import LIMITS
from store.text.cells import cell_width
from store.workspace import Workspace
from tests.tui.cli.conftest import Cli
from tui.cli.verbs import VERBS
from tui.commands import COMMANDS

LONG = "រឿងនេះ 水端茶舗 شركة النور Þjónusta " * 30


def damage(path: Path, old: bytes, new: bytes) -> None:
    """Change bytes of a file behind the program's back."""
    raw = path.read_bytes()
    assert old in raw
    path.write_bytes(raw.replace(old, new, 1))


def test_show_puts_corrections_beside_what_they_correct(acme: Cli) -> None:
    acme.ok("log", "acme", "abuse", "Shouted on Tuesday", "--quote", "you thief")
    acme.ok("amend", "acme#3", "Shouted on Monday", "--reason", "wrong day")
    acme.ok("add", "acme#3", "Bo heard it")
    acme.ok("void", "acme#3", "--reason", "another client")
    out = acme.ok("show", "acme#3")
    for said in (
        *(
            "acme#3 VOID abuse",
            "Shouted on Monday",
            "Shouted on Tuesday",
            "“you thief” (client)",
        ),
        *("amended by #4", "#5 adds: Bo heard it", "voided by #6"),
    ):
        assert said in out
    (shown,) = acme("show", "acme", "3", "--json").json
    assert (shown["statement"], shown["original"]["statement"]) == (
        "Shouted on Monday",
        "Shouted on Tuesday",
    )
    assert (shown["counts"], shown["amended_by"], shown["added_to_by"], shown["voided_by"]) == (
        *(False, [4], [5]),
        6,
    )


def test_show_finds_without_regard_to_case_and_accents(acme: Cli) -> None:
    acme.ok("log", "acme", "thanks", "Le CAFÉ était bon", "--on", "2026-01-05")
    acme.ok("log", "acme", "rework", "Again", "--on", "2026-02-05", "--quote", "Où est le thé?")
    found = acme("show", "acme", "--find", "cafe ETAIT", "--json").json
    assert [entry["seq"] for entry in found] == [3]
    assert [e["seq"] for e in acme("show", "acme", "--find", "the?", "--json").json] == [4]
    spring = acme("show", "acme", "--since", "2026-02-01", "--until", "2026-02-28", "--json").json
    assert [entry["seq"] for entry in spring] == [4]
    assert [e["kind"] for e in acme("show", "acme", "--kind", "rework", "--json").json] == [
        "rework"
    ]
    empty = acme("show", "acme", "--find", "nowhere")
    assert (empty.status, empty.out, empty.err) == (0, "", "No entry fits.\n")


def test_everything_printed_fits_eighty_columns_in_any_script(acme: Cli) -> None:
    acme.ok("new", LONG[:110], "--id", "long")
    acme.ok("log", "long", "complaint", LONG)
    acme.ok("log", "long", "note", "x" * 300)
    acme.ok(
        "invoice", "long", "N-1", "123456789.50", "--due", "2026-01-02", "--issued", "2026-01-01"
    )
    for words in (["show", "long"], ["keys"], ["keys", "--kinds"], ["decide", "long"]):
        lines = acme.ok(*words).splitlines()
        assert max(map(cell_width, lines)) <= 80, words


def test_clients_lists_how_each_stands(acme: Cli) -> None:
    assert acme.ok("clients", "--ids") == "acme\n"
    acme.ok("invoice", "acme", "A", "1200", "--issued", "2026-01-01")
    acme.ok("invoice", "acme", "B", "50", "--issued", "2026-01-01", "--currency", "USD")
    acme.ok("ask", "acme", "Files?")
    out = acme.ok("clients")
    assert "EUR 1,200.00 + USD 50.00" in out
    (row,) = acme("clients", "--json").json
    assert row["overdue"] == [
        {"amount": "1200.00", "currency": "EUR"},
        {"amount": "50.00", "currency": "USD"},
    ]
    assert (row["client"], row["open_requests"]) == ("acme", 1)
    assert {"verdict", "score", "coverage", "provisional", "last_touch", "name"} <= set(row)


def test_decide_says_why_in_words_and_in_json(acme: Cli) -> None:
    acme.ok("invoice", "acme", "A", "1200", "--issued", "2026-01-01")
    acme.ok("log", "acme", "pay-later", "Keep going, I'll pay you eventually")
    out = acme.ok("decide", "acme", "-v")
    for said in ("Verdict: walk-away", "Rank:", "Rules that spoke", "acme#4", "Ways out"):
        assert said in out
    assessment = acme("decide", "acme", "--json").json
    assert {
        *("client", "as_of", "verdict", "score", "range", "coverage", "more_than_the_work"),
        *("client_to_work_ratio", "questions", "factors", "rules", "would_change", "robustness"),
    } <= set(assessment)
    assert assessment["verdict"] == "walk-away"
    earlier = acme("decide", "acme", "--as-of", "2026-01-10", "--json").json
    assert (earlier["as_of"], earlier["verdict"]) == ("2026-01-10", earlier["verdict"])
    assert earlier["verdict"] != "walk-away"


def test_gut_and_decision_are_kept_privately(acme: Cli) -> None:
    before = (acme.root / "clients" / "acme.jsonl").read_bytes()
    result = acme("decide", "acme", "--gut", "walk-away")
    assert "Your gut said walk-away" in result.err
    acme.ok("decide", "acme", "--choose", "keep", "--why", "New start", "--review", "+30d")
    private = Workspace.open(acme.root).private.of("acme")
    assert private.guts[0].answer == "walk-away"
    (decision,) = private.decisions
    assert (decision.choice, decision.why, decision.entries) == ("keep", "New start", 2)
    assert decision.review is not None
    assert (acme.root / "clients" / "acme.jsonl").read_bytes() == before


def test_record_is_written_and_verifies(acme: Cli, tmp_path: Path) -> None:
    acme.ok("log", "acme", "late-payment", "INV-1 was not paid", "--on", "2026-01-05")
    folder = tmp_path / "out"
    document = Path(acme.ok("record", "acme", "--for", "court", "-o", str(folder)).strip())
    assert "INV" in document.read_text("utf-8")
    for named in (document.parent, folder):
        assert f"{document.parent}: whole" in acme.ok("verify", str(named))
    damage(document, b"not paid", b"now paid")
    broken = acme("verify", str(document.parent))
    assert broken.status == 3
    assert document.name in broken.out


def test_no_record_is_written_of_a_docket_that_is_not_whole(acme: Cli, tmp_path: Path) -> None:
    acme.ok("log", "acme", "abuse", "Shouted")
    damage(acme.root / "clients" / "acme.jsonl", b"Shouted", b"Laughed")
    result = acme("record", "acme", "--for", "court", "-o", str(tmp_path / "out"))
    assert (result.status, result.out, result.err.count("\n")) == (3, "", 1)
    for said in ("entry 3 was changed", "docket verify acme"):
        assert said in result.err
    assert not (tmp_path / "out").exists()


def test_clients_fit_a_terminal_of_eighty_columns_and_are_whole_on_a_pipe(acme: Cli) -> None:
    ids = ("a-rather-long-id-of-some-forty-letters-x", "kr")
    acme.ok("new", LONG[:110], "--id", ids[0])
    acme.ok("new", "Korosligeti Pekseg Kft", "--id", ids[1])
    owed = ("123456789.50", "--due", "2026-01-02", "--issued", "2026-01-01")
    acme.ok("invoice", ids[0], "N-1", *owed)
    piped = acme.ok("clients").splitlines()
    assert any(line.startswith(f"{ids[0]}  {LONG[:110].strip()}  ") for line in piped)
    verdict = piped[0].index("verdict")
    assert len({line[verdict - 2 : verdict] for line in piped if line.isascii()}) == 1
    acme.patch.setenv("COLUMNS", "80")
    acme.patch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    shown = acme.ok("clients").splitlines()
    assert max(map(cell_width, shown)) <= 80
    assert any("Korosligeti" in line for line in shown)
    assert any(line.startswith("a-rather-lon") for line in shown)


def test_record_tells_an_author_whom_nobody_named(
    acme: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("USER", "LOGNAME"):
        monkeypatch.delenv(name, raising=False)
    words = ("record", "acme", "--for", "own", "-o", str(tmp_path / "out"))
    result = acme(*words)
    assert (result.status, 'The author is "me": no name you have set' in result.err) == (0, True)
    assert 'The author is "me"' in acme.ok(*words[:4], "--check")
    assert acme(*words[:4], "--check", "--json").json["noticed"][0]["what"] == "author"
    acme.ok("invoice", "acme", "INV-1", "500")
    assert 'The author is "me"' in acme("statement", "acme").err
    assert 'The author is "me"' in acme("report", "acme", "-o", str(tmp_path)).err
    acme.ok("me", "Ines", "Marek")
    assert "as the author" not in acme(*words).err


def test_record_begins_no_later_than_today(acme: Cli, tmp_path: Path) -> None:
    words = ("record", "acme", "--for", "own", "-o", str(tmp_path / "out"), "--since", "2199-01-01")
    result = acme(*words)
    assert (result.status, "has not come yet" in result.err) == (2, True)
    assert not (tmp_path / "out").exists()


def test_verify_a_workspace_a_docket_and_a_client(acme: Cli) -> None:
    path = acme.root / "clients" / "acme.jsonl"
    for words in ([], [str(acme.root)], [str(path)], ["acme"]):
        out = acme.ok("verify", *words)
        assert "acme: whole, 2 entries, head " in out
        assert LIMITS in out
    (checked,) = acme("verify", "--json").json["checked"]
    assert (checked["ok"], checked["entries"], len(checked["head"])) == (True, 2, 64)


def test_verify_names_the_entry_that_was_changed(acme: Cli) -> None:
    acme.ok("log", "acme", "abuse", "Shouted")
    damage(acme.root / "clients" / "acme.jsonl", b"Shouted", b"Laughed")
    for words in ([], ["acme"]):
        result = acme("verify", *words)
        assert result.status == 3
        assert "entry 3 was changed" in result.out
        assert result.err.count("\n") == 1
        assert LIMITS in result.out
    report = acme("verify", "--json").json
    assert (report["ok"], report["checked"][0]["ok"]) == (False, False)


def test_verify_checks_the_exhibits(acme: Cli, tmp_path: Path) -> None:
    proof = tmp_path / "proof.txt"
    proof.write_text("They said so.")
    acme.ok("log", "acme", "abuse", "x", "--attach", str(proof))
    (kept,) = (acme.root / "exhibits").iterdir()
    kept.chmod(0o600)
    kept.write_text("They never did.")
    result = acme("verify")
    assert result.status == 3
    assert "exhibit proof.txt of acme#3: its bytes were changed" in result.out
    kept.unlink()
    assert "exhibit proof.txt of acme#3: it is missing" in acme("doctor").out


def test_doctor_finds_each_trouble_and_its_remedy(acme: Cli) -> None:
    assert acme("doctor").status == 0
    assert acme("doctor", "--json").json == []
    path = acme.root / "clients" / "acme.jsonl"
    path.chmod(0o644)
    acme.root.chmod(0o755)
    (acme.root / "clients" / "acme.torn-20261122T120000Z").write_bytes(b'{"fi')
    (acme.root / "clients" / "acme.torn-20261122T120000Z").chmod(0o600)
    (acme.root / "private.json").symlink_to("/etc/hostname")
    (acme.root / "config.toml").write_text("[keys]\nnothing = 'x'\n")
    (acme.root / "config.toml").chmod(0o600)
    damage(path, b"Acme", b"Zcme")
    result = acme("doctor")
    assert (result.status, result.err.count("\n")) == (1, 1)
    for said in (
        *("entry 1 was changed", f"chmod go= '{path}'", f"chmod go= '{acme.root}'"),
        *("acme.torn-20261122T120000Z holds", "private.json is a symbolic link"),
        "keys.nothing: there is no such action",
    ):
        assert said in result.out
    assert all(trouble["remedy"] for trouble in acme("doctor", "--json").json)


def test_doctor_on_a_newer_workspace(acme: Cli) -> None:
    (acme.root / "workspace.json").write_text('{"format": 9}')
    result = acme("doctor")
    assert (result.status, "Update Docket" in result.out) == (1, True)


def test_a_torn_end_is_set_aside_and_told(acme: Cli) -> None:
    path = acme.root / "clients" / "acme.jsonl"
    with path.open("ab") as file:
        file.write(b'{"fields":{"cli')
    assert "never finished" in acme("doctor").out
    result = acme("log", "acme", "thanks", "a lot")
    assert result.status == 0
    assert "set aside in acme.torn-" in result.err
    assert "acme.torn-" in acme("doctor").out


def test_keys_come_from_the_registries(cli: Cli) -> None:
    assert [row["id"] for row in cli("keys", "--json").json] == [c.id for c in COMMANDS]
    kinds = cli("keys", "--kinds", "--json").json
    assert [row["kind"] for row in kinds] == list(KINDS)
    assert all(row["help"] for row in kinds)


def test_help_lists_every_verb_and_each_has_an_example(cli: Cli) -> None:
    out = cli.ok("--help")
    assert cli.ok("-h") == out
    for name, listed in VERBS.items():
        assert f"  {name:<11} {listed.line}\n" in out
        text = cli.ok(name, "--help")
        assert "example:\n  " in text
        assert f"docket {name}" in text.split("example:")[1]
        assert max(map(len, text.splitlines())) <= 100
    assert cli.ok("--version").startswith("docket ")


def test_demo_writes_the_sample(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "sample"
    assert str(folder) in cli.ok("demo", "--into", str(folder))
    assert len(Workspace.open(folder).client_ids()) > 3
    again = cli("demo", "--into", str(folder))
    assert (again.status, again.err.count("\n")) == (1, 1)


@pytest.mark.parametrize("words", [[], ["demo"]])
def test_without_a_terminal_the_app_points_to_the_command_line(cli: Cli, words: list[str]) -> None:
    result = cli(*words)
    assert (result.status, result.err.count("\n")) == (1, 1)
    assert "docket --help" in result.err
    assert not cli.root.exists()


def test_a_period_typed_without_its_year_lies_behind(acme: Cli, tmp_path: Path) -> None:
    acme.ok("log", "acme", "abuse", "Shouted", "--on", "3d ago")
    assert "Shouted" in acme.ok("show", "acme", "--since", "1w")
    document = Path(acme.ok("record", "acme", "--for", "own", "-o", str(tmp_path), "--since", "1w"))
    front = Path(str(document).strip()).read_text("utf-8").split("---")[1]
    first = next(line for line in front.splitlines() if line.startswith("from:"))
    last = next(line for line in front.splitlines() if line.startswith("to:"))
    assert first.split('"')[1] < last.split('"')[1]


def test_help_is_a_verb_too(cli: Cli) -> None:
    assert cli.ok("help") == cli.ok("--help")
    assert cli.ok("help", "pay") == cli.ok("pay", "--help")


def test_verify_takes_several(acme: Cli) -> None:
    acme.ok("new", "Bolt", "--id", "bolt")
    out = acme.ok("verify", "acme", str(acme.root / "clients" / "bolt.jsonl"))
    assert ("acme: whole" in out, "bolt: whole" in out) == (True, True)
    damage(acme.root / "clients" / "bolt.jsonl", b"Bolt", b"Belt")
    assert acme("verify", "acme", "bolt").status == 3


def test_a_void_entry_says_so_on_its_first_line_and_what_wraps_is_indented(acme: Cli) -> None:
    acme.ok("log", "acme", "late-payment", "x", "--on", "2025-01-05")
    acme.ok("void", "acme#3", "--reason", "twice")
    assert acme.ok("show", "acme#3").startswith("acme#3 VOID late-payment, 5 Jan 2025")
    acme.patch.setenv("COLUMNS", "50")
    first, second, *_ = acme.ok("show", "acme#3").splitlines()
    assert (first.startswith("acme#3 VOID"), second[:4], second[4] != " ") == (True, "    ", True)
