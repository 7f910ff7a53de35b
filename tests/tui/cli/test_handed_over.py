"""What others hand over on the command line: folders that lost a file, and pipes for files."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Cli


def made(cli: Cli, out: Path) -> Path:
    """Write a record and return its folder."""
    return Path(cli.ok("record", "acme", "--for", "own", "-o", str(out)).strip()).parent


@pytest.mark.parametrize("kept", ["chain.jsonl", "verify.py", "VERIFY.md"])
def test_a_record_without_its_manifest_is_not_passed_over(
    acme: Cli, tmp_path: Path, kept: str
) -> None:
    out = tmp_path / "records"
    whole, broken = made(acme, out), made(acme, out)
    for name in {"manifest.json", "chain.jsonl", "verify.py", "VERIFY.md"} - {kept}:
        (broken / name).unlink()
    (out / "letters").mkdir()
    result = acme("verify", str(out))
    assert result.status == 3
    assert f"{whole}: whole" in result.out
    assert f"{broken}: NOT whole\n  manifest.json: missing" in result.out
    assert "letters" not in result.out
    assert f"{broken}: NOT whole" in acme("verify", str(broken)).out


def test_what_a_cut_off_export_left_behind_is_no_record(acme: Cli, tmp_path: Path) -> None:
    folder = made(acme, tmp_path)
    rest = folder.with_name(f".{folder.name}.0a1b2c3d.tmp")
    rest.mkdir()
    (rest / "chain.jsonl").write_bytes(b"")
    assert str(rest) not in acme.ok("verify", str(tmp_path))


def test_a_record_from_a_later_day_is_told_of(acme: Cli, tmp_path: Path) -> None:
    folder = made(acme, tmp_path)
    path = folder / "manifest.json"
    year = json.loads(path.read_bytes())["made_at"][:4]
    path.write_text(path.read_text("utf-8").replace(f'"made_at": "{year}', '"made_at": "2999'))
    out = acme("verify", str(folder)).out
    assert "  clock: the record says it was made 2999-" in out
    assert "which is still to come: here it is " in out


@pytest.mark.parametrize("through", ["", "link"])
def test_a_pipe_in_place_of_a_mail_is_refused_at_once(
    acme: Cli, tmp_path: Path, through: str
) -> None:
    pipe = tmp_path / "mail.eml"
    os.mkfifo(pipe)
    if through:
        (tmp_path / through).symlink_to(pipe)
    result = acme.real("log", "acme", "--eml", str(tmp_path / (through or pipe.name)))
    assert (result.status, result.err.count("\n")) == (2, 1)
    assert "is not a file. Name a file, or pipe it in: --eml -" in result.err
