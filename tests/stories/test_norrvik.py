"""A client of fourteen months in every document, and each fault that a reader once found there.

F1 to F25 are numbered as six readers named them: a mediator, an opposing lawyer, a clerk, a
platform's desk, an accountant, a typographer. Each test says what its fault was.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

import store.records.printed as printing
from store.records import PURPOSES
from store.records.html import html_page
from tests.store.records.printing import needs_browser, printed
from tests.store.records.test_sentences import bad
from tests.stories.replay import HERE, Teller, replayed

LAST = "2026-11-30 10:00"


@dataclass(frozen=True)
class Norrvik:
    """The client as it stands at the end, and a folder for what is made of it."""

    tell: Teller
    named: dict[str, str]
    folder: Path

    def record(self, purpose: str, *more: str) -> Path:
        """Return the folder of a record that was just written."""
        out = self.folder / f"{purpose} {' '.join(more)}"[:60].strip()
        said = self.tell.ok("record", "norrvik", "--for", purpose, "-o", str(out), *more, "--json")
        return Path(json.loads(said)["folder"])

    def text(self, purpose: str, *more: str) -> str:
        """Return the text of a record, spaces made one."""
        (document,) = self.record(purpose, *more).glob("20*.md")
        return re.sub(" +", " ", document.read_text("utf-8"))

    def case(self, purpose: str = "court", *more: str) -> list[dict[str, Any]]:
        """Return what is open in the case of a record."""
        told = json.loads(
            self.tell.ok("record", "norrvik", "--for", purpose, "--check", "--json", *more)
        )
        return [*told["case"], *told["noticed"]]

    @cached_property
    def folders(self) -> dict[str, Path]:
        """The record of each purpose."""
        return {purpose: self.record(purpose) for purpose in PURPOSES}

    @cached_property
    def texts(self) -> dict[str, str]:
        """Every document, spaces made one, by what it is for."""
        found = {}
        for purpose, folder in self.folders.items():
            (document,) = folder.glob("20*.md")
            found[purpose] = document.read_text("utf-8")
        found["brief"] = (self.folders["mediator"] / "brief.md").read_text("utf-8")
        found["pack"] = (self.folders["platform"] / "platform.txt").read_text("utf-8")
        found["statement"] = self.tell.ok("statement", "norrvik")
        for name in ("report", "time"):
            path = self.folder / f"{name}.md"
            self.tell.ok(name, "norrvik", "-o", str(path))
            found[name] = path.read_text("utf-8")
        return {name: re.sub(" +", " ", text) for name, text in found.items()}

    @property
    def court(self) -> str:
        """The court's record."""
        return self.texts["court"]

    def section(self, heading: str, name: str = "court") -> str:
        """Return what stands under a heading of a document."""
        found = re.search(rf"^## (?:\d+\. )?{heading}$(.*?)(?=^## |\Z)", self.texts[name], 24)
        assert found, heading
        return found[1]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Norrvik:
    """The whole story, told once; what changes it copies it first."""
    folder = tmp_path_factory.mktemp("norrvik")
    tell, named = replayed("norrvik", folder / "ws", "Europe/Stockholm")
    return Norrvik(tell.at(LAST), named, folder)


@pytest.fixture
def fresh(made: Norrvik, tmp_path: Path) -> Norrvik:
    """The same, to be logged to."""
    shutil.copytree(made.tell.root, tmp_path / "ws")
    tell = Teller(tmp_path / "ws", "Europe/Stockholm").at(LAST)
    return Norrvik(tell, made.named, tmp_path)


@pytest.fixture
def new(tmp_path: Path) -> Callable[..., Norrvik]:
    """What begins another client of that name, with an account of its own."""

    def begun(*options: str, currency: str = "EUR") -> Norrvik:
        tell = Teller(tmp_path / "new", "UTC").at("2026-01-01 09:00")
        words = ("Norrvik Outdoor", "--id", "norrvik", "--terms", "net14")
        tell.ok("new", *words, "--currency", currency, *options)
        return Norrvik(tell, {}, tmp_path)

    return begun


