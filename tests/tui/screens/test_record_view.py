"""The record screen's rows: pure functions, so every width and every case can be looked at."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from store.errors import DocketError, UsageError
from store.records import (
    LeftOut,
    Preview,
    RecordOptions,
    RecordRequest,
    Section,
    dispute_record,
)
from store.records.desk import PROFILES
from store.records.document import Document
from store.records.html import tokens_of
from store.records.markdown import Md, inline
from store.records.platform.document import platform_pack
from store.records.review.case import OpenPoint
from store.records.review.look_over import Noticed
from store.stopping import GivenUpError
from tests.tui.screens.host import HOSTILE, NOW, workspace
from tui.screens.preview import UNFOLD, preview_rows, runs
from tui.screens.record_fields import coming_day, form_typed, kinds_typed, past_day, withheld
from tui.screens.record_rows import (
    asked_again,
    extras,
    fields_told,
    finding_rows,
    left_out_words,
    list_rows,
    look_again,
    look_rows,
    period_in_full,
    profiles,
    typed_here,
)
from tui.shell.long_work import LongWork
from tui.words.record import in_days

TODAY = NOW.date()


def a_finding(words: str = "always", seq: int | None = 14) -> Noticed:
    why = "Leave it out, or withhold it with --redact, unless the claim needs it."
    return Noticed("acme", seq, "statement", "absolute", words, 0, "an absolute", why)


def test_what_is_left_out_is_counted_with_its_reason() -> None:
    assert left_out_words(LeftOut()) == "left out: none"
    left = LeftOut(internal=2, settlement=1, redacted=1, unchosen=4, outside=3)
    assert left_out_words(left) == (
        "left out: 2 kept back, 1 settlement talk, 1 withheld, "
        "4 of other kinds, 3 outside these days"
    )


@pytest.mark.parametrize("width", [58, 78, 118])
@pytest.mark.parametrize("chosen", PROFILES)
def test_every_profile_has_its_key_on_lines_that_fit(chosen: str, width: int) -> None:
    asked = next(one for one in PROFILES if one == chosen)
    lines = str(profiles(asked, {}, width)).split("\n")
    assert len(lines) == (2 if width < 70 else 1)
    assert all(cell_len(line) <= width for line in lines)
    words = " ".join(lines)
    assert all(f"{number} " in words for number in range(1, 8))
    assert words.count("▸") == 1
    assert words.split("▸")[1][0] == str(PROFILES.index(asked) + 1)


def test_keys_of_the_users_own_are_the_ones_shown() -> None:
    assert "f5 court" in str(profiles("own", {"for-court": "f5"}, 78))
    assert "f6 my SSH signature" in str(extras("own", {"sign": "f6"}, printed="", sign=True))


def test_a_single_document_offers_no_signature() -> None:
    for profile in PROFILES:
        offered = "signature" in str(extras(profile, {}, printed="on", sign=True))
        assert offered == (profile not in ("statement", "report"))


def test_the_period_is_said_in_full() -> None:
    day = past_day("1 Oct", NOW)
    assert past_day(" ", NOW) is None
    assert period_in_full(None, None) == "the whole docket"
    assert period_in_full(day, None) == "from Thu 1 Oct 2026 until today"
    assert period_in_full(None, day) == "from the start until Thu 1 Oct 2026"
    assert str(past_day("1 Dec", NOW)) == "2025-12-01", "the last such day"
    assert str(coming_day("1 Dec", NOW)) == "2026-12-01", "the next such day"
    for wrong in ("[/foo]", "tomorrow", "32 Oct"):
        with pytest.raises(UsageError, match="not a past day"):
            past_day(wrong, NOW)
    with pytest.raises(UsageError, match="is not a day"):
        coming_day("[/foo]", NOW)


def test_a_form_is_typed_with_or_without_a_cut() -> None:
    for typed, meant in (
        ("", ("", False)),
        (" Payment, cut ", ("payment", True)),
        ("cut", ("", True)),
        ("freelance", ("freelance", False)),
    ):
        assert form_typed(typed) == meant
    for typed in ("visa", "card payment"):
        with pytest.raises(UsageError, match="is no form"):
            form_typed(typed)


def test_what_to_withhold_is_a_list_of_texts_and_places() -> None:
    assert withheld("Jo Smith; #12;#12.quotes ;; ") == ("Jo Smith", "#12", "#12.quotes")
    assert withheld(" ") == ()


def test_kinds_are_typed_as_a_list_of_names_or_their_beginnings() -> None:
    assert kinds_typed("late payment; blame;") == ("late-payment", "blame")
    assert kinds_typed("advice-o") == ("advice-overridden",)
    assert kinds_typed(" ") == ()
    with pytest.raises(UsageError, match="'latte' is not a kind of entry"):
        kinds_typed("latte")


def test_the_day_to_answer_is_said_with_how_far_off_it_is(tmp_path: Path) -> None:
    asked = RecordRequest("platform", answer_by=date(2026, 11, 30))
    made = workspace(tmp_path)
    record = dispute_record(made.docket("acme"), made.file("acme").lines, _options(), NOW)
    fit = platform_pack(record.material).slots
    counts = ", ".join(f"{one.count:,}" for one in fit)
    assert fields_told(asked, Preview(record, 12_000), TODAY) == [
        "covers the whole docket; left out: 2 kept back",
        f"fits the form: {counts} characters",
        "answer by Mon 30 Nov 2026, in 8 days",
    ]
    far = [in_days(date(2026, 11, day), TODAY) for day in (21, 22, 23)]
    assert far == ["which is past", "today", "tomorrow"]


def _options() -> RecordOptions:
    return RecordOptions("platform", None, None, "me")


def test_every_section_has_a_line_and_loses_no_word(tmp_path: Path) -> None:
    made = workspace(tmp_path, HOSTILE)
    record = dispute_record(made.docket("acme"), made.file("acme").lines, _options(), NOW)
    rows = list_rows(Preview(record, 1), 2, 30)
    assert [row.leads for row in rows[:3]] == ["look", "exports", "0"]
    assert rows[1].text.startswith("Last exports (2)")
    assert len(rows) == len(record.sections) + 3
    assert rows[-1].leads == "write"


def _letters(text: str) -> Counter[str]:
    """Return the letters of a text but for currency codes, which a head may have alone."""
    return Counter(re.sub(r"[A-Z]{3} (?=[\d-])|[\s─-]", "", text))


@pytest.mark.parametrize("width", [20, 40, 76, 120])
def test_a_section_laid_out_loses_no_word_and_is_not_too_wide(tmp_path: Path, width: int) -> None:
    made = workspace(tmp_path, HOSTILE)
    record = dispute_record(made.docket("acme"), made.file("acme").lines, _options(), NOW)
    for section in record.sections:
        shown = [row.text for row in preview_rows(section, width)]
        assert max(map(cell_len, shown), default=0) <= width, section.title
        assert not any("|" in line for line in shown), "no pipe of a table"
        tokens = tokens_of(section.body)
        said = [
            "".join(text for text, _ in runs(token))
            for before, token in pairwise(tokens)
            if token.type == "inline" and before.type != "th_open"
        ]
        assert not _letters("".join(said)) - _letters("".join(shown)), section.title


def _section(*lines: str) -> Section:
    return Section("Payments", Md("\n".join(lines)))


def _texts(section: Section, width: int, unfolded: tuple[int, ...] = ()) -> list[str]:
    return [row.text.rstrip() for row in preview_rows(section, width, unfolded)]


SUMS = _section(
    "| Invoice | Due | Amount | Proof |",
    "| --- | --- | --- | --- |",
    "| A-1 | 2026-11-02 | USD 1,200.00 | entries 1, 2 |",
    "| **All** | - | USD 1,200.00 | - |",
)


def test_a_table_that_fits_has_columns_and_a_rule_before_its_total() -> None:
    assert _texts(SUMS, 60) == [
        "Invoice         Due  Amount USD  Proof",
        "─" * 45,
        "A-1      2026-11-02    1,200.00  entries 1, 2",
        "─" * 45,
        "All               -    1,200.00  -",
    ]


def test_a_table_that_does_not_fit_is_told_row_by_row() -> None:
    assert _texts(SUMS, 24) == [
        "A-1  2026-11-02",
        "  Amount: USD 1,200.00",
        "  Proof: entries 1, 2",
        "",
        "All",
        "  Amount: USD 1,200.00",
    ]


def test_a_long_table_is_folded_until_it_is_unfolded() -> None:
    rows = [f"| {number} | word |" for number in range(100)]
    long = _section("| No. | What |", "| --- | --- |", *rows)
    folded = preview_rows(long, 60)
    assert (folded[-1].text, folded[-1].leads) == ("88 rows more: enter shows them", f"{UNFOLD}0")
    assert folded[-1].opens and len(folded) == 2 + 12 + 1
    assert len(preview_rows(long, 60, (0,))) == 102


def test_lists_quotes_and_weight_are_laid_out() -> None:
    said = _section("- one **two** three", "- four", "", "> their words", "", "last")
    assert _texts(said, 40) == ["- one two three", "- four", "", "▌ their words", "", "last"]
    first = preview_rows(said, 40)[0]
    assert ("two", "bold") in first.cells


@given(st.text("ab [/]<|*\\\u0e01\u4e2d", max_size=60), st.integers(10, 50))
def test_whatever_stands_in_a_cell_is_text(words: str, width: int) -> None:
    cell = inline(words)
    rows = preview_rows(_section("| No. | What |", "| --- | --- |", f"| 1 | {cell} |"), width)
    assert all(cell_len(row.text) <= width for row in rows)


def test_without_a_document_the_exports_are_still_there() -> None:
    assert [row.leads for row in list_rows(None, 0, 30)] == ["exports"]


def test_what_is_to_be_looked_at_again_is_counted_once_and_says_the_same_everywhere() -> None:
    none = Preview(Document(Md(""), "", ()), 0)
    assert look_again(none) == "Nothing to look at again"
    point = OpenPoint("acme", 2, "agreement", "what was agreed has no file", "docket attach")
    made = replace(
        none, noticed=(a_finding(),) * 3, hints=("`docket report --help`",), open_points=(point,)
    )
    text = " ".join(row.text.strip() for row in look_rows(made, 40))
    assert look_again(made) == "Look again: 5 points"
    assert text.startswith("5 points: 3 in the words, 1 in the case, 1 hint.")
    assert re.search(r"4 +acme#2: what was agreed has no file", text), "numbered through"
    assert "docket report --help" in text and "held against you" not in text
    told = replace(made, open_points=(point._replace(what="contradiction"),))
    rows = [row.text.strip() for row in look_rows(told, 40)]
    assert rows.index("it may be held against you") == rows.index("docket attach") - 1
    assert asked_again(5, made) == "5 points to look at again: w again writes it all the same."
    assert asked_again(3, made) == (
        "3 of the 5 points to look at again may be held against you: "
        "w again writes it all the same."
    )


def test_a_finding_opens_its_entry_and_names_no_option() -> None:
    rows = finding_rows([a_finding(), a_finding(seq=None)], 40)
    assert [row.evidence for row in rows if row.opens] == [(14,)]
    text = " ".join(row.text for row in rows)
    assert 'acme#14 says "always"' in text
    assert "--redact" not in text


def test_thousands_of_findings_are_cut_and_say_so() -> None:
    rows = finding_rows([a_finding()] * 3000, 40)
    assert sum(row.opens for row in rows) == 400
    assert "2,600 more" in " ".join(row.text for row in rows)


@given(st.text(max_size=200), st.integers(20, 120))
def test_no_text_makes_a_finding_wider_than_its_room(words: str, width: int) -> None:
    rows = finding_rows([a_finding(words)], width)
    assert all(cell_len(row.text) <= width for row in rows)
    assert "\x1b" not in "".join(row.text for row in rows)


def test_long_work_says_how_far_it_is() -> None:
    work = LongWork("Writing the record", 200, each=4)
    work.effort.go_on(50)
    bar = "━" * 5 + "─" * 15
    assert work.words == f"Writing the record {bar} 12 of 50 entries   esc stops it"
    each = work.begin_copy(800_000_000)
    each(120_500_000)
    assert work.words.endswith("120 of 800 MB   esc stops it")
    each(679_500_000)
    assert work.words.startswith("Writing the record")
    work.stop()
    assert work.words == "Stopping…"
    assert LongWork("Working it out").words == "Working it out…   esc stops it"
    with pytest.raises(GivenUpError):
        each(1)


def test_a_refusal_names_fields_of_the_screen_and_no_options() -> None:
    told = typed_here(
        str(
            DocketError(
                "Not written",
                "a picture",
                "Look at them, then add --despite AB-2 --despite AB-7; or leave them out with "
                "--redact '#2.exhibits' --redact '#7.exhibits', or show it with --despite '#9'",
            )
        )
    )
    assert (
        "type AB-2; AB-7 at despite; or leave them out by withholding '#2.exhibits'; '#7.exhibits'"
        in told
    )
    assert "show it with #9 at despite" in told
    assert "--" not in told
