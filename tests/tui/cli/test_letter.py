"""`docket letter`: the words for the next step, or for another, with what it lacks asked for."""

from __future__ import annotations

import json
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Cli
from tests.tui.cli.desk import Desk, back


@pytest.fixture
def desk(cli: Cli) -> Desk:
    """Return a desk with a bill that is 19 days late."""
    made = Desk(cli)
    made("me", "Kari Nord")
    made.bill("INV-42", 19)
    return made


def test_the_next_step_has_its_words(desk: Desk) -> None:
    said = desk("letter", "acme")
    assert said.startswith("Subject: Invoice INV-42\n\nHello Acme Media,\n")
    assert "over EUR 100.00: it was due on 3 November 2026" in " ".join(said.split())
    assert said.endswith("Best regards\nKari Nord\n")
    assert max(map(len, said.splitlines())) <= 72


def test_what_a_letter_lacks_is_asked_for_and_can_be_said(desk: Desk) -> None:
    done = desk.cli("letter", "acme", "final-demand", "--about", "INV-42")
    assert "--set next_measure=" in done.err
    said = desk("letter", "acme", "final-demand", "--set", "next_measure=file a claim")
    assert "I will do this next: file a claim." in " ".join(said.split())


def test_a_letter_changes_nothing(desk: Desk) -> None:
    before = desk("show", "acme")
    desk("letter", "acme")
    assert desk("show", "acme") == before


def test_what_is_no_letter_and_no_fact_is_refused(desk: Desk) -> None:
    assert desk.cli("letter", "acme", "rant").status == 2
    assert desk.cli("letter", "acme", "--set", "mood=bad").status == 2
    desk("pay", "acme", "100")
    assert "No next step has a letter" in desk.cli("letter", "acme").err


def test_an_entry_is_named_without_the_sign_that_a_shell_takes_for_a_comment(desk: Desk) -> None:
    desk.ask(12)
    said = desk("letter", "acme", "step-notice", "--about", "4")
    assert said == desk("letter", "acme", "step-notice", "--about", "#4")
    assert "Which logo? I asked for it on 10 November 2026." in " ".join(said.split())


def test_no_letter_names_a_day_that_nobody_named(desk: Desk) -> None:
    desk.ask(12)
    assert "needed by" not in desk("letter", "acme", "step-notice", "--about", "4")
    desk("ask", "acme", "Which font?", "--on", back(12), "--needed-by", back(10))
    said = desk("letter", "acme", "step-notice", "--about", "5")
    assert "It was needed by 12 November 2026, and" in " ".join(said.split())


def _one_line(text: str) -> str:
    return " ".join(text.split())


def test_each_fact_names_its_entries(desk: Desk) -> None:
    told = json.loads(desk("letter", "acme", "courtesy", "--json"))
    assert (told["kind"], told["language"], told["step"]) == ("courtesy", "en", "reminder")
    rests = {one["fact"]: (one["text"], one["entries"]) for one in told["rests_on"]}
    assert rests["invoice"] == ("INV-42", [3])
    assert rests["client"] == ("Acme Media", [1]) and rests["me"] == ("Kari Nord", [])
    desk("letter", "acme", "courtesy")
    assert "It rests on #3." in desk.err


def test_a_client_has_a_language_and_what_is_not_there_is_whole_in_english(desk: Desk) -> None:
    desk("amend", "acme#1", "--set", "language=Finnish", "--reason", "they write so")
    own = desk.cli.root / "letters" / "fi"
    own.mkdir(parents=True)
    (own / "courtesy.txt").write_text("subject: Lasku {invoice}\n\n{amount}, {due}", "utf-8")
    (own / "thanks.txt").write_text("read_by: Aino\nsubject: Kiitos\n\nKiitos!", "utf-8")
    assert (
        _one_line(desk("letter", "acme", "courtesy")) == "Subject: Lasku INV-42 100,00 €, 3.11.2026"
    )
    assert "Nobody who speaks Finnish has read this letter yet" in desk.err
    assert desk("letter", "acme", "thanks") == "Subject: Kiitos\n\nKiitos!\n"
    assert "Nobody" not in desk.err
    desk("letter", "acme", "courtesy", "--lang", "xx")
    assert "There is no courtesy in xx: this one is whole in English." in desk.err
    (own / "courtesy.txt").write_text("subject: Lasku\n\n{summa}", "utf-8")
    wrong = desk.tried("letter", "acme", "courtesy")
    assert wrong.status == 1 and "line 3: 'summa' is no fact" in wrong.err


