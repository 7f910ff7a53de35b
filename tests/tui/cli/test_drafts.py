"""`docket drafts`: what was typed and never logged, listed, printed and thrown away."""

from __future__ import annotations

import pytest

from store.workspace import Workspace
from tests.store.keeping import write
from tests.tui.cli.conftest import Cli


@pytest.fixture
def kept(acme: Cli) -> Cli:
    """A workspace with a draft of every form, of sessions that are over, oldest first."""
    drafts = Workspace.open(acme.root).drafts
    for form, text, client in (
        ("capture", "acme note half a thought", ""),
        ("mail", "~/mail/late.eml", ""),
        ("editor", "acme note in the editor\n# First line: as in quick capture\n", ""),
        ("unsent", "shouted at me", "acme"),
        ("amend-3", '{"text": "said so twice", "reason": "I was told"}', "acme"),
        ("add-3", '{"text": "and then left"}', "acme"),
        ("void-3", '{"reason": "not them"}', "acme"),
        ("record", '{"redact": "Jo Smith", "folder": ""}', "acme"),
        ("decision", '{"choice": "keep", "why": "they pay"}', "acme"),
        ("checkin", '{"day": "2026-11-21", "dread": "9"}', "acme"),
        ("exception-r3", '{"why": "in writing"}', "acme"),
    ):
        drafts.add(form, text, client)
    return acme


def test_every_form_is_listed_with_what_it_is_and_how_it_begins(kept: Cli) -> None:
    result = kept("drafts")
    head, *rows = result.out.splitlines()
    assert head.split() == ["since", "what", "text"]
    for number, (row, what, text) in enumerate(
        zip(
            rows,
            (
                "a line to log",
                "the file of a mail",
                "a text from the editor",
                "a text that could not be logged, acme",
                "a correction of #3, acme",
                "an addition to #3, acme",
                "why #3 is withdrawn, acme",
                "what a record is to cover, acme",
                "a decision, acme",
                "a check-in, acme",
                "an exception to R3, acme",
            ),
            (
                *("acme no", "~/mail", "acme no", "shouted", "text: s", "text: a", "reason:"),
                *("redact:", "choice:", "day: 20", "why: in"),
            ),
            strict=True,
        ),
        1,
    ):
        assert row.startswith(f"{number} ") and what in row and text in row, row
    assert "`docket drafts N` prints one" in result.err


def test_one_is_printed_whole_and_all_are_json(kept: Cli) -> None:
    assert kept.ok("drafts", "3") == "acme note in the editor\n"
    assert kept.ok("drafts", "5") == "text: said so twice\nreason: I was told\n"
    told = kept("drafts", "--json").json
    assert [one["number"] for one in told] == list(range(1, 12))
    assert told[3]["client"], told[3]["text"] == ("acme", "shouted at me")
    assert told[7]["fields"] == {"redact": "Jo Smith", "folder": ""}
    assert kept("drafts", "1", "--json").json["form"] == "capture"


def test_one_is_thrown_away_then_all(kept: Cli) -> None:
    assert kept("drafts", "--discard", "2").err == "Threw away 1 text.\n"
    assert "late.eml" not in kept.ok("drafts")
    assert kept("drafts", "--discard-all").err == "Threw away 10 texts.\n"
    assert kept("drafts").err == "Nothing is kept: all you typed is logged.\n"
    assert kept("drafts", "--json").json == []


def test_what_is_thrown_away_is_json_where_that_was_asked_for(kept: Cli) -> None:
    listed = kept("drafts", "--json").json
    gone = kept("drafts", "--discard", "2", "--json")
    assert (gone.json, gone.err) == ({"discarded": [listed[1]]}, "")
    all_gone = kept("drafts", "--discard-all", "--json").json["discarded"]
    assert [one["file"] for one in all_gone] == [
        one["file"] for one in listed if one["number"] != 2
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["12"], "There is no draft 12: there are 11."),
        (["--discard", "0"], "There is no draft 0"),
        (["1", "--discard-all"], "more than one thing at once"),
    ],
)
def test_what_is_not_there_is_said_and_nothing_goes(kept: Cli, words: list[str], said: str) -> None:
    result = kept("drafts", *words)
    assert (result.status, said in result.err) == (2, True)
    assert len(kept("drafts", "--json").json) == 11


def test_what_an_open_session_types_is_counted_and_not_shown(acme: Cli) -> None:
    drafts = Workspace.open(acme.root).drafts
    drafts.save("capture", "being typed elsewhere")
    result = acme("drafts")
    assert "typed elsewhere" not in result.out + result.err
    assert result.err == "1 text in sessions that are open.\n"
    drafts.leave()
    assert "being typed elsewhere" in acme.ok("drafts")


def test_doctor_names_each_and_what_to_do(kept: Cli) -> None:
    found = kept("doctor", "--json").json
    assert sum("text that was never logged" in one["what"] for one in found) == 11
    assert all("`docket drafts`" in one["remedy"] for one in found if "logged" in one["what"])


def test_erasing_a_client_takes_its_drafts_and_those_that_name_it_and_says_which(
    kept: Cli,
) -> None:
    kept.ok("new", "Bolt", "--id", "unsent-acme")
    drafts = Workspace.open(kept.root).drafts
    drafts.add("capture", "bolt note nothing about them")
    drafts.add("void-1", '{"reason": "it was Acme Media"}', "unsent-acme")
    write(kept.root / "drafts" / "unsent-acme.txt", b"words of the version before")
    result = kept("erase", "acme", stdin=b"acme\n")
    assert result.status == 0, result
    left = kept("drafts", "--json").json
    assert {one["text"] for one in left} == {"bolt note nothing about them", "~/mail/late.eml"}
    assert "drafts/unsent-acme.txt" in result.out + result.err


def test_erasing_a_client_of_such_an_id_leaves_the_words_kept_for_acme(kept: Cli) -> None:
    for client in ("unsent-acme", "capture", "mail", "acme--record"):
        kept.ok("new", f"Somebody {client[::-1]}", "--id", client)
        assert kept("erase", client, stdin=f"{client}\n".encode()).status == 0
    assert len(kept("drafts", "--json").json) == 11