def test_every_record_verifies_whole(made: Norrvik) -> None:
    for folder in made.folders.values():
        assert "whole" in made.tell.ok("verify", str(folder))
    assert set(made.texts) == {*PURPOSES, "brief", "pack", "statement", "report", "time"}


def test_no_document_says_what_none_may(made: Norrvik) -> None:
    for name, text in made.texts.items():
        prose = re.sub(r"`[^`]*`", "x", re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL))
        prose = re.sub(r"\.{4,}", "", prose)
        prose = re.sub(r"(?m)^(?:>|\d+ \w+ \d+: |!).*$", "", prose)
        assert name == "pack" or bad(prose.replace("\\", "")) == []


def test_f1_an_offer_goes_to_a_mediator_alone(made: Norrvik) -> None:
    """A court read "Offered to take 3,300 at once"."""
    for purpose in ("court", "platform", "pack", "own", "public", "statement", "report"):
        assert "3,300" not in made.texts[purpose]
    assert "3,300" in made.texts["mediator"] and "3,300" in made.texts["brief"]
    assert (
        "settlement" not in made.section("How this record is kept")
        and "Left out here: one entry." in made.court
    )


def test_f1_settlement_talk_that_is_shown_is_named(fresh: Norrvik) -> None:
    fresh.tell.ok(
        *(
            "log",
            "norrvik",
            "concession",
            "They offered 3,000 in full and final settlement",
            "--visibility",
            "record",
        )
    )
    assert any(one["what"] == "settlement" for one in fresh.case())


def test_f2_an_acceptance_is_tied_to_what_was_delivered(made: Norrvik, fresh: Norrvik) -> None:
    """Section 4 said "Accepted: not on record", and section 7 that it was approved."""
    assert "| 2025-11-06 11:00 by Astrid (entry 13) |" in made.section("Work done")
    filter_page = made.named["D4"].partition("#")[2]
    fresh.tell.ok("log", "norrvik", "acceptance", f"Fine #{filter_page}", "--set", "by=Astrid")
    assert f"| {filter_page} | 2026-06-11 09:00 | Filter page |" in fresh.text("court")
    assert "by Astrid (entry 73)" in fresh.text("own")


def test_f2_an_acceptance_that_names_nothing_is_no_silence(fresh: Norrvik) -> None:
    fresh.tell.ok("log", "norrvik", "acceptance", "Astrid approved it")
    assert "| see entry 73 |" in fresh.text("court")


def test_f3_the_mail_of_the_client_is_in_every_paper_under_her_name(made: Norrvik) -> None:
    """The mail that refuses to pay was left out of the platform's paper."""
    words = "We will not pay EUR 680 of NV-04."
    for name in ("court", "platform", "pack", "mediator", "brief", "own"):
        assert words in made.texts[name], name
    assert "Astrid Lund, 14 July 2026, email (entry 52):" in made.section(
        "The other side's position"
    )
    assert "14 July 2026, Astrid Lund for the client, by email: “Hi Jo," in made.texts["pack"]


def test_f4_no_word_to_the_author_is_printed(fresh: Norrvik, made: Norrvik) -> None:
    """The judge read "Courts differ in the words they want here; put theirs in place"."""
    assert "Courts differ" not in made.court
    folder = fresh.record("court", "--truth", "I declare it on my honour.")
    (document,) = folder.glob("20*.md")
    assert "I declare it on my honour." in document.read_text("utf-8")
    assert "whole" in fresh.tell.ok("verify", str(folder))


def test_f5_one_author_wrote_it_all(made: Norrvik) -> None:
    """The first two entries were by "me", so that each row named who recorded it."""
    assert "recorded by" not in made.court
    assert "work of Jo Ek for Norrvik Outdoor" in made.court


def test_f5_a_folder_with_settings_alone_becomes_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "ws").mkdir()
    (tmp_path / "ws/config.toml").write_text('author = "Jo Ek"\n', "utf-8")
    tell = Teller(tmp_path / "ws", "UTC").at("2026-01-01 09:00")
    tell.ok("new", "Norrvik Outdoor", "--id", "norrvik")
    assert json.loads(tell.ok("show", "norrvik", "--json"))[0]["author"] == "Jo Ek"


