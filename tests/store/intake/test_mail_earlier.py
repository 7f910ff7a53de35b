"""Where a mail's own words end and earlier mail begins, and that no word before it changes."""

from __future__ import annotations

import io
import re
import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from store.intake.mail import read_mail
from store.intake.mail_text import above_earlier

HEADERS = "{} Mira Long\n{} 12 Sep 2026 10:00\n{} Kari Holm\n{} Spread 7\n\nHere is spread 7.\n"


@pytest.mark.parametrize(
    "earlier",
    [
        "> Here is spread 7\n",
        "> On 12 Sep Mira wrote:\n> > Here is spread 7\n>\n> Mira",
        "On 12 Sep Mira wrote:\n> Here is spread 7\n\n",
        "On 12 Sep Mira wrote:\n\n> Here is spread 7\n\n> and 8\n",
        "On Mon, Sep 12, 2026 at 10:00 AM Mira Long <mira@studio.example>\nwrote:\n\n> Here\n",
        "On Mon, 12 Sep 2026 at 10:00, Mira Long\n<mira@studio.example> wrote:\n> Here\n",
        "Am 12.09.2026 um 10:00 schrieb Mira:\n> Hier ist Seite 7\n",
        "Le 12 sept. 2026 à 10:00, Mira a écrit :\n>Voici la page 7\n",
        "2026年9月12日(土) 10:00 Mira Long <mira@studio.example>：\n> 7ページ\n",
        "On 13 Sep Kari wrote:\n> Thanks\nOn 12 Sep Mira wrote:\n> Here\n",
        "On Monday, 12 Sep 2026 at 10:00:00 AM, Mira <mira@studio.example> wrote:\n\n Here\n",
        "Am 12.09.2026 um 10:00 schrieb Mira Long\n<mira@studio.example>:\n\nHier ist Seite 7\n",
        f"-----Original Message-----\n{HEADERS.format('From:', 'Sent:', 'To:', 'Subject:')}",
        f"-----Opprinnelig melding-----\n{HEADERS.format('Fra:', 'Sendt:', 'Til:', 'Emne:')}",
        f"---------- Forwarded message ---------\n\n"
        f"{HEADERS.format('From:', 'Date:', 'To:', 'Subject:')}",
        f"{'_' * 32}\n{HEADERS.format('Von:', 'Gesendet:', 'An:', 'Betreff:')}",
        HEADERS.format("De :", "Envoyé :", "À :", "Objet :"),
        HEADERS.format("*From:*", "*Sent:*", "*To:*", "*Subject:*"),
        HEADERS.format("差出人:", "送信日時:", "宛先:", "件名:"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_earlier_mail_is_left_out_to_the_end(earlier: str, end: str) -> None:
    own = f"I did not get it.{end}{end}Kari{end}{end}"
    text = own + earlier.replace("\n", end)
    assert above_earlier(text).rstrip() == own.rstrip()
    assert above_earlier(text.removeprefix(own)) == "", "a mail without words of its own"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No quote at all:\n",
        "You asked at 10:\n> Where is it?\nIt is here.\n",
        "> Where is it?\n\nHere.\n\n> And spread 8?\n\nIn May.\n\n> Mira\n",
        "> Where is it?\nHere.\n\nOn 12 Sep Mira wrote:\n> the whole mail\n",
        "Thanks.\n>From now on I pay nothing\n",
        "From: Oslo\nTo: Bergen\nDate: 12 Sep\nPlease book that.\n",
        "--- Bank details ---\nName: Kari\nIBAN: NO93 8601 1117 947\n",
        "Subject: spread 7\nFrom here on it is yours.\n",
        "-----\nKari\n",
        "On 12 Sep 2026 at 10:00 you wrote:\nI pay\nand you did not.\n",
        "Send it by 2026-10-05 18:00 to kari@studio.example:\nspread 7\nspread 8\n",
        "On 12 Sep 2026 at 10:00, Mira <mira@studio.example> wrote:\n",
    ],
)
def test_what_may_be_their_own_stays(text: str) -> None:
    assert above_earlier(text) == text


def test_a_line_without_a_date_is_theirs_and_stays() -> None:
    assert above_earlier("Yes.\n\nI agree to this:\n> EUR 600\n") == "Yes.\n\nI agree to this:\n"


def test_words_that_run_on_into_the_lead_stay() -> None:
    text = "See you at 10\nOn 12 Sep Mira <mira@studio.example> wrote:\n> Here\n"
    assert above_earlier(text) == "See you at 10\n"


LINES = st.sampled_from(
    [
        *("", "I did not get it", "I agree:", "On 12 Sep Mira wrote:", "<a@b.example> wrote:"),
        *("See you at 10", "On 12 Sep 2026 at 10:00, Mira", "wrote:"),
        *("> Here", ">", ">> 7", ">From now on", "From: Mira", "Subject: 7", "---- Original ----"),
    ]
)


@given(st.lists(LINES, max_size=14), st.sampled_from(["\n", "\r\n"]))
def test_nothing_before_the_cut_changes_and_no_words_of_their_own_go(
    lines: list[str], end: str
) -> None:
    text = end.join(lines)
    # A line with day, clock and address begins a copy without marks, and is tried by itself above.
    assume(not re.search(r"at 10:00, Mira\s+<a@b\.example> wrote:", text))
    own = above_earlier(text)
    assert text.startswith(own)
    assert above_earlier(own) == own
    gone = text[len(own) :].splitlines()
    if not any(line.startswith(("From:", "----")) for line in gone):
        theirs = [line for line in gone if line and not line.startswith((">", "On 12 Sep"))]
        assert all(line.endswith("wrote:") for line in theirs), gone
        assert not any(line.startswith(">From ") for line in gone)


def test_it_takes_time_in_proportion() -> None:
    def took(text: str) -> float:
        begun = time.process_time()
        above_earlier(text)
        return time.process_time() - begun

    for piece in ("> a\nOn 1 x:\n", "From: a\n", "---- a ----\n", "\n", "a 1:\n", "> \n"):
        short, long = (
            min(took(piece * (size // len(piece))) for _ in range(3)) for size in (25_000, 100_000)
        )
        assert long < 12 * short + 0.05, piece  # a square would take sixteen times as long


def test_a_mail_says_that_earlier_mail_stood_below_it() -> None:
    head = b"From: Kari <kari@fjord.example>\nTo: me@studio.example\n\n"
    quoted = b"\nOn 12 Sep Mira wrote:\n" + b"> Here is spread 7\n" * 3_000
    long = read_mail(io.BytesIO(head + b"I did not get it.\n" + quoted), "x.eml")
    assert (long.body, long.earlier, long.cut) == ("I did not get it.", True, False)
    empty = read_mail(io.BytesIO(head + quoted), "x.eml")
    assert (empty.body, empty.earlier) == ("", True)
    plain = read_mail(io.BytesIO(head + b"I did not get it.\n"), "x.eml")
    assert (plain.body, plain.earlier) == ("I did not get it.", False)
