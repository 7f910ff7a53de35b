"""A client who looks like another is asked about before there are two."""

from __future__ import annotations

import pytest

from tests.tui.cli.conftest import Cli


@pytest.mark.parametrize("name", ["Acme", "Acme\u200b", "A\u00adcme", "Аcme", "ＡＣＭＥ"])
def test_a_name_that_looks_like_one_that_is_there_needs_the_option(cli: Cli, name: str) -> None:
    cli.ok("new", "Acme")
    refused = cli("new", name)
    assert refused.status == 2
    assert "There is a client" in refused.err
    assert "--twin" in refused.err
    cli.ok("new", name, "--twin")


def test_a_name_that_shows_nothing_is_none(cli: Cli) -> None:
    refused = cli("new", "\u200b")
    assert "That name is empty" in refused.err