def test_f6_a_record_of_a_period_says_what_is_whole(made: Norrvik) -> None:
    """One sentence had two scopes: "from 1 January to 30 June. 5 invoices were sent"."""
    text = made.text("court", "--since", "2026-01-01", "--until", "2026-06-30")
    assert (
        "It shows what happened from 1 January 2026 to 30 June 2026; the account is shown whole, "
        "to 30 November 2026." in text
    )


def test_f7_what_is_read_from_the_right_is_set_apart(new: Callable[..., Norrvik]) -> None:
    """The halves of an Arabic sentence stood swapped on either side of an invoice's number."""
    made = new(currency="AED")
    said = "دُفعت الفاتورة DS-1 قبل موعدها بيوم."
    made.tell.ok("invoice", "norrvik", "DS-1", "5760")
    made.tell.at("2026-01-05 09:00").ok("pay", "norrvik", "5760", said, "--for", "DS-1")
    text = made.text("court")
    assert f"AED 5,760.00 received for DS-1. \u2068{said}\u2069" in text
    page = re.sub(r'<span class="kept">(.*?)</span>', r"\1", html_page(text).decode())
    assert f"<bdi>{said}</bdi>" in page


def test_f8_figures_stand_right(made: Norrvik) -> None:
    """Every column of money stood left in every reader."""
    for name in ("court", "statement", "brief", "platform"):
        assert re.search(r"\| -+: \|", made.texts[name]), name
    assert 'class="figure"' in html_page(made.texts["statement"]).decode()
    assert "tabular-nums" in html_page(made.court).decode()


def test_f9_the_keys_that_are_allowed_lie_outside_the_folder(made: Norrvik) -> None:
    """The reader wrote `allowed_signers` into the folder, and made it "NOT whole"."""
    guide = (made.folders["court"] / "VERIFY.md").read_text("utf-8")
    assert not re.search(r"(?<![/.])\ballowed_signers", guide.replace("../allowed_signers", ""))


def test_f10_what_an_exhibit_is_said_to_be_is_cut_at_a_word(fresh: Norrvik) -> None:
    """ "I may suspend work seven days after a written r"."""
    words = "word " * 60
    fresh.tell.ok("log", "norrvik", "note", words, "--attach", str(HERE / "norrvik.txt"))
    lines = fresh.text("court").splitlines()
    row = next(line for line in lines if re.match(r"\| JE-\d+ \|.*word", line))
    assert "word …" in row or f"{words.strip()} (" in row


def test_f11_money_paid_beyond_what_was_billed_is_said(new: Callable[..., Norrvik]) -> None:
    """GBP 500 too much vanished from page one, and the statement said "Total due -500.00"."""
    made = new(currency="GBP")
    made.tell.ok("invoice", "norrvik", "OP-1", "1300")
    made.tell.at("2026-01-09 09:00").ok("pay", "norrvik", "1800", "--for", "OP-1")
    first = made.text("court").partition("## 2.")[0]
    assert "GBP 500.00" in first
    statement = made.tell.ok("statement", "norrvik")
    assert "Credit in your favour on" in statement and "Total due on" not in statement


def test_f12_the_account_is_kept_by_entries_of_its_own(made: Norrvik) -> None:
    """A credit note could not be logged, so a bill was amended without a trace."""
    assert "| CN-1 |" in made.texts["statement"]
    assert "EUR 340.00 off invoice NV-04, CN-1. Two hours not needed" in made.court
    assert "-340" not in made.texts["statement"]


def test_f12_a_corrected_bill_says_so_with_what_it_said_first(new: Callable[..., Norrvik]) -> None:
    made = new()
    made.tell.ok("invoice", "norrvik", "A-1", "1000")
    made.tell.ok("amend", "norrvik#3", "--set", "amount=800", "--reason", "Two hours less")
    statement = made.tell.ok("statement", "norrvik")
    assert "1,000.00" in statement and "corrected" in statement.lower()