def test_a_no_is_the_one_that_fits_what_they_asked(desk: Desk) -> None:
    desk.log("rush-demand", 2)
    desk.log("off-hours", 1)
    assert "When I can be reached" in desk("letter", "acme", "no")
    assert "as fast as that" in _one_line(desk("letter", "acme", "no", "--about", "4"))


def test_a_draft_mail_goes_on_from_the_mails_about_the_same(desk: Desk, tmp_path: Path) -> None:
    desk("amend", "acme#1", "--set", "email=ann@acme.example", "--reason", "asked")
    mail = tmp_path / "in.eml"
    mail.write_bytes(
        b"From: Ann <ann@acme.example>\r\nTo: kari@nord.example\r\nSubject: Re\r\n"
        b"Date: Tue, 10 Nov 2026 09:00:00 +0000\r\nMessage-ID: <a1@acme.example>\r\n\r\nSoon.\r\n"
    )
    desk("log", "acme", "--eml", str(mail))
    desk("amend", "acme#5", "--about", "INV-42", "--reason", "it is")
    draft = tmp_path / "out.eml"
    desk("letter", "acme", "courtesy", "--about", "INV-42", "--eml", str(draft))
    told = message_from_bytes(draft.read_bytes(), policy=policy.default)
    assert told["To"] == "Acme Media <ann@acme.example>"
    assert (told["Subject"], told["X-Unsent"]) == ("Invoice INV-42", "1")
    assert told["References"] == told["In-Reply-To"] == "<a1@acme.example>"
    assert "INV-42" in told.get_content() and "Date" not in told
    again = desk.tried("letter", "acme", "courtesy", "--eml", str(draft))
    assert again.status == 2 and "nothing is written over" in again.err
    other = tmp_path / "other.eml"
    desk("letter", "acme", "boundary", "--eml", str(other))
    assert b"References" not in other.read_bytes()


def test_the_mailer_is_a_command_that_takes_the_file(desk: Desk, tmp_path: Path) -> None:
    draft, took = tmp_path / "out.eml", tmp_path / "took"
    words = ("letter", "acme", "courtesy", "--eml", str(draft), "--mailer")
    assert "No mailer is set" in desk.tried(*words).err
    draft.unlink()
    (desk.cli.root / "config.toml").write_text(f'mailer = "cp -t {tmp_path}/took"\n', "utf-8")
    took.mkdir()
    desk(*words)
    assert (took / "out.eml").read_bytes() == draft.read_bytes()
    draft.unlink()
    (desk.cli.root / "config.toml").write_text('mailer = "false"\n', "utf-8")
    failed = desk.tried(*words)
    assert failed.status == 1 and "did not take the draft: it ended with status 1" in failed.err


def test_what_was_sent_is_a_step_with_the_very_text(desk: Desk, tmp_path: Path) -> None:
    desk("letter", "acme", "courtesy", "--sent", "--on", back(1))
    assert "acme#4" in desk.err and "with its text as exhibit" in desk.err
    (shown,) = json.loads(desk("show", "acme", "#4", "--json"))
    assert (shown["kind"], shown["refs"]["invoice"]) == ("reminder", "INV-42")
    assert shown["exhibits"][0]["name"] == f"{back(1)} courtesy.txt"
    desk("exhibits", "acme#4", "--to", str(tmp_path / "sent.txt"))
    sent = (tmp_path / "sent.txt").read_text("utf-8")
    assert sent.startswith("Subject: Invoice INV-42\n\nHello Acme Media,\n")
    (bill,) = [one for one in json.loads(desk("next", "acme", "--days", "99", "--json"))
        if one["about"] == "INV-42"]  # fmt: skip
    assert bill["letter"] == "stop-notice"


