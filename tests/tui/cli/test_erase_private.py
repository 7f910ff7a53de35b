"""`docket erase --private`: what one client makes you feel is forgotten, the docket stays."""

from __future__ import annotations

import pytest

from store.private.model import Private
from tests.tui.cli.conftest import Cli
from tests.tui.cli.timed import Timed, acme


@pytest.fixture
def felt(cli: Cli) -> Timed:
    """A command line on acme and bolt, with private things about both and their summaries kept."""
    timed = acme(cli)
    timed.ok("new", "Bolt & Co", "--id", "bolt")
    timed.ok("log", "acme", "abuse", "entry-mark")
    timed.ok("checkin", "acme", "9", "1", "--note", "private-mark")
    timed.ok("checkin", "acme", "--dread", "9")
    timed.ok("decide", "acme", "--gut", "walk-away", "--choose", "keep", "--why", "private-mark")
    timed.ok("checkin", "bolt", "2", "3", "--note", "bolt-mark")
    timed.workspace.private.set_referred_by("acme", "bolt")
    timed.workspace.private.set_referred_by("bolt", "acme")
    timed.ok("clients")
    return timed


def test_it_asks_for_the_id_first(felt: Timed) -> None:
    before = felt.cli.files()
    for typed in (b"", b"yes\n", b"bolt\n", b"Acme Media\n"):
        result = felt("erase", "acme", "--private", stdin=typed)
        assert (result.status, result.out) == (1, "")
        assert "To be removed: about acme: 2 check-ins, 1 gut answer, 1 decision, who sent" in (
            result.err
        )
        assert result.err.splitlines()[-1].startswith("Nothing was erased: acme was not typed")
        assert felt.cli.files() == before
    assert "does not name acme" in felt.wrong("erase", "acme", "--private", "--yes-erase", "bolt")
    words = ("erase", "acme", "--private", "--leave-exhibits", "--yes-erase", "acme")
    assert "--private leaves all exhibits anyway" in felt.wrong(*words)


def test_it_forgets_one_client_and_leaves_the_docket(felt: Timed) -> None:
    before = felt.cli.files()
    result = felt("erase", "media", "--private", stdin=b"acme\n")
    assert result.status == 0
    assert result.out == (
        "Removed: about acme: 2 check-ins, 1 gut answer, 1 decision, who sent them\n"
        "Removed: cache/summaries.json\n"
    )
    for said in ("The docket stays", "backup made with private things", "not overwritten"):
        assert said in result.err
    after = felt.cli.files()
    assert [name for name, data in after.items() if b"private-mark" in data] == []
    assert before.keys() - after.keys() == {"cache/summaries.json"}
    assert {name for name in after if after[name] != before[name]} == {"private.json"}
    assert felt.workspace.private.of("acme") == Private()
    assert felt.workspace.private.of("bolt").checkins[0].note == "bolt-mark"
    assert "acme#3" in felt.ok("show", "acme")
    assert felt.ok("decisions", "acme") == felt.ok("checkin", "acme", "--list") == ""
    assert felt("doctor").status == 0


def test_it_works_in_a_script(felt: Timed) -> None:
    words = ("erase", "acme", "--private", "--yes-erase", "acme", "--json")
    gone = felt(*words).json
    assert "docket stays" in gone.pop("not_reached")
    assert gone == {
        "client": "acme",
        "checkins": 2,
        "gut_answers": 1,
        "decisions": 1,
        "referral": True,
        "files": ["cache/summaries.json"],
    }
    again = felt(*words)
    assert (again.status, again.json["checkins"], again.json["files"]) == (0, 0, [])


def test_where_nothing_is_private_nothing_is_asked(felt: Timed) -> None:
    felt.ok("new", "Café", "--id", "cafe")
    before = felt.cli.files()
    result = felt("erase", "cafe", "--private")
    assert (result.status, result.out) == (0, "")
    assert result.err == "Nothing private is kept about cafe.\n"
    assert felt.cli.files() == before


def test_erasing_the_client_takes_their_id_out_of_who_sent_whom(felt: Timed) -> None:
    result = felt("erase", "acme", stdin=b"acme\n")
    assert "Removed: check-ins, gut answers, decisions and referrals about acme" in result.out
    assert felt.workspace.private.of("bolt").referred_by == ""
    assert felt.workspace.private.of("bolt").checkins[0].note == "bolt-mark"
    for name, data in felt.cli.files().items():
        assert b"acme" not in name.encode() + data


def test_a_client_who_only_sent_others_leaves_no_id_behind(felt: Timed) -> None:
    felt.ok("new", "Café", "--id", "kaffi")  # in no seed, as four letters of hexadecimal may be
    felt.workspace.private.set_referred_by("bolt", "kaffi")
    gone = felt("erase", "kaffi", "--yes-erase", "kaffi", "--json").json
    assert gone["private"] is True
    assert felt.workspace.private.of("bolt").referred_by == ""
    assert b"kaffi" not in b"".join(felt.cli.files().values())