def test_f13_what_came_in_writing_was_not_seen_or_heard(made: Norrvik) -> None:
    """A mail was "seen or heard, email"."""
    assert not re.search(r"seen or heard, (?:email|letter|chat|platform|social)", made.court)
    assert "message, email" in made.court


def test_f14_the_pack_fits_its_fields_or_says_what_to_cut(fresh: Norrvik, made: Norrvik) -> None:
    """The paste was refused at 20,136 of 20,000 characters."""
    for form in ("card", "freelance", "payment"):
        pack = fresh.record("platform", "--profile", form, "--cut") / "platform.txt"
        counts = re.findall(r"\(\w+, ([\d,]+) of ([\d,]+)\)", pack.read_text("utf-8"))
        for took, limit in counts:
            assert int(took.replace(",", "")) <= int(limit.replace(",", ""))
    assert "|" not in made.texts["pack"] and "**" not in made.texts["pack"]


def test_the_pack_answers_the_objection_from_what_is_on_record(made: Norrvik) -> None:
    """It repeated "never ordered", asked for no sum, and told one mail three times."""
    pack = made.texts["pack"]
    for words in (
        "! Answer by: not noted.",
        "! Name the payment that is disputed, its day, and the reason code",
        "2 October 2025: Agreement signed by both (JE-1.pdf)",
        "Accepted by Astrid on 6 November 2025; as I noted it: Lovely, go ahead",
        "22 April 2026: Astrid approved the staging shop by mail. I had asked for it on 18 March",
        "! Hours of work noted: 101.5 h. Invoices NV-02, NV-03, NV-04 and NV-05 bill 152 h.",
        "Overdue on 30 November 2026: EUR 5,630.00, of which EUR 4,950.00 is not disputed.",
        "Invoice NV-04, Filter page and upkeep, 28 h: EUR 2,380.00",
        "; credited EUR 340.00 on 22 October 2026 (CN-1); owed EUR 2,040.00",
        "(EUR 1,500.00 on 30 April 2026 and EUR 1,200.00 on 14 August 2026)",
        "Work was agreed at EUR 85.00 an hour; EUR 680.00 is 8 h of the 28 h on the invoice.",
        "“Filter page” was delivered on 11 June 2026.",
        "“Filter page” is not named in it.",
        "In the same mail they wrote: “The rest we pay when the cash is in.”",
        "! No order for “Filter page” is on record.",
        "! No reply of yours to this is on record.",
        "! No reminder and no notice on record names NV-04 and NV-05.",
        "for 30 April 2026: Astrid promised NV-03 by the end of the month. Received by then: EUR",
        "the reason given for NV-03, as I noted it: A wholesaler had not paid them",
        "My own part, 15 March 2026: The VAT on the staging server was 24 % instead of 25 %",
        "It came on 3 December 2025, 12 days late.",
        "customer_email_address: astrid@norrvik.example",
        "JE-1.pdf, 0.01 MB, 1 page: agreement.pdf (field customer_signature)",
    ):
        assert words in pack, words
    assert pack.count("never ordered as a separate item") == 1
    for once in ("entry", "entries", "blackmail", "gift cards are part", "bookkeeper", "SHA-256"):
        assert once not in pack, once


