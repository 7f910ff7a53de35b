"""The platform pack: each field within its limit, counted as a form counts, cut in order."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter

from store.entries import Entry
from store.errors import UsageError
from store.records import RecordOptions, dispute_record, verify_record, write_record
from store.records.markdown import Md, as_plain, inline
from store.records.options import PLATFORM_FORMS
from store.records.platform.document import PACK_FILE, Pack, platform_pack
from store.records.platform.fitting import CUT_FIRST, PackLine, Rank, characters, cut_to
from store.records.platform.forms import platform_form
from store.sample import AUTHOR, write_sample
from tests.examples import examples
from tests.store.records.case import NOW, Case
from tests.store.records.test_sentences import bad, dockets, told


def options(form: str = "card", *, cut: bool = False) -> RecordOptions:
    """Return the options of a platform's record."""
    return RecordOptions("platform", None, None, "Ann Berg", form=form, cut=cut)


def pack(case: Case, chosen: RecordOptions) -> Pack:
    """Return the pack of a case."""
    docket, lines = case.workspace.docket("acme"), case.workspace.file("acme").lines
    return platform_pack(dispute_record(docket, lines, chosen, NOW).material)


def test_the_pack_of_every_sample_client_fits_each_field_of_every_form(tmp_path: Path) -> None:
    now = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    workspace = write_sample(tmp_path / "w", now)
    for client in workspace.client_ids():
        docket, lines = workspace.docket(client), list(workspace.file(client).lines)
        card = RecordOptions("platform", None, None, AUTHOR)
        material = dispute_record(docket, lines, card, now).material
        for form in PLATFORM_FORMS:
            chosen = replace(card, form=form, cut=form != "card")
            made = platform_pack(replace(material, options=chosen))
            for one in made.slots:
                assert one.count <= one.slot.limit, (client, form, one.slot.name)
                assert f"({one.slot.name}, {one.count:,} of {one.slot.limit:,})" in made.text


@pytest.mark.parametrize(
    ("text", "count"),
    [("កម្ពុជា", 7), ("ok 👍", 5), ("👩‍👩‍👧", 8), ("é", 1), ("a\nb", 3)],
)
def test_characters_are_counted_as_a_browser_counts_them(text: str, count: int) -> None:
    assert characters(text) == count


RANKS: tuple[Rank, ...] = ("kept", *CUT_FIRST)
LINE = st.builds(PackLine, st.text("ab👍", max_size=9), st.sampled_from(RANKS))


@examples(200)
@given(st.lists(LINE, max_size=12), st.integers(0, 60))
def test_a_cut_takes_hours_then_notes_then_the_earliest_events(
    pieces: list[PackLine], limit: int
) -> None:
    fit = cut_to(pieces, limit)
    assert fit.over == max(0, characters(fit.text) - limit)
    for rank, count in fit.gone:
        mine = [one for one in pieces if one.rank == rank]
        assert [one for one in fit.pieces if one.rank == rank] == mine[count:], "the first ones go"
    last = max((CUT_FIRST.index(rank) for rank, _ in fit.gone), default=0)
    assert not [one for one in fit.pieces if one.rank in CUT_FIRST[:last]], "none before is spared"
    if fit.gone and not fit.over:  # and no more went than had to
        rank, count = fit.gone[-1]
        back = [one for one in pieces if one.rank == rank][count - 1]
        assert characters(fit.text) + characters(back.text) + 1 > limit


def huge(tmp_path: Path) -> Case:
    """Return a case of which one field of the smallest form takes not all."""
    case = Case(tmp_path)
    case.log("terms", "2026-03-02", "Signed", data={"rate": "85", "currency": "EUR"})
    for number in range(60):
        case.log("delivery", f"2026-04-{number // 3 + 1:02}", f"Poster {number} of the series")
        case.log("hours", f"2026-05-{number % 28 + 1:02}", data={"hours": "2", "spent": "work"})
    case.log("note", "2026-06-01", "Something noted")
    return case


def test_what_is_too_much_is_said_with_the_cut_and_never_cut_silently(tmp_path: Path) -> None:
    case = huge(tmp_path)
    whole, cut = (pack(case, options("payment", cut=one)) for one in (False, True))
    first, after = whole.slots[0], cut.slots[0]
    assert [one.slot.name for one in whole.too_long] == ["notes, proof of fulfilment"]
    assert f"! {first.over:,} characters are too many." in whole.text
    assert "! With --cut this is left out, in this order: the hours of one month and" in whole.text
    assert after.count <= after.slot.limit < first.count
    assert "! Left out so that it fits: the hours of one month and the " in cut.text
    assert "Poster 55 of" in after.text and "Poster 0 of" not in after.text, "the earliest go first"
    assert "Poster 0 of" in first.text and "May 2026" in first.text


