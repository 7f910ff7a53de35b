"""Settings: what is read, and the one line about what does not fit."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from store.errors import DocketError
from store.settings.config import Config, load_config


def _load(folder: Path, text: str) -> Config:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return load_config(path)


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    assert load_config(tmp_path / "config.toml") == Config()


def test_every_setting_is_read(tmp_path: Path) -> None:
    text = 'author = "Ines Ægir"\ncurrency = "HUF"\ntarget_rate = 85.10\n[keys]\nlog = "l"\n'
    assert _load(tmp_path, text) == Config("Ines Ægir", "HUF", Decimal("85.1"), keys={"log": "l"})


@pytest.mark.parametrize("rate", ["85", '"85"', "8.5e1"])
def test_a_rate_may_be_written_in_several_ways(tmp_path: Path, rate: str) -> None:
    assert _load(tmp_path, f"target_rate = {rate}").target_rate == 85


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("author = 1.5", "author: it is not a text"),
        (f"author = '{'x' * 121}'", "at most 120"),
        ('currency = "eur"', "currency: it is not three capital letters"),
        ("currency = ['EUR']", "currency: "),
        ("target_rate = 0", "target_rate: it is not a number above 0"),
        ("target_rate = inf", "target_rate: "),
        ("target_rate = nan", "target_rate: "),
        ("target_rate = true", "target_rate: "),
        ("target_rate = 'much'", "target_rate: "),
        ("keys = 'l'", "keys: it is not a table"),
        ("[keys]\nlog = 1", "keys: "),
        ("colour = 1", "colour: there is no such setting"),
        ("author =", "is not valid TOML"),
        (f"target_rate = {'9' * 5000}", "is not valid TOML"),
        ("author = 1\ncolour = 2", "author: .*; colour: "),
    ],
)
def test_what_does_not_fit_is_named_on_one_line(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(DocketError, match=says) as caught:
        _load(tmp_path, text)
    assert "config.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_bytes_that_are_no_text_are_not_toml(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes(b"author = '\xff'")
    with pytest.raises(DocketError, match="is not valid TOML"):
        load_config(tmp_path / "config.toml")