def test_the_brief_tells_what_is_open_and_what_is_on_record_for_it(made: Norrvik) -> None:
    """It cut the admission in two, listed a settled invoice, and answered the dispute nowhere."""
    brief = made.texts["brief"]
    for words in (
        "- Prepared by Jo Ek on 30 November 2026.",
        "- Who may see it: the mediator alone, since it tells of what was offered.",
        "EUR 15,920.00 was invoiced in all, and EUR 9,950.00 of it was paid. EUR 340.00",
        "from 1 October 2025 to 5 October 2026",
        "Agreed (entries 2, 3; exhibit JE-1): Currency",
        "Claimed: EUR 5,630.00 owed, EUR 354.83 interest, EUR 160.00 fixed compensation, EUR 32.00 "
        "costs, EUR 6,176.83 in all on 30 November 2026, then EUR 1.57 a day as long as "
        "the rate does not change. Of the interest EUR 26.28 is on what is in dispute.",
        "| “The rest we pay when the cash is in.” (14 July 2026, entry 52) | | |",
        "| A wholesaler had not paid them (as I noted it 12 May 2026, entry 46) | | |",
        "| Said that the shop was slow in June (as I noted it 17 June 2026, entry 62) | | |",
        "**My answer to point 1.** Work was agreed at EUR 85.00 an hour; EUR 680.00 is 8 h of the",
        "EUR 340.00 was credited on 22 October 2026 (CN-1), after that; whether it is a part",
        "A reply of mine to it is not on record.",
        "(entry 61): Order for payment, court fee. What came of it is not on record.",
        "The VAT on the staging server was 24 % instead of 25 %: my slip. Corrected the VAT.",
        "EUR 3,600.00 was owed on NV-03 then. No answer is on record. EUR 1,200.00 was paid on NV",
        "- 22 October 2026: EUR 340.00 was credited on NV-04 (CN-1): Two hours not needed",
        "I would accept: …………",
        "No copy is attached of NV-03, NV-04 and NV-05.",
    ):
        assert words in brief, words
    assert brief.count("never ordered as a separate item") == 2, "the quarrel, and its point"
    for once in ("gift cards", "ookkeeper", " …”", "blackmail", "is its annex"):
        assert once not in brief, once


def test_f15_a_goodbye_has_no_word_of_trouble(made: Norrvik) -> None:
    """It ended in two full stops, spoke of the dispute, and had 16 digits of a hash."""
    report = made.texts["report"]
    assert ".." not in re.sub(r"\.{4,}", "", report)
    assert "dispute" not in report and "SHA" not in report and "680" not in report


def test_f16_an_extract_names_the_kinds_it_shows_as_its_tables_do(made: Norrvik) -> None:
    """It spoke of "scope creep" over a table of "asked for beyond the agreement"."""
    text = made.text("own", "--kind", "scope-creep", "--kind", "late-payment")
    assert "late payment and asked for beyond the agreement" in text
    assert "scope creep" not in text


def test_f17_sentences_count_as_people_do(made: Norrvik) -> None:
    """Of the table of better sentences, those that this client has."""
    court = made.court
    for sentence in (
        "Five invoices, EUR 15,920.00 in all, were sent, and EUR 9,950.00 was paid.",
        "The client disputes EUR 680.00 of it (NV-04, entry 53); no dispute about the other",
        "Paid on time: 1. Paid late: 1 (35 days). Overdue: 3, the oldest for 245 days.",
        "All three answers came late, by 12, 61 and 28 days.",
        "Three requests were made to the client. All were answered.",
        "One small change was asked for.",
        "a talk on 4 May 2026 and written notice on 3 August 2026. Work was stopped on 10 August",
        "**Claimed on 30 November 2026: EUR 6,176.83**: EUR 5,630.00 for what is owed, EUR 354.83",
        "EUR 32.00 for costs; and EUR 1.57 of interest for each further day, as long as the rate",
        "31 h of work. Checkout, payments, 40 product pages",
        "What was accepted: the delivery of 4 November 2025 (entry 12).",
        "EUR 3,000.00 received for NV-01.",
        "For invoice NV-02. Friendly mail with the invoice attached",
        "Astrid Lund, 14 July 2026, email (entry 52):",
        "Interest continues at EUR 1.57 a day from 1 December 2026, as long as the rate",
    ):
        assert sentence in court, sentence
    for once in ("or not at all", "1 time", "Costs of going after", "Fixed sums", "who bills"):
        assert once not in court


def test_f17_what_says_nothing_is_left_out(made: Norrvik) -> None:
    """ "Answers were overdue on 0 days in all", "0 internal entries", "clock stood behind: -"."""
    for once in ("on 0 days", "0 internal", "stood behind", "0 entries", "none has no"):
        assert once not in made.court
    assert "Left out here: one entry." in made.court