def test_the_text_is_plain_and_counted_as_it_stands(tmp_path: Path) -> None:
    case = Case(tmp_path)
    case.log("note", "2026-03-03", "*Ok* [a](b) 50 % <b> a@b.example :smile: ខ្មែរ 👍")
    text = pack(case, options()).slots[-1].text
    assert "*Ok* [a](b) 50 % <b> a@b.example :smile: ខ្មែរ 👍" in text
    assert "\\" not in text


def test_plain_text_is_what_went_into_the_markdown() -> None:
    for said in ("a*b_c`d", "1. x", "@me and :joy: `@`", "\\ back", "# | ~ $ ^ {", "&amp; www.a.b"):
        assert as_plain(inline(said)) == said
    assert as_plain(Md("**bold** x")) == "bold x"


@examples(100)
@given(dockets())
def test_no_line_of_any_pack_says_what_none_may_or_names_an_entry(entries: list[Entry]) -> None:
    chosen = RecordOptions("platform", None, None, "Jo Ek", form="freelance")
    made = platform_pack(replace(told(*entries), options=chosen))
    for line in "\n".join(one.text for one in made.slots).split("\n"):
        assert bad(line) == [] and not re.search(r"\bentr(?:y|ies)\b|\bsection \d", line), line


def pdf(pages: int) -> bytes:
    """Return a PDF of so many empty pages."""
    made, out = PdfWriter(), BytesIO()
    for _ in range(pages):
        made.add_blank_page(200, 200)
    made.write(out)
    return out.getvalue()


def test_the_folder_has_the_pack_with_its_files_and_verifies(tmp_path: Path) -> None:
    case = Case(tmp_path)
    for name, data in (("signed.pdf", pdf(21)), ("mail.eml", b"From: a@b.example\n\nHello\n")):
        case.log("note", "2026-03-03", f"{name} came", exhibits=[case.exhibit(data, name)])
    written = write_record(case.workspace, "acme", options(), tmp_path / "out")
    path = written.folder / PACK_FILE
    text = path.read_text("utf-8")
    assert "AB-1.pdf, 0.01 MB, 21 pages: signed.pdf" in text
    assert "AB-2.eml, 0.01 MB: mail.eml" in text
    assert "! AB-2.eml: the form takes PDF, JPG and PNG only. With --pdf it is printed as" in text
    here = "here it is 0.01 MB and 21 pages, with the pages of AB-2.pdf once printed."
    assert f"Mastercard: at most 14 MB and 19 pages in all; {here}\n! That is too much for" in text
    assert f"Stripe: at most 5 MB and 49 pages in all; {here}\nMastercard" in text
    assert "! Only one file goes into uncategorized_file: join AB-1.pdf and AB-2.pdf into" in text
    report = verify_record(written.folder)
    assert report.ok, report.findings

    path.write_text(text.replace("21 pages", "9 pages"), "utf-8")
    found = [one for one in verify_record(written.folder).findings if one.startswith(PACK_FILE)]
    assert any("is not what chain.jsonl gives" in one for one in found)
    manifest = json.loads((written.folder / "manifest.json").read_bytes())
    manifest["pages"] = dict.fromkeys(manifest["pages"], 9)
    (written.folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    found = list(verify_record(written.folder).findings)
    assert any("pages are not those of the PDFs" in one for one in found)


@pytest.mark.parametrize("name", PLATFORM_FORMS)
def test_a_form_is_whole(name: str) -> None:
    form = platform_form(name)
    held = [what for slot in form.slots for what in slot.holds]
    assert sorted(held) == ["agreed", "delivered", "due", "wrote"], "each fact goes into one field"
    assert sum(slot.limit for slot in form.slots) <= form.together
    assert form.takes("AB-1.PDF") and not form.takes("AB-2.eml")


def test_a_form_is_for_a_platform_alone() -> None:
    assert RecordOptions("platform", None, None, "me").form == "card"
    for purpose, form in (("court", "card"), ("platform", "visa")):
        with pytest.raises(UsageError, match="is no form of this record"):
            RecordOptions(purpose, None, None, "me", form=form)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", PLATFORM_FORMS)
def test_each_form_says_where_its_limits_are_stated_or_that_they_were_not_found(name: str) -> None:
    text = files("store.records.platform").joinpath("forms", f"{name}.toml").read_text("utf-8")
    sources = tomllib.loads(text)["source"]
    assert sources
    for one in sources:
        assert one["of"] and one["day"] <= date(2027, 1, 1)
        assert "https://" in one["where"] or one["where"] == "not found"
