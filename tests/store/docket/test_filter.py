"""The filter language: what each term finds, what is refused, and that no text breaks it."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinydb import Query, where

from store.docket import Docket
from store.docket.filter import FIELDS, LANGUAGE, Filter, filter_of, parse_filter, quoted
from store.docket.table import DocketTable, EntryRow
from store.errors import UsageError
from store.journal import AppendOnlyError
from store.text import Verbatim, clean, fold_line
from tests.examples import examples
from tests.store.building import TODAY, docket, entry, invoice, payment

OWN = {"seagull": "micro-change"}
EXHIBIT = {"sha256": "0" * 64, "name": "mail.eml", "size": 3}


def made() -> Docket:
    """Return a docket with one of everything that a filter can ask for."""
    changes = {"changes": {"statement": "Rang on Monday", "occurred_at": "2026-11-02"}}
    return docket(
        [
            entry(1, "client", 300, "Begun", data={"name": "Acme Média"}),
            invoice(2, 40, 20, "INV-42", "1200"),
            entry(3, "late-payment", 19, "Où est l’argent?", data={"severity": 3}),
            entry(4, "no-reply", 15, "Third\n ask", channel="phone", link=("about", 2)),
            entry(5, "abuse", 10, quotes=[{"text": "you thief"}], visibility="internal"),
            entry(6, "micro-change", 9, "The dot", called="seagull", refs={"project": "Site"}),
            payment(7, 8, "500", INV_42="500"),
            entry(8, "note", 7, "Rang on Tuesday, re: logo, see https://x.example/a", exhibits=[]),
            entry(9, "amendment", 6, "-", data=changes, link=("amends", 8)),
            entry(10, "addendum", 5, "Bo heard it", link=("adds-to", 5), exhibits=[EXHIBIT]),
            entry(11, "void", 4, "-", link=("voids", 4)),
            entry(12, "note", 3, 'ខ្មែរ 東京 #3 since: 5" pipe'),
        ]
    )


def numbers(text: str, of: Docket | None = None) -> list[int]:
    """Return the numbers of the entries that fit a filter."""
    return fitting(parse_filter(text, TODAY, OWN), of or made())


def fitting(asked: Filter, of: Docket) -> list[int]:
    """Return what fits, which is what TinyDB finds in the table, asking every entry."""
    found = [one.seq for one in of.fitting(asked)]
    query = asked.query or Query().noop()
    assert found == [row.standing.seq for row in cast("list[EntryRow]", of.table.search(query))]
    return found


EVERYTHING = list(range(1, 13))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", EVERYTHING),
        ('"', EVERYTHING),
        ("argent", [3]),
        ("OU ARGENT", [3]),
        ('"third ask"', [4]),
        ('"ask third"', []),
        ("ask third", [4]),
        ('"third a', [4]),
        ("“third ask”", [4]),
        ("ខ្មែរ", [12]),
        ("東", [12]),
        ("thief", [5]),
        ("heard", [5, 10]),
        ("tuesday", [8]),
        ("monday", [8]),
        ("seagull", [6]),
        ("inv-42", [2, 7]),
        ("media", [1]),
        ("re: logo", [8]),
        ("https://x.example/a", [8]),
        ('"since:"', [12]),
        ('5"', [12]),
        ('"5"" pipe"', [12]),
        ('"#3"', [12]),
        ("#3", [3]),
        ("#3-5", [3, 4, 5]),
        ("#3-#5 kind:no-reply", [4]),
        ("#99", []),
        ("client:medi", EVERYTHING),
        ("client:zzz,ACME note", [8, 12]),
        ("client:zzz", []),
        ("kind:late-payment", [3]),
        ("KIND:late-p", [3]),
        ('kind:"late payment"', [3]),
        ("kind:late-payment,no-reply", [3, 4]),
        ("kind:seag", [6]),
        ("kind:micro-change", [6]),
        ("kind:late-payment kind:no-reply", []),
        ("since:3d", [12]),
        ("since:2026-11-12 until:2026-11-14", [5, 6, 7]),
        ("on:2026-11-02", [8]),
        ('since:"18 Nov" until:18-nov', [11]),
        ("since:18 nov until:18 nov void", [11]),
        ("since:2026-11 until:2026-11 kind:note", [8, 12]),
        ("on:2026-10", [2]),
        ("on:2026 on:2026-01", [1]),
        ("severity:3", [3]),
        ("severity:2,3", [3]),
        ("channel:ph", [4]),
        ("about:#2", [4]),
        ("about:2", [4]),
        ("about:inv-42", [2, 7]),
        ("about:#2,INV-42", [2, 4, 7]),
        ("project:SITE", [6]),
        ("visibility:internal", [5]),
        ("has:file", [5, 10]),
        ("has:quote", [5]),
        ("is:void", [4]),
        ("is:amended", [8]),
        ("is:void,amended rang", [8]),
    ],
)
def test_what_a_filter_finds(text: str, found: list[int]) -> None:
    assert numbers(text) == found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kind:zzz", "not a kind"),
        ("kind:re", "could be several"),
        ("kind:", "kind: what. Write kind:late-payment"),
        ('since:""', "since: what"),
        ("since:soon", "not a date"),
        ("on:2026-13", "not a date"),
        ("until:31-feb", "not a day in the calendar"),
        ("severity:9", "Write severity:1 severity:2 severity:3"),
        ("channel:pigeon", "channel:email"),
        ("channel:p", "channel:phone"),
        ("visibility:x", "visibility:settlement"),
        ("has:teeth", "has:file has:quote"),
        ("is:open", "is:void is:amended"),
        ("logo is:,", "is:void"),
        ("knd:note", "'knd:' is no word of a filter. Did you mean kind:note?"),
        ("logo Cleint:acme", "'Cleint:' is no word of a filter. Did you mean client:acme?"),
        ("sevrity:3", "Did you mean severity:3?"),
        ("vsiiblity:internal", "Did you mean visibility:internal?"),
    ],
)
def test_a_wrong_value_is_said_in_one_line(text: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        numbers(text)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text", ["re:x", "https://x", "file:x", "no:3", "kin://x", '"knd:x"', "knd:"]
)
def test_what_only_looks_like_a_term_is_text(text: str) -> None:
    assert parse_filter(text, TODAY).values("text") == (text.strip('"'),)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["logo", "site"], "logo site"),
        (["two words"], '"two words"'),
        (["since:1 Nov"], 'since:"1 Nov"'),
        (["kind:no-reply since:fri"], "kind:no-reply since:fri"),
        (['kind:no-reply "two words"'], 'kind:no-reply "two words"'),
        (["#12 logo"], "#12 logo"),
        (["re: logo"], '"re: logo"'),
        ([Verbatim("kind:x")], '"kind:x"'),
        ([Verbatim('a"b')], '"a""b"'),
    ],
)
def test_a_shell_has_taken_the_quotes_away(words: list[str], text: str) -> None:
    assert filter_of(words) == text


def test_help_names_every_field() -> None:
    assert [name for name in FIELDS if f"{name}:" not in LANGUAGE] == []


typed = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from([f"{name}:" for name in FIELDS]),
        st.sampled_from(['"', "“", "#3", "#3-", "fri", "2026-01", "late-payment", "INV-42", " "]),
    ),
    max_size=6,
).map("".join)


@given(typed)
@examples(1_000)
def test_any_text_is_a_filter_or_refused_in_one_line(text: str) -> None:
    try:
        found = numbers(text)
    except UsageError as error:
        assert "\n" not in str(error)
    else:
        assert found == sorted(found)


@given(
    *(st.sampled_from(["", "ask", "kind:note", "#3-9", '"rang on"', "since:9d", "has:file"]),) * 2
)
def test_a_filter_of_a_filter_is_both(one: str, other: str) -> None:
    both = sorted({*numbers(one)} & {*numbers(other)})
    first, second = (parse_filter(text, TODAY, OWN) for text in (one, other))
    assert numbers(f"{one} {other}") == fitting(first.both(second), made()) == both


@given(st.one_of(typed, st.text(max_size=40)).map(clean), st.integers(0, 3))
@examples(500)
def test_what_is_quoted_is_looked_for_as_it_is(text: str, around: int) -> None:
    known = docket([entry(1, "note", 2, "x" * around + text), entry(2, "note", 1, "other")])
    if fold_line(text):
        assert numbers(quoted(text), known) in ([1], [1, 2])
    assert fitting(parse_filter(f"kind:note {quoted(text)} #1", TODAY), known) == [1]


def test_tinydb_asks_the_table() -> None:
    table = made().table
    assert len(table) == len(table.all()) == 12
    assert table.count(where("severity") == "3") == 1
    assert table.contains(where("text").search("th.rd ask"))
    assert not table.contains(where("nothing").exists())
    assert [row["kind"] for row in table.search(where("number") == 3)] == ["late-payment"]
    assert [row["number"] for row in table.search(~(Query().day < TODAY.replace(day=18)))] == [
        *(11, 12),
    ]
    assert [row["number"] for row in table] == EVERYTHING


@pytest.mark.parametrize(
    "change",
    [
        lambda table: table.insert({"kind": "note"}),
        lambda table: table.insert_multiple([{"kind": "note"}]),
        lambda table: table.update({"kind": "x"}),
        lambda table: table.update({"kind": "x"}, doc_ids=[1]),
        lambda table: table.update_multiple([({"kind": "x"}, where("kind") == "no-reply")]),
        lambda table: table.upsert({"kind": "x"}, where("kind") == "no-reply"),
        lambda table: table.remove(doc_ids=[1]),
        lambda table: table.remove(where("kind") == "no-reply"),
        lambda table: table.truncate(),
    ],
)
def test_the_table_is_never_changed(change: Callable[[DocketTable], object]) -> None:
    table = made().table
    with pytest.raises(AppendOnlyError, match="an entry is never changed or deleted"):
        change(table)
    assert len(table) == 12