def test_f17_the_statement_has_the_words_of_its_trade(made: Norrvik) -> None:
    """It had "How late", "Exactly", "Who and when", "Costs of going after it" and a row "all"."""
    statement = made.texts["statement"]
    for word in ("## Ageing", "| Unrounded |", "## Parties and period", "## Costs of recovery"):
        assert word in statement
    assert "\n| Total |" in statement and "\n| all |" not in statement
    assert "## Fixed compensation" in statement


def test_f18_the_page_keeps_its_signature_and_its_width() -> None:
    """A section of three lines was torn over two pages, a wide table moved the whole page."""
    style = (Path(html_page.__code__.co_filename).with_name("html.css")).read_text("utf-8")
    assert "break-inside: avoid" in style and "overflow-x: auto" in style
    assert not re.search(r"(?m)^\s*th\s*\{[^}]*border-bottom: 2px", style)
    assert b"letter" in html_page('---\ntitle: "x"\n---\n\n# x\n', "letter").lower()
    sizes = re.findall(r"table[^{]*\{ font-size: ([\d.]+)pt", style.replace("table.front", ""))
    assert sorted(set(map(float, sizes))) == [8.0, 9.0]


@pytest.mark.slow
@needs_browser
def test_the_court_reads_eight_pages(made: Norrvik, tmp_path: Path) -> None:
    """Fifteen, three of them hashes: tables were squeezed, and words were printed twice."""
    (document,) = made.folders["court"].glob("20*.md")
    pages = printed(document.read_text("utf-8"), tmp_path)
    assert len(pages) <= 8
    assert all(page.strip() for page in pages)


@pytest.mark.slow
@needs_browser
def test_a_statement_is_printed_as_large_as_a_record(made: Norrvik, tmp_path: Path) -> None:
    """Its widest table had no room on the paper, so that all of it came at 84 percent."""
    assert len(printed(made.texts["statement"], tmp_path)) <= 3


def test_f19_the_check_reads_the_case(made: Norrvik) -> None:
    """It read the tone alone, and flagged what the client is reported to have said."""
    found = made.case("court", "--remedy", "payment of EUR 4,970.00")
    said = " ".join(one["said"] for one in found if "said" in one)
    for words in (
        "EUR 4,970.00 is asked for, and EUR 6,176.83 is claimed",
        "claimed on NV-03, and no copy of it is attached",
        "the notice of 3 Aug 2026 has no proof that it was sent",
        "what was delivered on 11 Jun 2026 is on record as accepted nowhere",
        "work was stopped, and no clause among the terms allows it",
        "the first anchor is of 2 Sep 2026, later than the first trouble",
        "152 h are billed at the agreed rate, and 101.5 h of work are noted: NV-03 60 h and 31 h",
        "2 h at the agreed rate are EUR 170.00, and EUR 340.00 is credited",
        "no reply of yours to the dispute of 14 Jul 2026 is on record",
        "no reminder and no notice names NV-04, NV-05 after the due day",
        "a court's fee is claimed, and no step says what was filed",
        "NV-01 is a deposit, and nothing says which invoice takes it off",
        "quotes the mail of 14 Jul 2026 (entry 52) as words of 15 Jul 2026",
        "withdrawn as not of this client, and still readable in the record",
        "too small to read, in pixels: JE-2 240 by 80",
    ):
        assert words in said, words
    assert not [one for one in found if one["what"] == "absolute"]


def test_f20_a_note_to_a_file_is_printed_once(made: Norrvik) -> None:
    """Annex A had "The signed agreement" as what was added and again as the reason."""
    assert made.section("Annex A. Corrections").count("The signed agreement") == 1


def test_f21_the_zone_is_named(made: Norrvik) -> None:
    """ "In the zone that is noted with each entry", and none noted one."""
    assert "in the time zone Europe/Stockholm" in made.court


