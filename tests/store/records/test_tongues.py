"""The statement, page one and the time paper in each language: whole, and nothing in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.docket import Docket
from store.entries import Entry
from store.errors import UsageError
from store.languages import ENGLISH, LANGUAGES
from store.records.dispute.document import write
from store.records.dispute.sections import agreement, claimed, summary
from store.records.document import Section
from store.records.elapsed import elapsed_paper
from store.records.html import html_page
from store.records.statement.document import statement
from store.records.statement.figures import StatementOptions
from store.records.texts import TEXTS, catalogue, language_hint
from store.working_days import MON_FRI
from tests.examples import examples
from tests.store.building import NOON, TODAY, entry
from tests.store.records.test_sentences import dockets, told

WHOLE: Final = (
    *("report", "welcome", "statement", "charges", "words"),
    *("record", "summary", "claimed", "agreement", "instalments", "elapsed"),
)
"""What a client is sent, page one of a record, and where the time went."""
OTHERS: Final = [code for code in LANGUAGES if code != ENGLISH]
TYPED: Final = (
    "Photos Why He said so Two words here Norrvik Outdoor Web shop Signed Paid Act Jo Ek INV EUR"
)
"""What the dockets hold of words, and codes."""
FORBIDDEN: Final = {
    "a double stop": r"(?<!\.)[.?!؟។][.។](?!\.)|(?<!\.)[.។][,،;؛](?! \w)",
    "a blank too much": r"\w  +\w| [.,،;؛:៖។](?=\s)",
    "a fact that was not filled in": r"[{}\[\]]",
    "nothing where a fact was meant": r"\(\)|\( |\bNone\b|[:៖] *[.។]",
}
"""What no sentence of any language may say."""


@pytest.mark.parametrize("code", OTHERS)
def test_it_is_told_that_nobody_has_read_a_language_and_that_there_is_none(code: str) -> None:
    assert language_hint(code, "statement").startswith(f"Nobody who speaks {LANGUAGES[code].name} ")
    assert language_hint("sv", "statement") == "It is in English, as Docket has none in sv yet."
    assert language_hint(ENGLISH, "statement") == ""
    for path in (TEXTS / code).glob("*.txt"):
        assert path.read_text("utf-8").startswith("# read_by:\n"), path


def test_a_page_in_arabic_runs_from_the_right_and_keeps_what_is_latin_together() -> None:
    client = entry(1, "client", 90, data={"name": "Norrvik AB", "address": "Kaj 4, Oslo"})
    owed = {"number": "NV-1", "amount": "1250.50", "currency": "EUR", "due": TODAY.isoformat()}
    bill = entry(2, "invoice", 30, "Web shop, part 2.", data=owed)
    options = StatementOptions("EUR", None, TODAY, "Jo Ek", language="ar")
    made = statement(Docket.of("acme", [client, bill], TODAY), options, NOON)
    page = html_page(made.markdown).decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert "إلى: <bdi>Norrvik AB</bdi>، <bdi>Kaj 4, Oslo</bdi>" in page
    assert "<bdi>Web shop, part 2.</bdi>" in page
    assert '<td dir="auto" class="figure">1,250.50</td>' in page
    assert '<th scope="row">أعدّه</th>' in page and "Prepared" not in page
    assert "NV-1" in page and "23 أكتوبر 2026" in page


@pytest.mark.parametrize("document", WHOLE)
@pytest.mark.parametrize("code", OTHERS)
def test_what_a_client_is_sent_and_page_one_are_whole_in_every_language(
    code: str, document: str
) -> None:
    assert catalogue(code, document).keys() == catalogue(ENGLISH, document).keys()


@cache
def english_words(code: str) -> frozenset[str]:
    """Return the words of the English sentences that the language does not have as its own."""
    mine = frozenset(w for name in WHOLE for w in _words(code, name))
    return frozenset(w for name in WHOLE for w in _words(ENGLISH, name)) - mine - {"docket"}


def _words(code: str, name: str) -> Iterator[str]:
    for sentence in catalogue(code, name).values():
        for pattern in sentence.forms.values():
            yield from _each(re.sub(r"\{[^}]*\}", " ", pattern))


def _each(text: str) -> list[str]:
    return re.findall(r"[a-z]{3,}", text.casefold())


def bad(code: str, body: str) -> list[str]:
    """Return what a text of a language says that it may not."""
    lines = [line for line in body.split("\n") if not re.fullmatch(r"[|\s:-]+", line)]
    prose = "\n".join(re.sub(r" *\| *", " | ", line).strip("| ") for line in lines)
    found = [
        f"{name}: {one[0]!r}" for name, p in FORBIDDEN.items() for one in re.finditer(p, prose)
    ]
    left = set(re.findall(r"(?<![^\W\d_])[a-z]{3,}(?![^\W\d_])", prose.casefold()))
    return found + sorted((left & english_words(code)) - set(_each(TYPED)))


def test_a_word_of_english_is_found() -> None:
    assert bad("fi", "Saldo, not yet due. [") == [
        "a fact that was not filled in: '['",
        "due",
        "not",
        "yet",
    ]


@examples(60)
@given(dockets(), st.integers(0, 200), st.sampled_from(OTHERS))
def test_no_statement_has_a_word_of_english_or_what_none_may_say(
    entries: list[Entry], ago: int, code: str
) -> None:
    until = TODAY - timedelta(days=ago)
    options = StatementOptions("EUR", None, until, "Jo Ek", language=code)
    try:
        made = statement(Docket.of("acme", entries, TODAY), options, NOON)
    except UsageError:  # nothing was billed yet
        return
    assert not made.figures.texts.fell_back
    assert bad(code, "\n\n".join(f"{one.title}\n\n{one.body}" for one in made.sections)) == []


@examples(60)
@given(dockets(), st.sampled_from(OTHERS))
def test_no_page_one_has_a_word_of_english_or_what_none_may_say(
    entries: list[Entry], code: str
) -> None:
    material = told(*entries, language=code)
    for section in (summary.summary, agreement.agreement, claimed.claimed):
        assert bad(code, section(material)) == []
    assert not material.texts.fell_back


@examples(20)
@given(dockets(), st.sampled_from(OTHERS))
def test_no_paper_on_the_time_has_a_word_of_english(entries: list[Entry], code: str) -> None:
    paper = elapsed_paper(Docket.of("acme", entries, TODAY), MON_FRI, "Jo Ek", NOON, code)
    assert [bad(code, one.body) for one in paper.sections] == [[]]


@pytest.mark.parametrize("code", OTHERS)
def test_a_record_names_the_sections_that_are_in_english(code: str) -> None:
    record = write(told(entry(1, "client", 9, data={"name": "Saarni Oy"}), language=code))
    *_, last = record.sections
    note = last.body.split("\n\n")[-1]
    said = {one.title for one in record.sections if one.title in note}
    assert record.sections[0].title not in said
    assert said == set(_partly_english(record.sections[:-1], code)) | {last.title}


def _partly_english(sections: tuple[Section, ...], code: str) -> Iterator[str]:
    for one in sections:
        if bad(code, one.body):
            yield one.title
