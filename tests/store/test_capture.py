"""Captured lines, and what they are read as."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from store.capture import NEW_CLIENT, Knowledge, Reading, offer, read_capture
from store.docket import Docket
from store.entries import KINDS, split_kind
from store.errors import UsageError
from store.workspace import Workspace
from tests.examples import examples

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
CLIENTS = {"acme": "Acme Media", "bolt": "Bolt & Co", "cafe-aero": "Café Ærø"}


def read(line: str, current: str | None = None, docket: Docket | None = None) -> Reading:
    return read_capture(line, clients=CLIENTS, now=NOW, current=current, docket=docket)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace.create(tmp_path / "w", clock=lambda: NOW)
    made.new_client("acme", [made.draft("acme", "client", data={"name": "Acme Media"})])
    return made


@pytest.fixture
def docket(workspace: Workspace) -> Docket:
    def log(kind: str, text: str = "", **data: object) -> None:
        workspace.log(workspace.draft("acme", kind, text, data=data))

    log("terms", payment="net14", currency="USD")
    log("invoice", number="INV-42", amount="500", currency="USD", due=date(2026, 11, 1))
    log("request", "logo files", needed_by=date(2026, 11, 24))
    return workspace.docket("acme")


def test_the_line_of_the_design() -> None:
    reading = read("acme late-payment INV-42 still unpaid !2 @yesterday +0.5h")
    assert (reading.client, reading.kind) == ("acme", "late-payment")
    assert reading.statement == "INV-42 still unpaid"
    assert (reading.severity, reading.hours) == (2, Decimal("0.5"))
    assert reading.when is not None and reading.when.day == date(2026, 11, 21)
    assert reading.complete
    assert reading.words == (
        "Acme Media: late payment, severity 2, 0.5 h, yesterday, Sat 21 Nov: INV-42 still unpaid"
    )


@pytest.mark.parametrize(
    ("line", "client", "kind"),
    [
        ("acme abuse x", "acme", "abuse"),
        ("ac abuse x", "acme", "abuse"),
        ("café abuse x", "cafe-aero", "abuse"),
        ("AERO abuse x", "cafe-aero", "abuse"),
        ("bolt ghosted x", "bolt", "no-reply"),
        ("bolt scope_creep x", "bolt", "scope-creep"),
        ("bolt app crashed during the demo", "bolt", "note"),
        ("bolt Rep came by", "bolt", "note"),
        ("bolt thre x", "bolt", "note"),
        ("bolt client called", "bolt", "note"),
        ('bolt said "pay later"', "bolt", "note"),
        ("bolt called about the logo", "bolt", "note"),
        ("bolt no answer again", "bolt", "note"),
    ],
)
def test_clients_and_kinds_by_id_alias_or_beginning(line: str, client: str, kind: str) -> None:
    reading = read(line)
    assert (reading.client, reading.kind, reading.problems) == (client, kind, ())


def test_the_selected_client_may_be_left_out() -> None:
    assert read("late INV-42", "bolt").client == "bolt"
    assert read("acme late INV-42", "bolt").client == "acme"
    assert read("ac late INV-42", "bolt").client == "acme"
    assert read("ac units broke again", "bolt").client == "bolt"


def test_without_a_client_it_says_so() -> None:
    assert read("late INV-42").problems[0].startswith("which client?")
    assert "type a client" in read("").words


def test_several_moments_combine() -> None:
    when = read("acme no-reply x @10:05 @21-nov").when
    assert when is not None
    assert (when.at, when.precision) == (datetime(2026, 11, 21, 10, 5, tzinfo=UTC), "minute")


@pytest.mark.parametrize(
    ("mark", "hours"),
    [("+1h", "1"), ("+.5h", "0.5"), ("+0,5h", "0.5"), ("+30m", "0.5"), ("+1h15m", "1.25")],
)
def test_time_spent(mark: str, hours: str) -> None:
    assert read(f"acme rework x {mark}").hours == Decimal(hours)


def test_quoted_words_are_quotes_and_stay_in_the_statement() -> None:
    reading = read('acme pay-later says "keep going, I\'ll pay @friday" ^phone')
    assert reading.quotes == ("keep going, I'll pay @friday",)
    assert reading.statement == 'says "keep going, I\'ll pay @friday"'
    assert (reading.channel, reading.when) == ("phone", None)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("acme abuse x !5", "severity goes from !1 to !3"),
        ("acme thanks x !2", "only incidents have a severity"),
        ("acme note x @tomorrow", "has not happened yet"),
        ("acme note x @31-feb", "not a day in the calendar"),
        ("acme note x ^pigeon", "is no channel"),
        ("acme late-paymnt x", "Did you mean late-payment"),
        ("acme late-paymnt", "Did you mean late-payment"),
        ("acme amendment #2", "select it and amend it"),
        ("acme hours", "how long?"),
        ("acme invoice INV-43", "needs number and amount"),
        ("acme invoice INV-43 500", "when is it due?"),
        ("acme invoice INV-43 1,200 due:+3d", "could be thousands or a fraction"),
        ("new Studio @home !3", "no other mark"),
        ("new Studio due:fri", "a new client has no due:"),
        ("acme invoice INV-43 500 due:2026-11-01", "before it was issued"),
        ("acme hours 2nd call", "'2nd' is not a number of hours"),
        ("acme terms terms:net", "are no payment terms"),
        ("acme terms revisions:²", "is no number of rounds"),
        ("acme ask logo by:fri due:mon", "leave one of them"),
        ("acme invoice INV-43 500 due:+3d due:+5d", "due: is given twice"),
        ("acme late x +1h +2h", "+2h says anew what another mark said"),
        ("acme late x !2 !3", "!3 says anew"),
        ("acme late x ^mail ^chat", "^chat says anew"),
        ("new Bob reply:400d", "reply_within_days"),
        (f"new {'Bob' * 50}", "too long"),
        ("new Bob\nwho pays late", "a new client takes one line"),
        ("acme promise due:fri x", "who promised?"),
        ("acme promise by:me x", "by when?"),
        ("acme paid INV-42", "how much"),
        ("acme request", "say in a few words"),
        ("acme", "what happened?"),
        ("new", "what is the client called?"),
    ],
)
def test_what_is_missing_is_said(line: str, problem: str) -> None:
    reading = read(line)
    assert not reading.complete
    assert problem in reading.words


def test_an_invoice_takes_currency_and_due_day_from_the_terms(docket: Docket) -> None:
    reading = read("acme invoice INV-43 500 homepage @20-nov", docket=docket)
    assert reading.data == {
        "number": "INV-43",
        "amount": Decimal("500.00"),
        "currency": "USD",
        "due": date(2026, 12, 4),
    }
    assert reading.statement == "homepage"


@pytest.mark.parametrize("text", ["43 500", "43 EUR 500", "43 500 EUR", "43 €500", "43 500eur"])
def test_ways_to_write_an_amount(text: str) -> None:
    data = read(f"acme invoice {text} due:+14d").data
    assert (data["number"], data["amount"], data["currency"]) == ("43", Decimal(500), "EUR")


def test_a_payment_names_what_it_settles(docket: Docket) -> None:
    part = read("acme paid 200 INV-42", docket=docket)
    assert part.data["for_invoices"] == [{"invoice": "INV-42", "amount": Decimal(200)}]
    whole = read("acme paid inv-42", docket=docket)
    assert (whole.data["amount"], whole.complete) == (Decimal(500), True)


def test_an_answer_finds_the_only_open_request(docket: Docket) -> None:
    assert read("acme answer sent them", docket=docket).links == (("answers", 4),)
    assert "no entry acme#99" in read("acme answer #99", docket=docket).words


def test_an_invoice_number_in_the_words_becomes_a_reference(docket: Docket) -> None:
    assert read("acme late inv-42, again", docket=docket).refs == {"invoice": "INV-42"}


def test_requests_promises_and_hours() -> None:
    assert read("acme ask logo files by:fri").data == {"needed_by": date(2026, 11, 27)}
    promise = read("acme promise by:client due:fri pays the rest")
    assert promise.data == {"by": "client", "due": date(2026, 11, 27)}
    hours = read("acme hours +1.5h chase mails")
    assert (hours.data["spent"], hours.statement) == ("chase", "mails")


@pytest.mark.parametrize("typed", ["1:30", "1.5", "1,5h", "90m", "+1.5h", "+90m"])
def test_hours_are_written_as_on_the_command_line(typed: str) -> None:
    reading = read(f"acme hours {typed} calls")
    assert (reading.data["hours"], reading.statement) == (Decimal("1.5"), "calls")
    assert "hours, 1.5 h, on work" in reading.words


def test_the_first_terms_named_are_the_ones_agreed() -> None:
    reading = read("acme terms net14 after receipt of the goods")
    assert reading.data == {"payment": "net14"}
    assert reading.statement == "net14 after receipt of the goods"


def test_a_new_client() -> None:
    reading = read("new Mötley & Sons rate:85 terms:net14 reply:2d")
    assert (reading.kind, reading.client) == (NEW_CLIENT, None)
    assert reading.data["name"] == "Mötley & Sons"
    assert reading.data["terms"]["payment"] == "net14"
    assert reading.complete


@pytest.mark.parametrize(
    ("line", "statement"),
    [
        ("acme note price:500 was mentioned in the call", "price:500 was mentioned in the call"),
        ("acme complaint said rate:85 is too high", "said rate:85 is too high"),
        ("acme mail:bob@x.io wrote to me", "mail:bob@x.io wrote to me"),
        ("acme paid 5 terms:net14 by:hand", "terms:net14 by:hand"),
        ("acme invoice INV-9 5 due:+3d rate:85", "rate:85"),
        ("acme late Due:fri it said", "Due:fri it said"),
    ],
)
def test_what_the_kind_does_not_read_stays_in_the_text(line: str, statement: str) -> None:
    reading = read(line)
    assert (reading.statement, reading.problems) == (statement, ())


@pytest.mark.parametrize(
    ("line", "name", "payment"),
    [
        ("new Bob Studio net14", "Bob Studio", "net14"),
        ("new Bob Studio net14 rate:85", "Bob Studio", "net14"),
        ("new Receipt Bank", "Receipt Bank", None),
        ("new net14", "net14", None),
        ("new Studio @home", "Studio @home", None),
    ],
)
def test_terms_are_taken_out_of_a_new_name_and_nothing_else(
    line: str, name: str, payment: str | None
) -> None:
    reading = read(line)
    assert (reading.data["name"], reading.data["terms"].get("payment")) == (name, payment)
    assert reading.complete


def test_a_new_rate_is_in_the_configured_currency() -> None:
    line = "new Bob rate:85"
    reading = read_capture(line, clients={}, now=NOW, current=None, currency="KHR")
    assert reading.data["terms"] == {"rate": Decimal(85), "currency": "KHR"}


def test_what_follows_the_first_line_is_kept_as_it_is() -> None:
    reading = read("acme note called\n@not-a-date  and !9\nmore")
    assert reading.statement == "called\n@not-a-date  and !9\nmore"
    assert reading.complete


NASTY = """acme new note paid invoice ask promise hours terms answer amendment client late-paymnt 5
    INV-42 500eur $1,2 €٣ 1e9 #0 #4 #9999999 !2 !٣ !! !9 +1h +999h99m +.5h +0m ^mail ^p ^ ~internal
    @ @fri @0001-01-01 @9999-12-31 @0000-00-00 @31-feb @99:99 @25:61 @1969-12-31 @9999y @9999d
    @about @-1 @0001-01-01T00:00:00+14:00 due:+9999w due:9999-12-31 due:0001-01-01 due:-1 due:
    by:me by:+3d by:² rate:0 rate:1e5 price:٣ cur:EURO cur:usd reply:0d reply:9999w revisions:²
    revisions:100 terms:net999 terms:day0 net999 day31 receipt mail:@ "x "a\tb" “z” \x1b[2J \ud800
    \u202e \0 \n \u2028 ² ½ Ⅷ İ""".split(" ")
LINES = st.text(max_size=80) | st.lists(st.sampled_from(NASTY)).map(" ".join)


def check_never_raises(line: str, current: str | None, docket: Docket | None) -> None:
    reading = read(line, current, docket)
    assert reading.words
    assert "\n" not in reading.words
    assert reading.complete == (not reading.problems)


@given(LINES, st.sampled_from([None, "acme", "gone"]))
def test_no_line_is_ever_an_error(line: str, current: str | None) -> None:
    check_never_raises(line, current, None)


@examples(100, suppress_health_check=[HealthCheck.function_scoped_fixture])  # it is only read
@given(LINES)
def test_no_line_is_ever_an_error_on_a_docket(docket: Docket, line: str) -> None:
    check_never_raises(line, "acme", docket)


@given(st.sampled_from(NASTY), st.sampled_from(["invoice INV-9 5", "ask x", "terms", "hours", "x"]))
def test_no_mark_alone_is_an_error(mark: str, start: str) -> None:
    check_never_raises(f"acme {start} {mark}", None, None)


FIRST_WORDS = [*KINDS, *"app rep Late late-pay late-paymnt x-y the".split()]


@given(st.lists(st.sampled_from(FIRST_WORDS), min_size=1))
def test_the_app_and_the_command_line_see_the_same_kind(words: list[str]) -> None:
    reading = read(" ".join(["acme", *words]))
    try:
        kind = split_kind(words)[0]
    except UsageError as error:
        assert error.what in reading.problems[0]
        return
    if kind.id != "amendment":
        assert reading.kind == kind.id


@pytest.mark.parametrize(
    "line",
    [
        "acme late-payment INV-42 !3 @yesterday @10:05 ^mail",
        "acme invoice INV-43 500 due:+14d",
        "acme paid 200 INV-42",
        "acme answer #4",
        "acme hours +1h wait",
        "acme promise by:me due:+3d send it",
        "acme terms net30 reply:5d",
        "acme addendum #4 two files",
    ],
)
def test_a_complete_reading_is_saved_as_read(
    workspace: Workspace, docket: Docket, line: str
) -> None:
    reading = read(line, docket=docket)
    entry = workspace.log(workspace.draft(**reading.draft_fields()))
    assert (entry.kind, entry.statement) == (reading.kind, reading.statement)


def offered(line: str, **known: Any) -> list[str]:
    found = offer(line, Knowledge(CLIENTS, NOW, **known))
    return [one.typed for one in found.choices]


def test_completion(docket: Docket) -> None:
    def after(line: str, current: str | None = None) -> str:
        found = offer(line, Knowledge(CLIENTS, NOW, current, docket))
        return found.taken(line) if found.choices else line

    assert after("ac") == "acme "
    assert after("CAF") == "cafe-aero "
    assert after("acme scop") == "acme scope-creep "
    assert after("acme late") == "acme late-payment "
    assert after("thre", "acme") == "threat "
    assert after("acme paid 5 inv") == "acme paid 5 INV-42 "
    assert after("acme note x ^ph") == "acme note x ^phone "
    assert after("acme note x @yes") == "acme note x @yesterday "
    assert after("invoice INV-9 50 due:+1", "acme") == "invoice INV-9 50 due:+14d "
    assert after("promise by:cl", "acme") == "promise by:client "
    assert after("zzz") == "zzz"


def test_what_tells_choices_apart_stands_beside_them(docket: Docket) -> None:
    known = Knowledge(CLIENTS, NOW, "acme", docket)
    [bill] = offer("late inv", known).choices
    assert bill.typed == "INV-42"
    assert (bill.amount, bill.day, bill.age) == ("USD 500.00", "due 1 Nov", "21 days late")
    assert offer("note x @yest", known).choices[0].day == f"{NOW - timedelta(days=1):%a %-d %b}"
    entry = offer("answer #", known).choices[0]
    assert entry.typed.startswith("#")
    assert entry.says


def test_all_that_may_stand_there_is_offered_on_an_empty_word_only_where_it_is_asked(
    docket: Docket,
) -> None:
    known = Knowledge(CLIENTS, NOW, "acme", docket)
    assert not offer("", known).choices
    first = [one.typed for one in offer("", known, asked=True).choices[:5]]
    assert "bolt" in first
    assert KINDS.keys() & set(first)
    assert not offer("late INV-42", known).choices
    assert offered("") == []


OWN = {"seagull": "micro-change", "sea-lion": "rework"}


@pytest.mark.parametrize("line", ["acme seagull moved a dot !2", "SEAGULL moved a dot !2"])
def test_a_word_of_ones_own_is_read_as_the_kind_it_counts_as(
    workspace: Workspace, line: str
) -> None:
    reading = read_capture(line, clients=CLIENTS, now=NOW, current="acme", own=OWN)
    assert (reading.client, reading.kind, reading.called) == ("acme", "micro-change", "seagull")
    assert reading.words == "Acme Media: seagull (micro change), severity 2, now: moved a dot"
    entry = workspace.log(workspace.draft(**reading.draft_fields()))
    assert (entry.kind, entry.called, entry.statement) == ("micro-change", "seagull", "moved a dot")


def test_a_word_of_ones_own_tells_that_a_client_came_before_it() -> None:
    reading = read_capture("bol seagull x", clients=CLIENTS, now=NOW, current="acme", own=OWN)
    assert (reading.client, reading.called) == ("bolt", "seagull")
    assert read("bol seagull x", current="acme").client == "acme"


def test_a_slip_in_a_word_of_ones_own_is_named() -> None:
    reading = read_capture("acme sea-loin x", clients=CLIENTS, now=NOW, current=None, own=OWN)
    assert "Did you mean sea-lion?" in reading.problems[0]


def test_words_of_ones_own_are_completed() -> None:
    assert offered("acme sea", own=OWN) == ["sea-lion", "seagull"]
    assert offered("seag", current="acme", own=OWN) == ["seagull"]


def test_how_bad_it_is_taken_to_be_is_said_with_how_to_say_otherwise() -> None:
    taken = read("acme abuse shouted at me")
    assert taken.words == "Acme Media: abuse, severity 1 (s:2, s:3 if worse), now: shouted at me"
    assert read("acme abuse shouted at me s:1").words == (
        "Acme Media: abuse, severity 1, now: shouted at me"
    )
    assert "severity" not in read("acme thanks for all of it").words