def test_f22_an_anchor_of_a_clock_that_was_behind_blocks_no_record(fresh: Norrvik) -> None:
    """It blocked all records for good."""
    fresh.tell.at("2024-01-01 09:00")
    fresh.tell("anchor", "norrvik")
    fresh.tell.at(LAST)
    assert "whole" in fresh.tell.ok("verify", str(fresh.record("court")))


def test_f23_a_receipt_says_of_what(made: Norrvik) -> None:
    """What was decided or said was "-"."""
    said = made.section("Approvals and instructions")
    assert "| What was accepted: the handover of 5 October 2026 (entry 67). |" in said
    assert "| - | - |" not in said


def test_f24_an_address_reads_as_it_is_written(made: Norrvik) -> None:
    """Each stood with a grey box in it; Markdown keeps the sign apart, or readers make links."""
    assert "astrid@norrvik.example" in re.sub(
        r"<(?!/?code)[^>]+>", "", html_page(made.court).decode()
    )
    assert "\\" not in made.texts["pack"] and "`" not in made.texts["pack"]


def test_f25_a_payment_for_a_bill_that_was_withdrawn_says_so(new: Callable[..., Norrvik]) -> None:
    """The chronology said "for T-3", section 9 "T-1", and nothing said why."""
    made = new()
    tell = made.tell
    for number, amount in (("T-1", "800"), ("T-2", "680"), ("T-3", "700")):
        tell.ok("invoice", "norrvik", number, amount)
    tell.at("2026-01-03 09:00").ok("pay", "norrvik", "700", "--for", "T-3")  # 6
    tell.ok("void", "norrvik#5", "--reason", "Sent twice")  # 7
    tell.at("2026-01-05 09:00").ok("pay", "norrvik", "100", "--for", "T-1")
    text = made.text("court")
    assert "(empty)" not in text
    said = "paid for T-3, which was withdrawn (entry 7); set against T-1 now."
    assert f"EUR 700.00 received for T-3. It was {said}" in text
    assert f"- 3 Jan 2026, entry 6: {said}" in text
    assert f"- 3 Jan 2026, entry 6: {said}" in tell.ok("statement", "norrvik")
    days = re.findall(r"on (\d+) Jan 2026", tell.ok("statement", "norrvik").partition("Ageing")[0])
    assert days == sorted(days)


def test_the_parties_stand_in_a_table_with_all_that_reaches_them(fresh: Norrvik) -> None:
    """A clerk found no address, number or e-mail of the claimant, and no line for the court."""
    tell = fresh.tell
    tell.ok("amend", "norrvik#1", "--set", "tax_id=SE556000000001", "--reason", "It was missing")
    text = fresh.text("court", "--court", "Göteborgs tingsrätt")
    assert "- Court: Göteborgs tingsrätt\n- Case number: …" in text
    for row in (
        "| Party | Contractor | Client |",
        "| Address | Kungsgatan 1, 411 19 Göteborg | Hamngatan 12, 411 06 Göteborg, Sweden |",
        "| Telephone | - | \\+46 70 000 00 00 |",
        "| Tax number | SE 800101-0000 | SE556000000001 |",
    ):
        assert row in text
    assert "| E-mail | jo`@`ek\\.example | astrid`@`norrvik\\.example |" in text
    assert "whole" in tell.ok("verify", str(fresh.record("court", "--case-number", "T 12-26")))
    statement = tell.ok("statement", "norrvik")
    assert "- From: Jo Ek, Kungsgatan 1, 411 19 Göteborg, jo`@`ek\\.example, SE 800101" in statement
    assert "Kungsgatan" not in fresh.text("public")
    refused = tell("record", "norrvik", "--for", "own", "--court", "x", "--check")
    assert refused.status == 2 and "for a court's record" in refused.err


