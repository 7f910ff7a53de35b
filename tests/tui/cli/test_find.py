"""`docket find`, and the filter of `docket show`: one language, the same rows whoever asks."""

from __future__ import annotations

import pytest

from store.workspace import Workspace
from tests.tui.cli.conftest import Cli


@pytest.fixture
def two(acme: Cli) -> Cli:
    """Return two clients with an entry a month, one of them withdrawn, one of them ended."""
    acme.ok("new", "Bolt & Co", "--id", "bolt")
    acme.ok("log", "acme", "late-payment", "Facture CAFÉ, third time", "--on", "2026-01-05")
    acme.ok("log", "bolt", "no-reply", "Café logo, third\nask", "--on", "2026-02-05")
    acme.ok("log", "acme", "rework", "Again", "--on", "2026-03-05", "--quote", "le café!")
    acme.ok("void", "acme#4", "--reason", "another client")
    acme.ok("log", "bolt", "end-notice", "Gone", "--on", "2026-04-05")
    return acme


def seqs(cli: Cli, *words: str) -> list[str]:
    return [f"{one['client']}#{one['seq']}" for one in cli(*words, "--json").json]


def test_find_goes_over_every_docket_the_newest_first(two: Cli) -> None:
    assert two.ok("find", "cafe").splitlines() == [
        "acme#4 VOID rework, 5 Mar 2026: Again",
        "bolt#2 no-reply, 5 Feb 2026: Café logo, third ask",
        "acme#3 late-payment, 5 Jan 2026: Facture CAFÉ, third time",
    ]
    assert seqs(two, "find", "third", "cafe", "since:2026-02") == ["bolt#2"]
    assert seqs(two, "find", "third ask") == ["bolt#2"]
    assert seqs(two, "find", "ask third") == []
    assert seqs(two, "find", "kind:late-payment,rework until:2026-03") == ["acme#4", "acme#3"]
    assert seqs(two, "find", "since:1", "Apr", "until:2026-04-30") == ["bolt#3"]
    found, shown = (two(*said, "--json").json[0] for said in (("find", "cafe"), ("show", "acme#4")))
    assert found == {name: shown[name] for name in found}


def test_find_says_that_nothing_fits_and_what_is_wrong(two: Cli) -> None:
    empty = two("find", "nowhere")
    assert (empty.status, empty.out, empty.err) == (0, "", "No entry fits.\n")
    assert two("find", "nowhere", "--json").json == []
    wrong = two("find", "cafe", "kind:zzz")
    assert (wrong.status, wrong.out) == (2, "")
    assert "'zzz' is not a kind of entry" in wrong.err
    assert two("find").status == 2
    near = two("find", "acmee")
    assert (near.status, near.out) == (0, "")
    assert near.err == "No entry fits.\nNames near: Acme Media (client:acme)\n"
    assert "Did you mean acme?" in two("find", "cafe", "client:amce").err
    assert "Did you mean kind:rework?" in two("find", "knd:rework").err
    assert "Did you mean kind:rework?" in two("show", "acme", "knd:rework").err


def test_the_options_of_find_are_terms_of_the_filter(two: Cli) -> None:
    assert seqs(two, "find", "cafe", "--client", "bolt") == ["bolt#2"]
    assert seqs(two, "find", "cafe", "client:acm") == ["acme#4", "acme#3"]
    assert seqs(two, "find", "cafe", "--kind", "rework") == ["acme#4"]
    assert seqs(two, "find", "cafe", "--since", "1 Feb 2026") == ["acme#4", "bolt#2"]
    assert seqs(two, "find", "cafe", "--until", "1 Feb 2026") == ["acme#3"]


def test_what_was_amended_is_found_as_it_stands_and_as_it_was(two: Cli) -> None:
    two.ok("amend", "acme#3", "The zebra invoice", "--reason", "named it")
    for word in ("zebra", "facture"):
        line = "acme#3 amended late-payment, 5 Jan 2026: The zebra invoice\n"
        assert two.ok("find", word) == line


def test_a_line_of_find_fits_the_line(two: Cli) -> None:
    two.ok("log", "acme", "note", "naïve " * 200)
    (line,) = two.ok("find", "naive").splitlines()
    assert 79 <= len(line) <= 80  # cut at a letter, never at a blank
    assert line.endswith("…")


def test_nothing_private_is_found(two: Cli) -> None:
    two.ok("checkin", "acme", "--dread", "5", "--note", "zebra thoughts")
    two.ok("decide", "acme", "--choose", "keep", "--why", "zebra reasons")
    kept = Workspace.open(two.root).private.path.read_text()
    assert kept.count("zebra") == 2
    assert two.ok("find", "zebra") == ""


def test_a_docket_that_cannot_be_read_is_named_and_the_others_are_searched(two: Cli) -> None:
    path = two.root / "clients" / "acme.jsonl"
    path.write_bytes(b"no journal\n")
    result = two("find", "cafe")
    assert result.out.startswith("bolt#2")
    assert "Without acme" in result.err


def test_show_takes_the_same_filter_and_its_options_are_terms_of_it(two: Cli) -> None:
    for options, terms in (
        (["--kind", "rework"], ["kind:rework"]),
        (["--since", "2026-03-05"], ["since:2026-03-05"]),
        (["--until", "5 Jan 2026"], ["until:5 Jan 2026"]),
        (["--find", "third time"], ["third time"]),
        (["--find", "CAFÉ", "--kind", "late-payment"], ["café", "kind:late-payment"]),
        (["--find", "kind:rework"], ["--", "kind:rework"]),
    ):
        assert two.ok("show", "acme", *options) == two.ok("show", "acme", *terms)
    assert seqs(two, "show", "acme", "cafe", "--since", "2026-02-01") == ["acme#4"]
    assert seqs(two, "show", "acme", "#3-4", "third") == ["acme#3"]
    assert seqs(two, "show", "acme#3", "third") == seqs(two, "show", "acme", "3") == ["acme#3"]
    assert seqs(two, "show", "acme#3", "nowhere") == []


def test_help_explains_the_language(cli: Cli) -> None:
    for verb in ("show", "find"):
        said = cli.ok(verb, "--help")
        assert '"two words"' in said
        assert "kind:late-payment,no-reply" in said
