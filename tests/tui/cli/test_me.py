"""`docket me`: who you are, set before or after the first client; what stands beside it stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import DocketError
from store.settings.config import Config, load_config, set_texts
from tests.tui.cli.conftest import Cli
from tui.cli.demo import called

SETTINGS = """\
# mine
currency = "GBP"  # always

[policy]
reply_days = 3  # slow ones
[keys]
log = "l"
"""


def test_a_folder_that_holds_only_settings_becomes_a_workspace(cli: Cli) -> None:
    cli.root.mkdir()
    (cli.root / "config.toml").write_text('author = "Jo Ek"\n', "utf-8")
    result = cli("new", "Acme")
    assert (result.status, result.err) == (0, "")
    assert cli("show", "acme", "--json").json[0]["author"] == "Jo Ek"


def test_a_folder_that_holds_anything_else_does_not(cli: Cli) -> None:
    cli.root.mkdir()
    (cli.root / "config.toml").write_text("", "utf-8")
    (cli.root / "thesis.txt").write_text("mine", "utf-8")
    result = cli("new", "Acme")
    assert (result.status, "is not empty" in result.err) == (1, True)


def test_a_name_set_first_makes_one_author_of_all_entries(cli: Cli) -> None:
    assert cli.ok("me", "Jo", "Ek") == "name:    Jo Ek\n"
    assert cli("new", "Acme", "--terms", "net14").err == ""
    assert {one["author"] for one in cli("show", "acme", "--json").json} == {"Jo Ek"}


def test_setting_one_leaves_all_else_as_it_was(cli: Cli) -> None:
    cli.root.mkdir()
    config = cli.root / "config.toml"
    config.write_text(SETTINGS, "utf-8")
    mine = {"tax-id": "GB 12", "phone": "+44 1", "email": "jo@ek.example", "address": "1 Main St"}
    cli.ok("me", "Jo Ek", *(word for name, said in mine.items() for word in (f"--{name}", said)))
    assert cli("me", "--json").json == {
        "name": "Jo Ek",
        "address": "1 Main St",
        "email": "jo@ek.example",
        "phone": "+44 1",
        "tax_id": "GB 12",
    }
    assert load_config(config).policy.reply_days == 3
    text = config.read_text("utf-8")
    assert [line for line in SETTINGS.splitlines() if line not in text.splitlines()] == []
    for option in ("--tax-id", "--phone", "--email", "--address"):
        cli.ok("me", option, "")
    cli.ok("me", "Ann")
    assert load_config(config)._replace(author="") == load_config_of(SETTINGS, cli.root)
    assert config.stat().st_mode & 0o777 == 0o600


def load_config_of(text: str, folder: Path) -> Config:
    path = folder / "other.toml"
    path.write_text(text, "utf-8")
    return load_config(path)


def test_a_name_that_is_not_set_is_said_and_nothing_is_refused(cli: Cli) -> None:
    result = cli("me")
    assert (result.status, result.out) == (0, "")
    assert "Your name is not set" in result.err
    assert not cli.root.exists(), "looking makes nothing"


@pytest.mark.parametrize("words", [["x" * 121], ["--tax-id", "1" * 61], ["--address", "s" * 301]])
def test_what_is_too_long_is_refused_and_nothing_changes(cli: Cli, words: list[str]) -> None:
    cli.ok("me", "Jo Ek")
    before = (cli.root / "config.toml").read_bytes()
    result = cli("me", *words)
    assert (result.status, result.err.count("\n")) == (2, 1)
    assert (cli.root / "config.toml").read_bytes() == before


def test_settings_that_are_wrong_already_are_said_first(cli: Cli) -> None:
    cli.ok("me", "Jo Ek")
    config = cli.root / "config.toml"
    for wrong in ("author =", "currency = 1\n"):
        config.write_text(wrong, "utf-8")
        result = cli("me", "Ann")
        assert (result.status, config.read_text("utf-8")) == (1, wrong)


def test_a_link_in_place_of_the_settings_is_not_written_through(tmp_path: Path) -> None:
    target = tmp_path / "bashrc"
    target.write_text("", "utf-8")
    config = tmp_path / "config.toml"
    config.symlink_to(target)
    with pytest.raises(DocketError, match="symbolic link"):
        set_texts(config, {"author": "Jo"})
    assert target.read_text("utf-8") == ""


@given(st.text(max_size=60).filter(lambda text: text.strip() == text != ""))
def test_any_name_comes_back_as_it_was_typed(name: str) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        path = Path(folder) / "config.toml"
        path.write_text(SETTINGS, "utf-8")
        set_texts(path, {"author": name})
        assert load_config(path).author == name
        assert load_config(path).keys == {"log": "l"}


@pytest.mark.parametrize(
    ("argv0", "on_path", "uv", "said"),
    [
        ("{bin}/docket", True, "", "docket"),
        ("{bin}/docket", False, "", "{bin}/docket"),
        ("{bin}/docket", True, "1", "uv run docket"),
    ],
)
def test_leaving_the_demo_says_where_ones_own_begins(
    cli: Cli, tmp_path: Path, argv0: str, on_path: bool, uv: str, said: str
) -> None:
    program = tmp_path / "docket"
    program.write_text("#!/bin/sh\n", "utf-8")
    program.chmod(0o755)
    cli.patch.setenv("PATH", str(tmp_path) if on_path else "/nowhere")
    cli.patch.setattr("sys.argv", [argv0.format(bin=tmp_path)])
    cli.patch.delenv("UV_RUN_RECURSION_DEPTH", raising=False)
    if uv:
        cli.patch.setenv("UV_RUN_RECURSION_DEPTH", uv)
    cli.patch.setattr("tui.__main__.open_app", lambda make: 0)
    result = cli("demo")
    assert called() == said.format(bin=tmp_path)
    assert f'{called()} new "Your client"' in result.err
    assert str(cli.root) in result.err
