"""`docket policy`: the settings in force as a config.toml that is read back as it was."""

from __future__ import annotations

import re
import stat
import tomllib
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.settings.config import ROWS, Config, load_config
from store.settings.policy import SETTINGS, Policy
from tests.tui.cli.conftest import Cli
from tui.cli.policy import config_toml

OWN = """\
author = "Ines \\"Æ\\" \\u202e\\u007f"
currency = "HUF"
target_rate = 85.10
ask_checkin = false
[policy]
reminder_days = 20
notices = 2
talk_from = 20
[kinds]
seagull = "micro-change"
[keys]
log = "l"
"""
TEXTS = st.text(st.characters(codec="utf-8"), max_size=120)
AMOUNTS = st.none() | st.decimals("1e-30", "1e12", allow_nan=False).filter(lambda one: one < 10**12)


def read_back(config: Config) -> Config:
    """Return what the printed settings of `config` set."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "config.toml"
        path.write_text(config_toml(config), encoding="utf-8")
        return load_config(path)


def policies() -> st.SearchStrategy[Policy]:
    """Return every policy that a config may set."""
    numbers = {name: st.integers(int(one.low), int(one.high)) for name, one in SETTINGS.items()}
    return st.builds(Policy, **numbers)


def test_every_setting_is_printed() -> None:
    out = config_toml(Config())
    assert set(ROWS) == set(Config._fields)
    assert all(f"{name} = " in out or f"[{name}]" in out for name in ROWS)
    assert set(SETTINGS) == set(Policy._fields)


def test_without_a_config_the_defaults_are_printed(acme: Cli) -> None:
    out = acme.ok("policy")
    assert tomllib.loads(out)["policy"] == Policy()._asdict()
    assert read_back(Config()) == Config()
    assert "# yours" not in out
    assert max(map(len, out.splitlines())) <= 80


def test_it_needs_no_workspace(cli: Cli) -> None:
    assert "reply_days = 3" in cli.ok("policy")


def test_what_differs_is_marked_and_every_number_explained(acme: Cli) -> None:
    (acme.root / "config.toml").write_text(OWN, encoding="utf-8")
    out = acme.ok("policy")
    assert re.findall(r"(\w+) = \S+  # yours", out) == ["reminder_days", "notices"]
    for name, one in SETTINGS.items():
        said, _ = out.split(f"\n{name} = ")
        comment = " ".join(said.rsplit("\n# ", 2)[-2:]).replace("\n", " ")
        default = f"{one.low:g} to {one.high:g}, default {Policy._field_defaults[name]:g}"
        assert default in comment.replace("# ", ""), name
    other = acme.root.parent / "pasted.toml"
    other.write_text(out, encoding="utf-8")
    assert load_config(other) == load_config(acme.root / "config.toml")


@given(
    st.builds(
        Config,
        author=TEXTS,
        currency=st.from_regex("[A-Z]{3}", fullmatch=True),
        target_rate=AMOUNTS,
        savings=AMOUNTS,
        monthly_costs=AMOUNTS,
        ask_checkin=st.booleans(),
        policy=policies(),
        kinds=st.dictionaries(
            st.sampled_from(["seagull", "a1-b"]), st.sampled_from(["abuse", "other"])
        ),
        keys=st.dictionaries(TEXTS, TEXTS, max_size=3),
    )
)
def test_any_config_is_read_back_as_it_was(config: Config) -> None:
    assert read_back(config) == config


def test_json_has_every_setting_and_what_there_is_to_know_of_a_number(acme: Cli) -> None:
    (acme.root / "config.toml").write_text(OWN, encoding="utf-8")
    found = acme("policy", "--json").json
    assert set(found) == set(Config._fields)
    assert (found["target_rate"], found["savings"]) == (str(Decimal("85.1")), None)
    assert found["policy"]["reminder_days"] == {
        "value": 20,
        "default": 7,
        "yours": True,
        "low": 1,
        "high": 90,
        "what": SETTINGS["reminder_days"].what,
    }
    assert found["kinds"] == {"seagull": "micro-change"}


def test_write_makes_the_file_once(acme: Cli) -> None:
    path = acme.root / "config.toml"
    result = acme("policy", "--write")
    assert (result.status, result.out) == (0, f"{path}\n")
    assert load_config(path) == Config()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_text('currency = "SEK"\n', encoding="utf-8")
    again = acme("policy", "--write")
    assert again.status == 2
    assert "is there already: what you set in it would be lost" in again.err
    assert again.err.count("\n") == 1
    assert path.read_text(encoding="utf-8") == 'currency = "SEK"\n'


def test_write_follows_no_dangling_link(acme: Cli, tmp_path: Path) -> None:
    (acme.root / "config.toml").symlink_to(tmp_path / "elsewhere")
    assert acme("policy", "--write").status == 2
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("words", [["policy"], ["policy", "--json"]])
def test_a_wrong_config_is_said_on_one_line(acme: Cli, words: list[str]) -> None:
    (acme.root / "config.toml").write_text("[policy]\nnotices = 70\n", encoding="utf-8")
    result = acme(*words)
    assert (result.status, result.out, result.err.count("\n")) == (1, "", 1)
    assert "policy.notices: it is not a whole number, 1 to 20" in result.err


def test_write_needs_a_workspace(cli: Cli) -> None:
    result = cli("policy", "--write")
    assert result.status == 1
    assert "There is no workspace" in result.err
