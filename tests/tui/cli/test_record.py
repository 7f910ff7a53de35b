"""`docket record` from the shell: what it takes, what it says, and what `verify` makes of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.store.anchors.owner import needs_ssh_keygen, new_key
from tests.tui.cli.conftest import Cli


@pytest.fixture
def busy(acme: Cli) -> Cli:
    """A docket with an invoice, words, a quotation and a file."""
    paper = acme.root.parent / "paper.txt"
    paper.write_text("The agreement.\n")
    acme.ok("invoice", "acme", "INV-1", "1200", "--issued", "2026-10-01")
    acme.ok("log", "acme", "pay-later", "Jo Smith on the phone", "--quote", "keep going")
    acme.ok("log", "acme", "advice-overridden", "Advised A; they always take B")
    acme.ok("log", "acme", "note", "Signed", "--attach", str(paper))
    return acme


def made(cli: Cli, out: Path, *words: str) -> Path:
    """Write a record and return its folder."""
    printed = cli.ok("record", "acme", "--for", "own", "-o", str(out), *words)
    return Path(printed.strip()).parent


def test_the_options_reach_the_document(busy: Cli, tmp_path: Path) -> None:
    folder = made(
        busy,
        tmp_path / "out",
        *("--redact", "Jo Smith", "--because", "not a party", "--first", "#5, 4", "--html"),
        *("--remedy", "Payment of INV-1"),
    )
    text = next(folder.glob("2*.md")).read_text("utf-8")
    assert "Jo Smith" not in text
    assert "withheld: not a party" in text
    assert "Asked for: Payment of INV-1" in text
    assert "Put first by the contractor" in text
    assert next(folder.glob("*.html")).read_bytes().startswith(b"<!")
    assert busy("verify", str(folder)).status == 0


def test_a_language_without_words_is_told_and_a_word_that_is_none_refused(
    busy: Cli, tmp_path: Path
) -> None:
    said = busy("record", "acme", "--for", "own", "-o", str(tmp_path), "--language", "sv")
    assert "It is in English, as Docket has none in sv yet." in said.err
    check = busy("record", "acme", "--for", "own", "--check", "--language", "Finnish")
    assert "Nobody who speaks Finnish has read its words yet" in check.out
    wrong = busy("record", "acme", "--for", "own", "--check", "--language", "Frnch!")
    assert "'Frnch!' is no language" in wrong.err


def test_verify_says_what_each_part_shows_and_does_not(busy: Cli, tmp_path: Path) -> None:
    folder = made(busy, tmp_path / "out")
    out = busy.ok("verify", str(folder))
    for part in ("files", "chain", "document", "exhibits", "custody"):
        assert f"  {part}: " in out
    assert "  no signature\n" in out
    assert "  no anchor\n" in out
    assert "does not show that what was noted is true" in out
    parts = busy("verify", str(folder), "--json").json["checked"][0]["parts"]
    assert {part["name"] for part in parts} >= {"files", "no signature", "no anchor", "chain"}
    assert all(part["shows"] and part["does_not"] for part in parts)


@needs_ssh_keygen
def test_a_signature_is_made_and_said(busy: Cli, tmp_path: Path) -> None:
    key = new_key(tmp_path / "key")
    result = busy("record", "acme", "--for", "court", "-o", str(tmp_path), "--sign", str(key))
    assert result.status == 0, result
    assert "Signed with ED25519 key SHA256:" in result.err
    folder = Path(result.out.strip()).parent
    assert "signature: signed with ED25519 key" in busy.ok("verify", str(folder))
    wrong = busy("record", "acme", "--for", "own", "-o", str(tmp_path / "x"), "--sign", "none")
    assert (wrong.status, "There is no SSH key" in wrong.err) == (2, True)
    assert not list((tmp_path / "x").glob("*")), "nothing half-written stays"


def test_a_platform_hears_of_length_and_deadline(busy: Cli, tmp_path: Path) -> None:
    words = ("record", "acme", "--for", "platform", "-o", str(tmp_path / "out"))
    result = busy(*words, "--answer-by", "+7d")
    assert "platform.txt has the text for each field: product_description" in result.err
    assert "in 7 days" in result.err
    assert "sent only once" in result.err
    text = Path(result.out.strip()).read_text("utf-8")
    assert "\nanswer_by: " in text
    said = busy(*words, "--json").json
    assert said["characters"] == len(Path(said["document"]).read_text("utf-8"))


def test_what_to_look_at_again_is_told_with_its_entry(busy: Cli, tmp_path: Path) -> None:
    words = ("record", "acme", "--for", "own")
    out = busy.ok(*words, "--check")
    assert 'acme#5 says "always"' in out
    assert not list(tmp_path.glob("*dispute*"))
    result = busy(*words, "-o", str(tmp_path / "out"))
    assert 'acme#5 says "always"' in result.err
    busy.ok("me", "Ines Marek")
    noticed = busy(*words, "--check", "--json").json["noticed"]
    assert [one["entry"] for one in noticed] == ["acme#5"]


def test_an_extract_and_a_facts_sheet(busy: Cli, tmp_path: Path) -> None:
    folder = made(busy, tmp_path / "out", "--kind", "overridden")
    manifest = json.loads((folder / "manifest.json").read_bytes())
    assert manifest["options"]["kinds"] == ["advice-overridden"]
    assert "INV-1" not in next(folder.glob("2*.md")).read_text("utf-8")
    out = busy.ok("record", "acme", "--for", "public", "-o", str(tmp_path / "out"))
    assert "INV-1" not in Path(out.strip()).read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--redact", "nobody"), "stands in no entry"),
        (("--redact", "#99"), "no entry #99"),
        (("--redact", "INV-1"), "cannot be withheld in part"),
        (("--kind", "lateness"), "is not a kind"),
        (("--first", "three"), "no list of entries"),
        (("--answer-by", "someday"), "someday"),
    ],
)
def test_a_slip_is_one_line_and_writes_nothing(
    busy: Cli, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    result = busy("record", "acme", "--for", "own", "-o", str(tmp_path / "out"), *words)
    assert result.status in (1, 2)
    assert said in result.err
    assert result.err.count("\n") == 1
    assert not list((tmp_path / "out").glob("*"))


def test_a_folder_is_needed_unless_it_only_looks(busy: Cli) -> None:
    result = busy("record", "acme", "--for", "own")
    assert (result.status, "No folder was named" in result.err) == (2, True)


def test_what_goes_beside_a_record_is_for_its_own_reader(busy: Cli, tmp_path: Path) -> None:
    for words, said in (
        (("--for", "court", "--paper", "letter"), "--paper goes with --pdf"),
        (("--for", "court", "--profile", "card"), "is no form of this record"),
        (("--for", "court", "--would-accept", "half"), "for a mediator alone"),
    ):
        result = busy("record", "acme", *words, "-o", str(tmp_path / "out"))
        assert (result.status, said in result.err) == (2, True), words
    busy.ok("record", "acme", "--for", "mediator", "--would-accept", "half", "-o", str(tmp_path))
    assert "I would accept: half" in next(tmp_path.glob("*/brief.md")).read_text("utf-8")
    fields = busy("record", "acme", "--for", "platform", "-o", str(tmp_path), "--json").json
    assert fields["platform"]["form"] == "card"
    assert all(one["characters"] <= one["limit"] for one in fields["platform"]["fields"])
