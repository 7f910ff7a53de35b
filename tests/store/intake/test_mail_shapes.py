"""The mails that were read wrongly once, each with what it says; and a slice of all shapes."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from store.intake.mail import Mail, read_mail
from store.intake.mbox import mails_of
from tests.long.mails import LONG, run
from tests.store.intake.test_mail import HEAD, read

MAILS = Path(__file__).parent / "mails"


def mails(name: str, folder: Path) -> list[Mail]:
    with (
        (MAILS / name).open("rb") as source,
        mails_of([source], folder) as laid,
    ):
        return [read_mail(one, name) for one in laid.mails]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("f02a-iso-8859-8-i.eml", ["לא אשלם את החשבונית"]),
        (
            "f02b-utf8-one-stray-byte.eml",
            [
                "Ich zahle die Rechnung über 500 € nächste Woche nicht – Grüße, Jürgen\n"
                "-- \nsent via M\ufffdller gateway"
            ],
        ),
        ("f02c-gb2312-is-gbk.eml", ["林喆：请付款。发票42，星期五之前付款。"]),
        ("f02d-utf8-labelled-latin1.eml", ["Für die Rechnung über 500 € – Grüße"]),
        ("f03a-html-only-reply.eml", ["No."]),
        (
            "f04a-html-then-plain-footer.eml",
            ["I will not pay INV-42. Stop writing.\n\nThis mail was scanned by Example Gateway."],
        ),
        ("f05a-separator-without-date.mbox", [f"Text of mail {n}." for n in (1, 2, 3)]),
        ("f05b-no-blank-line-between.mbox", [f"Text of mail {n}." for n in (1, 2, 3)]),
        ("f10a-one-without-date.mbox", [f"Text of mail {n}." for n in (1, 2, 3)]),
        ("f12a-base64-trailing-space.eml", ["I will not pay."]),
        ("f13a-only-text-part-has-a-name.eml", ["I will not pay INV-42."]),
        ("f14a-8bit-file-name.eml", ["see attached"]),
        ("f15a-folded-boundary.eml", ["I will not pay."]),
        (
            "f16a-answers-below-original-message.eml",
            [
                "See my answers below.\n\n> -----Original Message-----\n"
                "> From: Kim Doe <me@example.net>\n> Sent: Thursday, 1 October 2026 09:00\n"
                "> To: Ann\n> Subject: Invoice\n> \n> 1. Will you pay INV-42?\n> \n"
                "[Ann] No, never."
            ],
        ),
    ],
)
def test_what_was_read_wrongly_once(name: str, said: list[str], tmp_path: Path) -> None:
    assert [one.body.replace("> \n", ">\n") for one in mails(name, tmp_path)] == [
        text.replace("> \n", ">\n") for text in said
    ]


def test_the_day_is_the_one_that_is_written(tmp_path: Path) -> None:
    (one,) = mails("f11a-zone-name-cest.eml", tmp_path)
    assert (str(one.when), one.precision) == ("2026-10-02 23:30:00", "day")


def test_file_names_in_raw_letters_are_read(tmp_path: Path) -> None:
    (one,) = mails("f14a-8bit-file-name.eml", tmp_path)
    assert [file.name for file in one.attachments] == ["Rückzahlung März.pdf"]
    (one,) = mails("f15a-folded-boundary.eml", tmp_path)
    assert [file.name for file in one.attachments] == ["contract.pdf"]


def test_a_long_text_is_not_cut_in_the_middle_of_a_letter() -> None:
    import base64

    raw = base64.encodebytes(("Счёт не оплачу. " * 24_000).encode())
    one = read(
        HEAD
        + b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
        + raw
    )
    assert one.body.startswith("Счёт не оплачу. Счёт")
    assert one.cut
    assert one.doubts == ()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"\n \nI will not pay.\n\nAnn\n", "I will not pay.\n\nAnn"),
        (b"X-A: b\n \t\nI will not pay.\n\nAnn\n", "I will not pay.\n\nAnn"),
        (b"Content-Type: text/plain\n \n\nI will not pay.\n", "I will not pay."),
    ],
)
def test_a_blank_in_the_empty_line_below_the_headers(raw: bytes, said: str) -> None:
    assert read(HEAD.rstrip(b"\n") + (b"\n" if raw[:1] != b"\n" else b"") + raw).body == said


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ('<div style="DISPLAY : none !important">x</div>a', "a"),
        ('<div style="max-height:0px;overflow:hidden">x</div>a', "a"),
        ('<span style="mso-hide:all">x</span>a', "a"),
        ('<td style="font-size:0"><div style="font-size:13px">shown</div>x</td>', "shown"),
        ('<p style="font-size:0.9em">small</p>', "small"),
        ('<p style="visibility:hidden">x<b style="visibility:visible">y</b></p>', "y"),
        ("<style>@media (max-width:9px){.a{display:none}}</style><p class=a>shown</p>", "shown"),
        ("<style>.a, #b {display:none}</style><p class=a>x</p><p id=b>x</p>y", "y"),
        ('Hi<blockquote style="margin:0 0 0 40px;border:none;padding:0px">set in</blockquote>',
         "Hi\n\nset in"),
        ("Yes.<br><blockquote>mine</blockquote>", "Yes."),
        ('No.<div class="yahoo_quoted"><div>mine</div></div>', "No."),
        ('No.<div id="ydp2yahoo_quoted_1" class="ydp2c4yahoo_quoted"><div>mine</div></div>', "No."),
        ('No.<div class="ydp2c4gmail_quote">mine</div>', "No."),
        ('No.<div class="ydp2c4signature">Ann</div>', "No.\nAnn"),
        ('No.<div id="x_divRplyFwdMsg">From: Kim</div><p>mine</p>', "No."),
        ('No.<blockquote type=cite>mine</blockquote>', "No."),
        ('<div class="gmail_quote"><div class="gmail_attr">On 1 Oct 2026 Kim wrote:</div>'
         "<blockquote>Will you pay?</blockquote><div>Never.</div><blockquote>Thanks</blockquote>"
         "</div>", "> On 1 Oct 2026 Kim wrote:\n>\n> Will you pay?\n>\nNever.\n\n> Thanks"),
    ],
)  # fmt: skip
def test_html_says_what_is_seen_and_quotes_what_is_quoted(html: str, said: str) -> None:
    body = read(HEAD + b"Content-Type: text/html; charset=utf-8\n\n" + html.encode()).body
    own = [line for line in body.splitlines() if line.strip("> ") or line == ""]
    wanted = [line for line in said.splitlines() if line.strip("> ") or line == ""]
    assert own == wanted


def test_what_was_guessed_is_said() -> None:
    latin = read(HEAD + b"Content-Type: text/plain; charset=utf-8\n\nCaf\xe9 zahlt sp\xe4ter\n")
    assert latin.doubts == ("Its text says utf-8 and is read as cp1252, which is a guess.",)
    stray = read(HEAD + "Content-Type: text/plain; charset=utf-8\n\nÜber ü".encode() + b" M\xfcl\n")
    assert stray.doubts == ("1 sign of its text cannot be read: \ufffd stands there.",)
    lost = read(HEAD + b"Content-Transfer-Encoding: x-odd\n\nwords\n")
    assert lost.doubts == ("Of its text: its transfer encoding x-odd is not known.",)


def test_a_file_is_the_words_only_where_nothing_else_is() -> None:
    named = b"Content-Type: text/plain; name=a.txt\n\nin the file\n"
    mixed = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n"
    assert read(mixed + named + b"--b--\n").body == "in the file"
    both = read(mixed + b"\nthe words\n--b\n" + named + b"--b--\n")
    assert (both.body, [one.name for one in both.attachments]) == ("the words", ["a.txt"])
    apart = b"Content-Disposition: attachment; filename=a.txt\n\nin the file\n"
    assert read(mixed + apart + b"--b--\n").body == "", "it may be anybody's words"


def test_flowed_lines_are_paragraphs() -> None:
    raw = b"Content-Type: text/plain; format=flowed\n\nThis goes \non here.\n From \nme\n-- \nAnn\n"
    assert read(HEAD + raw).body == "This goes on here.\nFrom me\n-- \nAnn"


def test_a_slice_of_all_shapes_is_read_rightly() -> None:
    outcome = run(range(0, LONG.size, 23))
    assert outcome.failed == ()
    assert outcome.tried > 100


def test_empty_streams_are_no_mail() -> None:
    with pytest.raises(Exception, match="it is empty"):
        read_mail(io.BytesIO(b"\n\n"), "x")
