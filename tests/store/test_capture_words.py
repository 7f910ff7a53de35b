"""No word goes astray: what a ticked line stores is said, and what is not read stays text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from store.capture import NEW_CLIENT, Reading, read_capture
from store.capture.guide import EXAMPLES, MARKS, guide_lines
from store.capture.marks import pieces
from store.docket import Docket
from store.entries import KINDS
from tests.store.building import docket, entry, invoice

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
CLIENTS = {"acme": "Acme Media", "bolt": "Bolt & Co"}

KIND_WORDS = [
    *sorted(KINDS.keys() - {"client", "amendment"}),
    *("late payment", "scope creep", "micro change", "paid", "ask", "late", "Late: ", "", "bolt"),
]
SAID = (
    *("the logo", "came late", "INV-1", "#2", "#9", "500", "EUR 500", "500 eur", "1.000,50", "$20"),
    *("!2", "s:3", "!9", "@fri", "@fri 14:00", "@2d ago", "@20 oct", "@noon yesterday", "@home"),
    *("+0.5h", "+1h 30m", "+20 min", "+49 30", "^phone", "^mail", "~internal", "due:+14d"),
    *("by:fri", "by:30 nov", "by:me", "by:client", "to:Jo", "net14", "reply 2d", "EUR 85/h"),
    *('"keep going"', "\\@home", "1.5", "90 min", "chase", "waiting", "new", "for", "on 21.11."),
)
LINE = st.builds(
    lambda kind, said: " ".join([kind, *said]).strip(),
    st.sampled_from(KIND_WORDS),
    st.lists(st.sampled_from(SAID), max_size=6),
)


@pytest.fixture(scope="module")
def known() -> Docket:
    return docket(
        [
            invoice(1, 30, 5, "INV-1", "500"),
            entry(2, "request", 20, "Logo?", data={}),
            entry(3, "promise", 9, "x", data={"by": "client", "due": "2026-11-20"}),
        ]
    )


def read(line: str, known: Docket | None) -> Reading:
    return read_capture(line, clients=CLIENTS, now=NOW, current="acme", docket=known)


def values(data: Any) -> Iterator[str]:
    """Yield every value in the data of an entry as it is said."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from () if name in ("currency",) and "amount" in data else values(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from values(value)
    elif isinstance(data, date):
        yield f"{data:%a %-d %b %Y}"
    elif data is not True:
        yield f"{data.normalize():f}" if isinstance(data, Decimal) else str(data)


@given(LINE)
def test_a_ticked_reading_names_every_value_it_stores(known: Docket, line: str) -> None:
    reading = read(line, known)
    assume(reading.complete and reading.kind != NEW_CLIENT)
    said = reading.words.replace("the client", "client")
    said = re.sub(r"(?<=\d),(?=\d{3}\b)", "", said)  # EUR 1,200.00, as everywhere
    for value in values(dict(reading.data)):
        whole = rf"(?<![\d.]){re.escape(value)}(?:\.?0+)?(?![\d.]\d|\d)"
        assert re.search(whole, said), (line, value, said)
    for relation, seq in reading.links:
        assert f"#{seq}" in said, (line, relation, said)
    for word in (reading.channel or "", *reading.refs.values(), *reading.quotes):
        assert word.lower() in said.lower(), (line, word, said)
    if reading.visibility != "record":
        assert str(reading.visibility) in said
    if reading.when:
        assert f"{reading.when.day:%-d %b}" in said
        if reading.when.precision in ("minute", "hour"):
            assert f"{reading.when.at:%H:%M}" in said
    assert "".join(reading.statement.split()) in "".join(said.split())


@given(LINE)
def test_every_word_is_text_or_was_read(known: Docket, line: str) -> None:
    reading = read(line, known)
    assume(reading.kind not in (None, NEW_CLIENT) and reading.complete)
    typed = Counter(pieces(line))
    if reading.client != "acme":
        typed -= Counter([line.split(maxsplit=1)[0]])
    text = Counter(pieces(reading.statement))
    text -= Counter(["by"]) if "by:" in line and text["by"] > typed["by"] else Counter()
    typed = Counter({word.lstrip("\\"): count for word, count in typed.items()})
    read_as = Counter(word.lstrip("\\") for word in reading.taken)
    if reading.kind == "terms":  # what was agreed is data and text
        assert text <= typed
        return
    assert text + read_as == typed, (line, reading.statement, reading.taken)


@given(LINE)
def test_the_words_of_the_text_keep_their_order(known: Docket, line: str) -> None:
    reading = read(line, known)
    assume(reading.complete and reading.kind != NEW_CLIENT)
    rest = iter(word.lstrip("\\") for word in pieces(line.replace("by:", "by ")))
    for word in pieces(reading.statement.replace("by:", "by ")):
        assert word in rest, (line, reading.statement)


@pytest.mark.parametrize("line", EXAMPLES)
def test_the_lines_of_the_guide_are_ticked(known: Docket, line: str) -> None:
    reading = read(line.replace("INV-42", "INV-1"), known)
    assert reading.complete, reading.words


def test_every_mark_of_the_guide_is_read(known: Docket) -> None:
    for sign in MARKS:
        for mark in (*sign.typed.split("  "), *(f"@{m}" for m in sign.help.split("@")[1:])):
            word = mark.partition("  ")[0].strip()
            of_bills = dict.fromkeys(("due:+14d", "net14"), "invoice INV-9 5")
            of_bills["vat 20%"] = "invoice INV-9 5 due:+3d"
            kind = {**of_bills, "#12": "answer"}.get(word, "blame x")
            reading = read(f"{kind} {word.replace('#12', '#2')}", known)
            kept = word.startswith(('"', "\\"))
            happened = "has not happened yet" in reading.words  # noon, at half past ten
            assert reading.complete or happened, (word, reading.words)
            assert kept or word.split()[0].replace("#12", "#2") in reading.taken, word


def test_the_guide_fits_a_small_terminal() -> None:
    assert max(map(len, guide_lines())) <= 74


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("2.5h building the start page", "time spent? hours 2.5h"),
        ("2.5 h building the start page", "time spent? hours 2.5h"),
        ("ask which logo do I use? by fri", "no day is read from that: due:fri"),
        ("ask which logo do I use, by 3 dec.", "no day is read from that: due:3 dec"),
        ("ask which logo do I use? by:fri", ""),
        ("ask is it made by hand", ""),
        ("24h Le Mans is the theme", "time spent? hours 24h"),
        ("2 helpers", ""),
        ("note 2 helpers came", ""),
        (
            "2 helpers came",
            "a note weighs nothing: begin with a kind, such as complaint, where it should",
        ),
        ("late-payment promised by fri", ""),
    ],
)
def test_what_stays_text_though_it_looks_like_more_is_pointed_out(
    line: str, hint: str, known: Docket
) -> None:
    found = read(line, known)
    assert found.complete, found.words
    assert found.words.endswith(f"({hint})") if hint else "(" not in found.words.split("now")[-1]


def test_work_taken_up_again_is_not_said_to_be_about_what_happens_to_be_open(known: Docket) -> None:
    assert "counts for" not in read("resume the money came", known).words
    assert "INV-1" in read("reminder sent by mail", known).words


def test_a_bill_whose_day_stays_text_is_due_as_was_agreed_and_says_so() -> None:
    agreed = docket([entry(1, "terms", 30, "", data={"payment": "net14"})])
    found = read("invoice INV-3 900 due 17 dec", agreed)
    assert "due Sun 6 Dec 2026" in found.words and found.words.endswith("that: due:17 dec)")
