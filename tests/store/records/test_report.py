"""The final report: everything that was delivered, warm and short, and nothing of the trouble."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from store.errors import UsageError
from store.records import RecordError, RecordRequest
from store.records.document import Document
from store.records.markdown import read_front_matter
from store.records.report.blame import refuse_blame, second_looks
from store.records.report.document import write_report
from store.records.report.material import Commitment, ReportWords, Watch, report_material
from store.records.texts import catalogue
from tests.store.building import docket
from tests.store.records.case import Case
from tests.store.records.hostile import GFM, NAME, NOTE, PARSERS, cells, inlines, shape
from tests.store.records.parting_year import DELIVERED, HIDDEN, NOW, SECRETS, WORDS, year
from tests.store.records.test_privacy import PRIVATE_BYTES

GOLDEN = Path(__file__).parent / "golden" / "final-report.md"
PLAIN = ReportWords("Ann Berg")


def report(case: Case, words: ReportWords = PLAIN, now: datetime = NOW) -> Document:
    """Return the final report of the case."""
    return write_report(report_material(case.workspace.docket("acme", now.date()), words, now))


def section(document: Document, title: str) -> str:
    """Return the body of a section, or nothing where it was left out."""
    return next((str(one.body) for one in document.sections if one.title == title), "")


def test_the_report_of_a_year_is_as_it_was_read_and_found_good(tmp_path: Path) -> None:
    # Renewed by `python -m tests.store.records.test_report`; read it again as the client would.
    assert report(year(tmp_path), WORDS).markdown == GOLDEN.read_text(encoding="utf-8")


def test_every_delivery_is_there_once_with_its_day_and_the_name_of_its_file(
    tmp_path: Path,
) -> None:
    case = year(tmp_path)
    document = report(case, WORDS)
    shown = cells(GFM, document.markdown)
    for number, text in enumerate(DELIVERED):
        assert document.markdown.count(text) == 1
        assert shown[shown.index(text) - 1] == f"28 {datetime(2026, number + 3, 1):%B} 2026"
    sha256 = case.entries()[2].exhibits[0].sha256
    assert r"march\.pdf" in document.markdown
    assert sha256[:8] not in document.markdown  # a goodbye is not evidence
    assert document.markdown.count("2 April 2026, by Jo") == 1


def test_nothing_of_the_trouble_is_in_it(tmp_path: Path) -> None:
    text = report(year(tmp_path), WORDS).markdown
    assert [secret for secret in SECRETS if secret in text] == []
    assert [mark for mark in PRIVATE_BYTES if mark in text.encode()] == []
    words = (
        "late overdue interest compensation severity score verdict incident warning notice threat "
        "unpaid owed debt dispute settlement internal private voided withdrawn amended court"
    )
    for word in words.split():
        assert not re.search(rf"\b{word}\b", text, re.IGNORECASE), word


def test_it_is_the_same_with_and_without_the_trouble(tmp_path: Path) -> None:
    # So nothing of it is so much as counted.
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    hard, easy = Case(tmp_path / "a"), Case(tmp_path / "b")
    for case in (hard, easy):
        case.log("delivery", "2026-05-01", "Posts")
    for kind in ("abuse", "late-payment", "stop", "end-notice", "cash-trouble", "note", "offer"):
        hard.log(kind, "2026-05-02", "What happened", channel="email")
    assert report(hard).markdown == report(easy).markdown


def test_sections_come_in_their_order_and_empty_ones_are_left_out(tmp_path: Path) -> None:
    assert [one.title for one in report(year(tmp_path), WORDS).sections] == [
        "Thank you",
        "What we set out to do",
        "What we achieved",
        "Where things stand today",
        "Accounts and access",
        "What is still open",
        "Dates to watch",
        "Your account",
        "Why we part",
        "For the way ahead",
        "The last day",
    ]
    other = Case(tmp_path / "bare")
    assert [one.title for one in report(other).sections] == ["Thank you", "The last day"]
    front = read_front_matter(report(other).markdown)
    assert front == {
        "title": "Final report for Acme Média",
        "client": "Acme Média",
        "prepared_by": "Ann Berg",
        "date": "2026-11-22",
        "note": "This is not an invoice.",
    }


def test_a_docket_without_entries_makes_no_report() -> None:
    with pytest.raises(RecordError, match="no entries"):
        report_material(docket([]), PLAIN, NOW)


def _bill(number: str, amount: str, currency: str, due: str = "2026-06-01") -> dict[str, Any]:
    return {"number": number, "amount": amount, "currency": currency, "due": due}


@pytest.mark.parametrize(
    ("logged", "said"),
    [
        ([], ""),
        (
            [("invoice", _bill("A", "100", "EUR")), ("payment", {"amount": "100"})],
            "Your account is settled: nothing is left to pay.",
        ),
        (
            [("invoice", _bill("A", "100", "EUR")), ("payment", {"amount": "120"})],
            "Your account is settled: nothing is left to pay. "
            "EUR 20.00 of what you paid is in your favour.",
        ),
        (
            [("invoice", _bill("A", "100", "EUR")), ("invoice", _bill("B", "9000", "JPY"))],
            "On 22 November 2026, EUR 100.00 and JPY 9,000 are open (A and B); "
            "the statement of account goes with this.",
        ),
        (
            [("invoice", _bill(name, "10", "EUR", "2026-12-24")) for name in "ABCD"],
            "On 22 November 2026, EUR 40.00 is open; the statement of account goes with this.",
        ),
        (
            [
                ("invoice", _bill("A", "100", "EUR")),
                ("disputed", {"number": "A", "amount": "60"}),
                ("payment", {"amount": "50"}),
                ("invoice", _bill("B", "100", "EUR")),
                ("disputed", {"number": "B", "amount": "10"}),
                ("disputed", {"number": "B", "amount": "20"}),
            ],
            "On 22 November 2026, EUR 150.00 is open (A and B); "
            "the statement of account goes with this.",
        ),
        (
            [
                ("invoice", _bill("A", "100", "EUR")),
                ("invoice", _bill("B", "9000", "JPY")),
                ("disputed", {"number": "A", "amount": "60"}),
            ],
            "On 22 November 2026, EUR 100.00 and JPY 9,000 are open (A and B); "
            "the statement of account goes with this.",
        ),
        (
            [
                ("invoice", _bill("A", "100", "EUR")),
                ("disputed", {"number": "A", "amount": "60"}),
                ("payment", {"amount": "100"}),
            ],
            "Your account is settled: nothing is left to pay.",
        ),
    ],
)
def test_the_account_is_one_calm_sentence(
    tmp_path: Path, logged: list[tuple[str, dict[str, Any]]], said: str
) -> None:
    case = Case(tmp_path)
    for kind, data in logged:
        case.log(kind, "2026-05-02", "Not a word of this", data={"currency": "EUR", **data})
    assert section(report(case), "Your account") == said
    assert "Not a word" not in report(case).markdown


def test_open_promises_say_what_becomes_of_them(tmp_path: Path) -> None:
    case = Case(tmp_path)
    for text in ("First", "Second", "Third"):
        case.log("promise", "2026-05-02", text, data={"by": "me", "due": "2026-05-09"})  # 2 to 4
    case.log("promise-broken", "2026-05-10", "No", link=("breaks", 3))
    case.log("promise-kept", "2026-05-10", "Yes", link=("keeps", 4))
    words = ReportWords("Ann", commitments=(Commitment(2, "released in your mail of 3 May"),))
    assert section(report(case, words), "What is still open") == (
        "- First (promised for 9 May 2026): released in your mail of 3 May\n"
        "- Second (promised for 9 May 2026): not done\n\n"
        "Everything else I promised you is done."
    )
    for seq in (1, 4, 99):
        with pytest.raises(UsageError, match=f"acme#{seq} is no open promise of yours"):
            report(case, ReportWords("Ann", commitments=(Commitment(seq, "gone"),)))


def test_days_to_watch_are_those_to_come(tmp_path: Path) -> None:
    case = Case(tmp_path)
    for item, renews in (("Domain", "2027-01-05"), ("Fonts", "2026-11-21")):
        case.log("handover", "2026-05-02", item, data={"renews": renews})
    words = ReportWords("Ann", watch=(Watch(date(2026, 11, 22), "Trial ends"),))
    assert section(report(case, words), "Dates to watch") == (
        "- 22 November 2026: Trial ends\n- 5 January 2027: renewal of Domain"
    )


@pytest.mark.parametrize("kind", ["acceptance", "access-ended"])
def test_a_handover_whose_outcome_is_not_shown_makes_no_report(tmp_path: Path, kind: str) -> None:
    case = Case(tmp_path)
    case.log("handover", "2026-05-02", "Keys")
    relation = "accepts" if kind == "acceptance" else "about"
    case.log(kind, "2026-05-03", link=(relation, 2), visibility="internal")
    with pytest.raises(RecordError, match=r"acme#2 would be shown wrongly"):
        report(case)


def test_the_reason_names_dates_and_kinds_of_paper_only(tmp_path: Path) -> None:
    case = Case(tmp_path)
    case.log("late-payment", "2026-05-02", HIDDEN, channel="email")
    case.log("abuse", "2026-05-04", HIDDEN)
    case.log("invoice", "2026-04-01", HIDDEN, data=_bill("A", "1", "EUR"))
    words = ReportWords("Ann", because="I need to plan ahead.", entries=(2, 3, 4))
    assert section(report(case, words), "Why we part") == (
        "I am not able to meet your needs because I need to plan ahead. This rests on the invoice "
        "of 1 April 2026, the e-mail of 2 May 2026 and my note of 4 May 2026."
    )
    assert section(report(case, ReportWords("Ann", direction=True)), "Why we part") == (
        "My work is moving in another direction."
    )


@pytest.mark.parametrize(
    ("entries", "why"),
    [
        ((), "none is named"),
        ((2,), "1 is named"),
        ((2, 2), "1 is named"),
        ((2, 99), "no entry acme#99"),
        ((2, 3), "voided by #4"),
        ((2, 4), "of the kind void"),
        ((2, 1), "of the kind client"),
        ((2, 5), "kept out"),
        ((2, 6), "kept out"),
    ],
)
def test_a_reason_rests_on_two_entries_that_stand_and_may_be_shown(
    tmp_path: Path, entries: tuple[int, ...], why: str
) -> None:
    case = Case(tmp_path)
    case.log("no-reply", "2026-05-02", "None")  # 2
    case.log("no-reply", "2026-05-03", "None")  # 3
    case.log("void", "2026-05-04", "Meant another", link=("voids", 3))  # 4
    case.log("no-reply", "2026-05-05", "None", visibility="internal")  # 5
    case.log("no-reply", "2026-05-06", "None", visibility="settlement")  # 6
    with pytest.raises(UsageError, match=why) as error:
        report(case, ReportWords("Ann", because="I did not hear back", entries=entries))
    assert "\n" not in str(error.value)


def test_words_that_are_at_odds_are_refused() -> None:
    with pytest.raises(UsageError, match="Two reasons"):
        ReportWords("Ann", because="I move on", direction=True)
    with pytest.raises(UsageError, match="stand for no reason"):
        ReportWords("Ann", entries=(1, 2))
    with pytest.raises(UsageError, match="name is empty"):
        ReportWords("\x1b[31m")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (ReportWords("Ann", because="you failed to send files"), "--because says 'failed'"),
        (ReportWords("Ann", because="the fault is yours"), "--because says 'fault'"),
        (ReportWords("Ann", because="you never wrote"), "--because says 'never'"),
        (ReportWords("Ann", thanks="Thanks, you idiot"), "--thanks says 'idiot'"),
        (ReportWords("Ann", tips=("Stop being lazy",)), "--tip says 'lazy'"),
        (ReportWords("Ann", next_one=("Somebody toxic",)), "--next says 'toxic'"),
        (ReportWords("Ann", commitments=(Commitment(1, "stupid"),)), "--commitment says 'stupid'"),
    ],
)
def test_blame_is_refused_in_one_line_with_what_to_write_instead(
    words: ReportWords, said: str
) -> None:
    with pytest.raises(UsageError) as error:
        refuse_blame(words)
    assert str(error.value).startswith(said)
    assert error.value.remedy
    assert "\n" not in str(error.value)


BLAME = {
    "fi": ("koska laiminlöitte sopimuksen", "laiminlöitte"),
    "is": ("þið vanræktuð verkið", "vanræktuð"),
    "hu": ("Ön elmulasztotta a fizetést", "elmulasztotta"),
    "ar": ("أهملتم طلباتي", "أهملتم"),
    "km": ("ការងារត្រូវបានធ្វេសប្រហែស", "ធ្វេសប្រហែស"),
}


@pytest.mark.parametrize("code", BLAME)
def test_blame_is_refused_in_the_language_of_the_report(code: str) -> None:
    because, word = BLAME[code]
    with pytest.raises(UsageError, match=f"--because says '{word}'"):
        refuse_blame(ReportWords("Ann", because=because), code=code)
    grounds = [one.pattern("") for key, one in catalogue(code, "report").items() if "ground" in key]
    assert len(grounds) > 8
    for ground in grounds:  # what Docket offers itself is none
        refuse_blame(ReportWords("Ann", because=ground), code=code)


@pytest.mark.parametrize(
    "words",
    [
        WORDS,
        ReportWords("Ann", thanks="I will always remember the opening night"),
        ReportWords("Ann", tips=("If the login fails, ask the host",)),
        ReportWords("Ann", because="Crazy Cat needs more than I can give"),
    ],
)
def test_warm_words_are_not_refused(words: ReportWords) -> None:
    refuse_blame(words, ["Crazy Cat Ltd"])


def test_entries_that_read_as_blame_are_named_but_not_refused(tmp_path: Path) -> None:
    case = Case(tmp_path)
    case.log("delivery", "2026-05-02", "Posts for the idiot")
    case.log("request", "2026-05-03", "Plain")
    case.log("abuse", "2026-05-03", "Not printed, so never looked at")
    made = RecordRequest("report", words=PLAIN).preview(case.workspace, "acme")
    (said,) = (one for one in made.noticed if one.what != "author")
    assert (said.seq, said.words, said.noun) == (2, "idiot", "an insult")


def test_words_of_the_writer_that_may_be_too_strong_are_named_by_their_option(
    tmp_path: Path,
) -> None:
    case = Case(tmp_path)
    words = ReportWords("Ann Berg", thanks="You always came to the opening night")
    (said,) = second_looks(report_material(case.workspace.docket("acme"), words, NOW))
    assert said.startswith("--thanks says 'always', an absolute: ")


def hostile_year(root: Path, name: str, note: str) -> Case:
    """Return a case where every text that a report may print is `note` or its first line."""
    case, line = Case(root, name), " ".join(note.split())[:300]
    case.log("client", "2026-03-01", note, data={"name": name, "contract_name": line})
    case.log("terms", "2026-03-02", note, data={"scope": line})
    paper = case.exhibit(line.encode(), f"{line}.pdf")
    case.log("delivery", "2026-03-03", note, data={"where": line}, exhibits=[paper])  # 4
    case.log("acceptance", "2026-03-04", note, data={"by": line}, link=("accepts", 4))
    case.log("request", "2026-03-05", note)  # 6
    case.log("promise", "2026-03-06", note, data={"by": "me", "due": "2026-03-09"})  # 7
    case.log("promise", "2026-03-06", note, data={"by": "me", "due": "2026-03-10"})
    case.log("handover", "2026-03-07", note, data={"to": line, "renews": "2027-01-01"})  # 9
    case.log("acceptance", "2026-03-08", note, data={"by": line}, link=("accepts", 9))
    case.log("handover", "2026-03-09", note)
    case.log("invoice", "2026-03-10", note, data=_bill(line, "10", "EUR"))
    return case


def hostile_words(name: str, note: str) -> ReportWords:
    """Return words that are `note` throughout."""
    many = (note, note)
    return ReportWords(
        *(name, note, note, many, many, many),
        commitments=(Commitment(7, note),),
        todo=many,
        watch=(Watch(date(2027, 1, 1), note),),
        because=note,
        entries=(4, 6),
        tips=many,
        next_one=many,
        ends=date(2026, 12, 1),
        reach=note,
    )


@pytest.mark.parametrize("parser", PARSERS)
def test_hostile_text_leaves_the_structure_alone(tmp_path: Path, parser: MarkdownIt) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    note = " ".join(NOTE.split())[:900]
    hostile = report(hostile_year(tmp_path / "a", NAME, note), hostile_words(NAME, note)).markdown
    plain = hostile_year(tmp_path / "b", "Acme", "A plain line")
    harmless = report(plain, hostile_words("Ann", "A plain line")).markdown
    assert shape(parser, hostile) == shape(parser, harmless)
    assert {token.type for token in inlines(parser, hostile)} <= {
        *("text", "softbreak", "code_inline"),
    }
    assert "\x1b" not in hostile
    assert read_front_matter(hostile)["prepared_by"] == "[/foo] <b>x</b>"


if __name__ == "__main__":
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        GOLDEN.write_text(report(year(Path(folder)), WORDS).markdown, encoding="utf-8")
