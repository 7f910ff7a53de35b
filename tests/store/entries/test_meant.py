"""Words of the user's own for kinds, beside the kinds there are."""

from __future__ import annotations

import pytest

from store.entries import (
    KINDS,
    Draft,
    Kind,
    find_kind,
    kind_begun,
    kind_named,
    lookup,
    own_words,
    split_kind,
)
from store.errors import UsageError
from tests.store.building import NOON

OWN = {"seagull": "micro-change", "sea-lion": "rework"}


@pytest.mark.parametrize("word", ["seagull", " SeaGull "])
def test_it_means_the_kind_it_counts_as(word: str) -> None:
    found = kind_named(word, OWN)
    assert found == KINDS["micro-change"]._replace(called="seagull")
    assert find_kind(word, OWN) == found
    assert split_kind(["seagull", "x"], OWN) == (found, ["x"])


def test_a_kind_there_is_has_no_word_of_ones_own() -> None:
    assert [kind.called for kind in KINDS.values()] == [""] * len(KINDS)
    assert kind_named("nitpick", OWN) == KINDS["micro-change"]


def test_it_may_be_shortened_where_nothing_else_begins_so() -> None:
    assert find_kind("sea-", OWN).called == "sea-lion"
    with pytest.raises(UsageError, match="seagull or sea-lion"):
        find_kind("sea", OWN)
    with pytest.raises(UsageError, match="Did you mean seagull"):
        find_kind("seagul1", OWN)


def test_without_the_config_it_is_a_word_like_any_other() -> None:
    assert kind_named("seagull") is None
    assert split_kind(["seagull", "x"]) == (KINDS["note"], ["seagull", "x"])


def test_only_an_incident_is_called_anything() -> None:
    said = {"client": "acme", "occurred_at": NOON, "called": "seagull", "statement": "x"}
    draft = Draft.model_validate({**said, "kind": "micro-change"})
    assert draft.fields()["called"] == "seagull"
    assert "called" not in Draft.model_validate({**said, "kind": "abuse", "called": ""}).fields()
    with pytest.raises(ValueError, match="only an incident"):
        Draft.model_validate({**said, "kind": "thanks"})


def test_it_is_said_with_the_kind_in_words() -> None:
    assert own_words("seagull", "micro-change") == "seagull (micro change)"


@pytest.mark.parametrize(
    ("line", "is_credit"),
    [
        ("credit card declined", False),
        ("credit", False),
        ("credit 50 for the late draft", True),
        ("credit: €50", True),
        ("credit-note was wrong", False),
        ("credit note 50", True),
        ("credit-note 50", True),
    ],
)
def test_a_kind_that_sentences_begin_with_is_one_where_its_data_follows(
    line: str, is_credit: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = Kind("credit", "a credit note", "credit-note", only_with=r"\W?\d", verb="credit")
    for word in (kind.id, *kind.aliases):
        monkeypatch.setitem(lookup._WORDS, word, kind)
    words = line.split()
    assert split_kind(words)[0] == (kind if is_credit else KINDS["note"])
    assert (kind_begun(words) == kind) == (is_credit and ":" not in line)
    assert split_kind(["credit", *words], {"credit": "rework"})[0].id == "rework"


def test_a_kind_with_a_blank_is_the_hyphened_one() -> None:
    assert find_kind("Late  Payment").id == "late-payment"
    assert find_kind("pay lat").id == "pay-later"