def test_each_document_that_is_sent_is_printed_beside_itself(
    made: Norrvik, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing prints, its page is left, and what to do is said once."""
    monkeypatch.setattr(printing, "_BROWSERS", ("no-such-browser",))
    for name in ("statement", "report", "time"):
        where = ("-o", str(tmp_path / f"{name}.md"))
        said = made.tell(name, "norrvik", *where, "--pdf", "--paper", "letter")
        assert said.out.splitlines()[-1] == str(tmp_path / f"{name}.html"), said
        assert said.err.count("No browser here prints") == 1
        assert "size: letter" in (tmp_path / f"{name}.html").read_text("utf-8")
        assert made.tell(name, "norrvik", "--paper", "A4", *where).status == 2
    folder = made.record("mediator", "--pdf")
    pages = {one.name for one in folder.with_name(f"{folder.name}_pdf").iterdir()}
    assert pages == {"brief.html", f"{folder.name}.html"}


def test_an_approval_is_found_by_what_it_is_about(made: Norrvik) -> None:
    """The approval of 22 April answers a question, and the work was told as not accepted."""
    work = made.section("Work done")
    assert "| entry 41, 2026-04-22: Astrid approved the staging shop by mail; it names no" in work
    assert "| 41 | 2026-04-22 14:10 | answer |" in made.section("Approvals and instructions")
    assert "does not show when the wait" not in made.court
    (open_, _) = (one for one in made.case() if one["seq"] == 31)  # and its picture
    assert open_["mend"].startswith(
        'docket accept norrvik#31 "As entry 41 says" --by WHO --on 2026'
    )


def test_a_record_opens_with_the_case_and_who_is_in_it(made: Norrvik) -> None:
    """Court and parties stood on page two, and the title had no name of the contract."""
    first = made.section("Summary")
    assert first.strip().startswith("- Court: …") and "| Party | Contractor | Client |" in first
    assert "# Dispute record: Norrvik Outdoor AB, org. no. 556000-0000\n" in made.court
    assert "No VAT is noted on the invoices." in first and "An entry is a note of mine" in first
    agreed = made.section("The agreement")
    assert "| Payment | 14 days after the invoice | 2 |" in agreed
    assert "on paper too: entry 3; exhibit JE-1." in agreed
    assert "Clause 9 is named in entries 56, 57, and is not among the terms noted." in agreed
    signed = made.court.partition("## 15. Statement of truth")[2]
    assert "Name: Jo Ek\n" in signed and "\n#" not in signed
    for once in ("Pattern", "no item named", "on good days", "went well", "Week from"):
        assert once not in made.court


def test_what_followed_stands_beside_a_step(made: Norrvik) -> None:
    """ "Outcome: not known" stood ten times, and a promise of which 1,500 came was "not kept"."""
    paid = made.section("Payments")
    assert "| EUR 2,000.00 paid on 2025-12-22 (entry 21) |" in paid
    assert "| kept in part: EUR 1,500.00 by 2026-04-30 (entry 43) |" in paid
    assert "| 61 | 2026-09-18 10:00 | cost | other | Order for payment, court fee |" in paid
    assert "Since then EUR 340.00 was credited on NV-04 (entry 71); whether" in paid
    assert "not known" not in made.court and "Proof" not in made.court
    mine = made.section("What I did to put it right")
    assert "(section 3): entries 34, 45." in mine and "off NV-04 on 22 October 2026" in mine
    first = made.section("Summary")
    assert "(entry 32: The VAT on the staging server was 24" in first
    assert "noted on 18 September 2026 (entry 61): Order for payment, court fee." in first


def test_a_file_that_is_newer_than_its_entry_is_told_and_checked(
    made: Norrvik, fresh: Norrvik
) -> None:
    """ "last changed 2026-12-01 ... added 2025-10-02" was printed without a word."""
    assert "later than its entry" not in made.court and "last changed 2025-10-02" in made.court
    late = fresh.folder / "late.txt"
    late.write_text("A list", "utf-8")
    os.utime(late, (1_830_000_000, 1_830_000_000))
    fresh.tell.ok("log", "norrvik", "note", "The list of pages", "--attach", str(late))
    assert re.search(
        r"last changed 2027-\d\d-\d\d.*, later than its entry was", fresh.text("court")
    )
    assert any(one["what"] == "file" for one in fresh.case())
