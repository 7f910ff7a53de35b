"""Settings: what is read, and the one line about what does not fit."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.entries import kind_named
from store.errors import DocketError
from store.settings.config import Config, Settings, load_config, passed_over, read_settings


def _load(folder: Path, text: str) -> Config:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return load_config(path)


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    assert load_config(tmp_path / "config.toml") == Config()


def test_every_setting_is_read(tmp_path: Path) -> None:
    text = 'author = "Ines Ægir"\ncurrency = "HUF"\ntarget_rate = 85.10\n[keys]\nlog = "l"\n'
    assert _load(tmp_path, text) == Config(
        author="Ines Ægir", currency="HUF", target_rate=Decimal("85.1"), keys={"log": "l"}
    )


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
        ("author =", "is not valid TOML"),
        (f"target_rate = {'9' * 5000}", "is not valid TOML"),
        ("author = 1\ncurrency = 2", "author: .*; currency: "),
        ("author = 1\ncolour = 2", "author: it is not a text of at most 120 characters[.] "),
        ("[policy]\nnotices = true", "policy.notices: it is not a whole number, 1 to 20"),
        ("[policy]\nreply_days = 2.5", "policy.reply_days: it is not a whole number, 1 to 90"),
        ("[policy]\nnotices = 70", "policy.notices: it is not a whole number, 1 to 20"),
        ("[kinds]\nSeagull = 'other'", "kinds.Seagull: write it in small letters"),
        ("[kinds]\nseagull = 'gull'", "kinds.seagull: 'gull' is no kind of incident"),
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


def _read(folder: Path, text: str) -> Settings:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return read_settings(path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colour = 1", "colour: there is no such setting"),
        ("[colours]\nsky = 'blue'", "colours: there is no such table"),
        ("[policy]\nweight_gone = 3", "policy.weight_gone: there is no such number"),
        ("[policy]\ntalk_from = 20", "policy.talk_from: there is no such number"),
        (
            "[kinds]\ncomplaint = 'other'",
            "kinds.complaint: complaint is a kind of Docket's by that word, and yours stands",
        ),
        (
            "[kinds]\noverdue = 'other'",
            "kinds.overdue: late-payment is a kind of Docket's by that word, and yours stands",
        ),
    ],
)
def test_what_an_update_may_take_or_bring_is_said_and_passed_over(
    tmp_path: Path, text: str, said: str
) -> None:
    found = _read(tmp_path, f'author = "Ann"\n{text}\n')
    assert (found.passed, found.wrong, found.config.author) == ((said,), None, "Ann")
    assert found.checked() == found.config


def test_an_own_word_stands_before_the_kind_that_has_it(tmp_path: Path) -> None:
    own = _read(tmp_path, "[kinds]\ncomplaint = 'other'").config.kinds
    assert own == {"complaint": "other"}
    kind = kind_named("complaint", own)
    assert kind is not None
    assert (kind.id, kind.called) == ("other", "complaint")


def test_what_is_right_holds_beside_what_is_wrong(tmp_path: Path) -> None:
    text = "author = 'Ann'\ncurrency = 'eur'\n[policy]\nnotices = 70\nreply_days = 9\nx = 1\n"
    found = _read(tmp_path, text)
    assert (found.config.author, found.config.currency) == ("Ann", "EUR")
    assert (found.config.policy.notices, found.config.policy.reply_days) == (3, 9)
    assert found.passed == ("policy.x: there is no such number",)
    for _ in range(2):  # an error that is raised again is a new one: what it says may be added to
        with pytest.raises(DocketError, match=r"currency: .*; policy\.notices: ") as caught:
            found.checked()
        caught.value.remedy += ". And more"
    assert "And more" not in str(found.wrong)


def test_what_was_passed_over_is_one_line_however_much_it_is() -> None:
    assert passed_over(()) == ""
    line = passed_over(tuple(f"colour{number}: there is no such setting" for number in range(9)))
    assert "colour2" in line and "colour3" not in line and "and 6 more" in line
    assert "\n" not in line


@given(st.text(max_size=200))
def test_no_text_makes_reading_fail(text: str) -> None:
    with TemporaryDirectory() as folder:
        found = _read(Path(folder), text)
        assert isinstance(found, Settings)
