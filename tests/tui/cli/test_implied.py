"""`docket log` asks about what the words say and the kind does not, and logs no more for it."""

from __future__ import annotations

from tests.tui.cli.conftest import Cli


def test_one_line_asks_and_names_the_command(acme: Cli) -> None:
    before = len(acme("show", "acme", "--json").json)
    result = acme("log", "acme", "complaint", "She threatened to sue", "--quote", "you will see")
    assert result.status == 0
    asked = [line for line in result.err.splitlines() if "“" in line]
    assert asked == [
        "“threatened”: does that say that they threatened you? "
        "Then log that too: docket log acme threat TEXT"
    ]
    assert len(acme("show", "acme", "--json").json) == before + 1


def test_their_own_words_are_read_too(acme: Cli) -> None:
    words = ("log", "acme", "late-payment", "On the phone", "--quote")
    result = acme(*words, "keep going, I will pay you later")
    assert "Then log that too: docket log acme pay-later TEXT" in result.err


def test_what_the_kind_says_already_and_json_ask_nothing(acme: Cli) -> None:
    for words in (
        ("threat", "She threatened to sue"),
        ("reminder", "Wrote that I stop if they refuse to pay"),
        ("complaint", "Called me about the colours"),
    ):
        assert "does that say" not in acme("log", "acme", *words).err
    result = acme("log", "acme", "complaint", "She threatened to sue", "--json")
    assert "does that say" not in result.err