def test_a_letter_with_gaps_is_not_logged_as_sent(desk: Desk) -> None:
    refused = desk.tried("letter", "acme", "final-demand", "--sent")
    assert refused.status == 2 and "it lacks what you will do next" in refused.err
    assert "acme#4" not in desk("show", "acme")


def test_it_is_changed_in_the_editor_and_sent_as_it_was_left(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "edit"
    script.write_text('#!/bin/sh\nsed -i "s/^Hello Acme Media,$/Dear Ann,/" "$1"\n', "utf-8")
    script.chmod(0o700)
    monkeypatch.setenv("VISUAL", str(script))
    said = desk("letter", "acme", "courtesy", "--edit", "--sent")
    assert "Dear Ann," in said
    desk("exhibits", "acme#4", "--to", str(tmp_path / "sent.txt"))
    assert "Dear Ann," in (tmp_path / "sent.txt").read_text("utf-8")
    script.write_text('#!/bin/sh\necho changed > "$1"; exit 1\n', "utf-8")
    assert "What you wrote is in" in desk.tried("letter", "acme", "courtesy", "--edit").err
    monkeypatch.setenv("VISUAL", "false")
    assert "The text is as it was before" in desk.tried("letter", "acme", "courtesy", "--edit").err


def test_the_confirmation_of_a_talk_and_its_answer(desk: Desk) -> None:
    desk("log", "acme", "note", "They pay on Friday", "--channel", "phone", "--on", back(0))
    said = desk("letter", "acme", "confirmation", "--sent")
    assert "As we said: They pay on Friday Tell me by 27 November 2026" in _one_line(said)
    assert "docket log acme confirmation '#4 YES'" in desk.err
    desk("log", "acme", "confirmation", "#4 Yes, Friday")
    (shown,) = json.loads(desk("show", "acme", "#6", "--json"))
    assert [link["seq"] for link in shown["links"]] == [4]


def test_a_page_runs_the_way_of_its_language(desk: Desk, tmp_path: Path) -> None:
    own = desk.cli.root / "letters" / "ar"
    own.mkdir(parents=True)
    text = "subject: فاتورة {invoice}\n\nفاتورة {invoice}.\n\nشكرا\\\n{me}\n"
    (own / "courtesy.txt").write_text(text, "utf-8")
    page, draft = tmp_path / "a.html", tmp_path / "a.eml"
    words = ("letter", "acme", "courtesy", "--lang", "ar")
    desk(*words, "-o", str(page), "--eml", str(draft))
    told = page.read_text("utf-8")
    assert '<html lang="ar" dir="rtl">' in told and "فاتورة <bdi>INV-42</bdi>." in told
    assert "شكرا<br>" in told and "\u2068" not in told
    mail = message_from_bytes(draft.read_bytes(), policy=policy.default)
    assert mail["Subject"] == "فاتورة INV-42"
    assert [one.get_content_type() for one in mail.iter_parts()] == ["text/plain", "text/html"]
    assert "\u2068INV-42\u2069" in desk(*words)


def test_asking_for_what_is_paid_or_not_late_is_said_before_it_is_shown(desk: Desk) -> None:
    desk("pay", "acme", "100")
    desk("letter", "acme", "courtesy", "--about", "INV-42")
    assert "INV-42 is paid: is this the letter you mean?" in desk.err
    desk.bill("INV-43", -5)
    desk("letter", "acme", "courtesy", "--about", "INV-43")
    assert "INV-43 is not late: it is due on 27 Nov 2026." in desk.err


def test_a_letter_that_falls_back_is_whole_in_english_with_its_days(desk: Desk) -> None:
    desk("amend", "acme#1", "--set", "language=fi", "--reason", "they write so")
    desk("log", "acme", "micro-change", "Commas changed in post 2", "--on", back(3))
    said = desk("letter", "acme", "control-talk", "--lang", "xx")
    assert "- 19 November 2026: Commas changed in post 2" in said


def test_a_day_that_nobody_named_is_said_to_be_proposed(desk: Desk) -> None:
    desk("letter", "acme", "reminder")
    assert "Docket proposes the new day (2 December 2026)." in desk.err
    said = desk("letter", "acme", "reminder", "--set", "new_date=5 Dec")
    assert "pay it by 5 December 2026" in _one_line(said) and "proposes" not in desk.err


def test_words_of_the_log_in_a_letter_of_another_language_are_to_be_looked_at(desk: Desk) -> None:
    desk.ask(12)
    desk("letter", "acme", "ask-again", "--about", "4", "--lang", "fi")
    assert "See that this is in Finnish, as your log has it: what you asked for." in desk.err
    desk("letter", "acme", "ask-again", "--about", "4", "--lang", "fi", "--set", "asked=logo")
    assert "See that" not in desk.err


def test_a_letter_answers_only_what_they_asked_and_never_in_words_that_judge(desk: Desk) -> None:
    desk("log", "acme", "scope-creep", "A sixth shop on the site", "--on", back(3))
    desk("log", "acme", "off-hours", "Five messages at night", "--on", back(1))
    assert "as a change order: A sixth shop on the site." in _one_line(
        desk("letter", "acme", "scope")
    )
    desk("log", "acme", "scope-creep", "The greedy liar wants a seventh shop", "--on", back(0))
    said = desk("letter", "acme", "scope")
    assert "greedy" not in said and "--set asked_for=" in desk.err
    desk("log", "acme", "access-withheld", "These liars keep the login", "--on", back(4))
    said = desk("letter", "acme", "step-notice", "--about", "7")
    assert "liars" not in said and "--set asked=" in desk.err


def test_a_letter_says_what_to_look_at_again_and_blocks_nothing(desk: Desk) -> None:
    done = desk.cli("letter", "acme", "final-demand", "--set", "next_measure=or else")
    assert done.status == 0 and "“or else” is a threat." in done.err
    told = json.loads(
        desk("letter", "acme", "final-demand", "--set", "next_measure=or else", "--json")
    )
    [hint] = told["hints"]
    assert told["body"][hint["start"] :].startswith("or else") and hint["fault"] == "threat"
    assert desk.cli("letter", "acme").err.count("“") == 0


_LONG = "the opening hours of all eleven shops and who answers the telephone in each of them"


def test_text_of_the_other_direction_is_kept_together_line_by_line(desk: Desk) -> None:
    desk.ask(12)
    said = desk("letter", "acme", "no-fit", "--lang", "ar", "--set", f"asked_for={_LONG}")
    lines = said.splitlines()
    assert sum("\u2068" in line for line in lines) > 3
    for line in lines:
        assert line.count("\u2068") == line.count("\u2069")
    assert _LONG in " ".join(said.replace("\u2068", "").replace("\u2069", "").split())


def test_a_page_keeps_text_of_the_other_direction_together(desk: Desk, tmp_path: Path) -> None:
    for code, direction in (("ar", "rtl"), ("km", "ltr"), ("hu", "ltr")):
        page = tmp_path / f"{code}.html"
        desk("letter", "acme", "courtesy", "--about", "INV-42", "--lang", code, "-o", str(page))
        html = page.read_text(encoding="utf-8")
        assert f'<html lang="{code}" dir="{direction}">' in html
        assert html.count("<bdi>") == html.count("</bdi>") and "\u2068" not in html
        assert ("<bdi>INV-42</bdi>" in html) == (direction == "rtl")


@pytest.mark.parametrize(
    ("code", "bad"), [("ar", "وإلا ستندمون"), ("km", "ចាំមើល"), ("fi", "tai muuten")]
)
def test_a_letter_is_looked_over_in_its_own_language(desk: Desk, code: str, bad: str) -> None:
    done = desk.cli(
        "letter", "acme", "final-demand", "--lang", code, "--set", f"next_measure={bad}"
    )
    assert "is a threat." in done.err and done.status == 0


def test_what_is_said_on_leaving_is_looked_over_in_the_language_of_the_client(cli: Cli) -> None:
    assert cli("new", "Leipomo Virta", "--id", "leipomo", "--language", "fi").status == 0
    said = cli("exit", "leipomo", "--thanks", "Kevät oli hieno, mutta lopetan").err
    assert "'mutta', a but: It takes back what stands before it." in " ".join(said.split())
