"""The summary and the agreement of a dispute record."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Any

from store.recheck.entries import INCIDENTS, STEPS
from store.recheck.figures import NUMBERS, days, entries, joined, long_day, minor, numbered, rounded
from store.recheck.offs import BACK
from store.recheck.plans import plans

from .compare import Cell, Reckoned, Words
from .items import items, named_sums
from .record import Asked, Record, numbers, requests
from .stated import plan_agreed, plan_stands, tax_rows, taxed
from .written import Written

TERMS = """scope form currency rate price payment reply_within_days revisions suspension_clause
suspension_notice_days ending_notice_days""".split()

TRIED = {
    "expectations": (
        *["expectations set out in writing"] * 2,
        "times, expectations set out in writing,",
    ),
    "reminder": ("a reminder", "reminders", "reminders, the"),
    "talk": ("a talk", "talks", "talks, the"),
    "warning": ("a warning", "warnings", "warnings, the"),
    "notice": ("written notice", "written notices", "written notices, the"),
    "offer": ("an offer to settle", "offers to settle", "offers to settle, the"),
    "repair-offer": (
        *("an offer to put things right", "offers to put things right"),
        "offers to put things right, the",
    ),
    "remedy": ("something put right", "things put right", "things put right, the"),
    "my-apology": ("an apology of mine", "apologies of mine", "apologies of mine, the"),
    "escalate": ("a step to others", "steps to others", "steps to others, the"),
    "inspire": (
        *("a talk about what it could become", "talks about what it could become"),
        "talks about what it could become, the",
    ),
}
"""How each kind of step is told that was an attempt: once, several times, and very often."""


def summary(record: Record) -> Reckoned:
    """Section 1."""
    mine = Reckoned()
    asked = requests(record)
    work = f"This record is about the work of {record.by} for {record.name}"
    first, last = long_day(record.since), long_day(record.until)
    whole = (min((one.day for one in record.docket.facts), default=record.as_of), record.as_of)
    said = [f"{work}, from {first} to {last}."]
    if (record.since, record.until) != whole:
        shown = f"It shows what happened from {first} to {last}"
        said = [f"{work}. {shown}; the account is shown whole, to {long_day(record.as_of)}."]
    mine.line(" ".join([*said, *_billed(record), *_mine(record), *_asked(record, asked)]))
    mine.table("Agreed|What happened|Entry", _agreed(record, asked))
    _parties(record, mine)
    kept = record.document.section("How this record is kept")
    if _agreed(record, asked) and kept:
        mine.line(f"An entry is a note of mine (section {kept.number} tells how they are made)")
    mine.line(_claimed(record))
    mine.line(_tried(record))
    return mine


_NOTHING_TRIED = "This record shows no step taken before it."


def _tried(record: Record) -> str:
    found: dict[str, list[date]] = {}
    hard = {one.seq for one in record.docket.of("illness", "cash-trouble", "circumstance")}
    for one in record.docket.of(*STEPS):
        linked = {int(link["seq"]) for link in one.raw.get("links", [])}
        if not (one.kind in ("stop", "resume") and linked & hard):
            found.setdefault(one.kind, []).append(one.day)
    tries = []
    for kind, on in found.items():
        each = list(dict.fromkeys(on))
        if kind in TRIED and len(each) > 4:
            tries.append(f"{len(on)} {TRIED[kind][2]} last on {long_day(on[-1])}")
        elif kind in TRIED:
            tries.append(f"{TRIED[kind][len(on) > 1]} on {joined(list(map(long_day, each)))}")
    said = [f"Steps taken: {joined(tries)}."] if tries else [_NOTHING_TRIED]
    for kind, words in (
        ("stop", "Work was stopped"),
        ("end-notice", "Notice of termination was given"),
    ):
        if kind in found:
            said.append(f"{words} on {joined(list(map(long_day, found[kind])))}.")
    for one in record.docket.of("cost")[-4:]:
        what = f": {one.statement}" if one.statement else ""
        said.append(f"A cost of recovery was noted on {long_day(one.day)} (entry {one.seq}){what}.")
    return " ".join(said)


def _claimed(record: Record) -> str:
    account, on = record.account, long_day(record.as_of)
    made_up = record.document.section("Sums claimed")
    simple = record.purpose == "platform" or not _extra(record)
    sums, running = [], []
    for code in account.currencies:
        total = account.claim(code)[0] if simple else account.claimed(code)
        if total:
            sums.append(record.money(total, code))
        if daily := rounded(account.daily(code), minor(code)):
            running.append(record.money(daily, code))
    if not sums and simple:
        return f"No sum is claimed, as nothing was overdue on {on}."
    if not sums:
        number = made_up.number if made_up else 0
        return f"Nothing is claimed: on {on} nothing was left to pay (made up in section {number})."
    if simple:
        return f"Claimed on {on}: {joined(sums)}, without interest."
    more = ""
    if running:
        more = f"; and {joined(running)} of interest for each further day, as long as the rate does"
        more += " not change"
    if len(sums) == 1:
        more = _parts(record) + more
    number = made_up.number if made_up else 0
    return f"Claimed on {on}: {joined(sums)}{more} (made up in section {number})."


def _parts(record: Record) -> str:
    """Return what is claimed in the one currency, part by part, where there are several."""
    (code,) = (one for one in record.account.currencies if record.account.claimed(one))
    heads = ("what is owed", "interest", "fixed compensation", "costs")
    told = zip(record.account.claim(code), heads, strict=True)
    said = [f"{record.money(value, code)} for {head}" for value, head in told if value]
    less = record.account.charges_paid(code) or record.account.offs.spare(code)
    few = len(said) < 2 or less
    return "" if few else f": {joined(said)}"


def _extra(record: Record) -> bool:
    account = record.account
    return any(
        any(account.claim(code)[1:]) or account.offs.spare(code) for code in account.currencies
    )


def _billed(record: Record) -> list[str]:
    account, count = record.account, len(record.account.invoices)
    if not count:
        return ["This record shows no invoice."]
    codes = sorted({one.currency for one in account.invoices})
    sums = [
        record.money(sum((one.amount for one in account.bills(code)), Fraction(0)), code)
        for code in codes
    ]
    paid = [
        record.money(value, code)
        for code in codes
        if (value := sum((one.paid for one in account.bills(code)), Fraction(0)))
    ]
    late = [(account.claim(code)[0], code) for code in codes if account.claim(code)[0]]
    sent = f"{numbered(count, 'invoice', 'invoices').capitalize()}, {joined(sums)} in all,"
    if count == 1:
        sent = f"One invoice of {joined(sums)}"
    was = "was" if count == 1 else "were"
    came = f"{joined(paid)} was paid" if paid else "nothing has been paid"
    owed = joined([record.money(value, code) for value, code in late])
    is_owed = f"{owed} {'is' if len(late) == 1 else 'are'} overdue." if late else ""
    nothing = "Nothing is overdue."
    less = [
        record.money(cut, code)
        for code in codes
        if (cut := sum((one.less for one in account.bills(code)), Fraction(0)))
    ]
    kinds = {by.kind for one in account.invoices for by, _ in one.off}
    how = "credited" if kinds == {"credit"} else "taken off by credit note, discount or write-off"
    off = [f"{joined(less)} {'was' if len(less) == 1 else 'were'} {how}."]
    said = [f"{sent} {was} sent, and {came}.", *(off if less else []), is_owed or nothing]
    parts = [one for one in plans(account) if one.missed(account.as_of)]
    missed = [f"{plan_agreed(one)} {plan_stands(one, account.as_of)}" for one in parts]
    due = [one for one in Written(account).bills if one in account.overdue()]
    if not tax_rows(Written(account), account.invoices):
        bare = ["No VAT is noted on the invoices."]
        return [*said, *_disputed(record, late), *bare, *missed, *_beyond(record)]
    return [*said, *_disputed(record, late), *taxed(due), *missed, *_beyond(record)]


def _beyond(record: Record) -> list[str]:
    account, said = record.account, []
    for code in account.currencies:
        came = [one for one in account.payments if one.data["currency"] == code]
        left = sum((account.left[one.seq] for one in came), Fraction(0))
        left -= account.offs.beyond(code)
        gone = [one for one in account.offs.moves(code) if one.kind in BACK]
        whole = sum((one.counts() for one in came), Fraction(0))
        whole -= sum((account.offs.amount(one) for one in gone), Fraction(0))
        if left > 0:
            said.append(
                f"{record.money(whole, code)} was counted as paid in all, "
                f"{record.money(left, code)} more than the invoices ask for: it is in the client's "
                "favour."
            )
    return said


def _disputed(record: Record, late: list[tuple[Fraction, str]]) -> list[str]:
    account = record.account
    found = [(one, said) for one in account.invoices if (said := account.dispute(one))]
    found = [(one, said) for one, said in found if said[1]]
    if not found:
        return []
    sums: dict[str, Fraction] = {}
    for one, said in found:
        sums[one.currency] = sums.get(one.currency, Fraction(0)) + said[1]
    told = joined([record.money(value, code) for code, value in sorted(sums.items())])
    named = joined([one.number for one, _ in found])
    which = f"({named}, {entries({said[0].seq for _, said in found})})"
    due = {id(one) for one in account.overdue()}
    if len(late) != 1 or not all(id(one) in due for one, _ in found):
        return [f"Of what is owed, the client disputes {told} {which}."]
    ((value, code),) = late
    rest = value - sums[code]
    more = f"; no dispute about the other {record.money(rest, code)} is noted" if rest else ""
    return [f"The client disputes {told} of it {which}{more}."]


def _mine(record: Record) -> list[str]:
    shared = [one.seq for one in record.docket.my_doing]
    if not shared:
        return []
    events = numbered(len(shared), "event was", "events were").capitalize()
    which = entries(shared)
    if len(shared) <= 4:
        said = [(one.seq, one.statement.split("\n")[0]) for one in record.docket.my_doing]
        which = "; ".join(f"entry {seq}" + (f": {text}" if text else "") for seq, text in said)
    return [f"{events} partly or wholly my own doing ({which})."]


def _asked(record: Record, asked: list[Asked]) -> list[str]:
    if not asked:
        return []
    count = len(asked)
    missing = [one for one in asked if one.answer is None]
    made = numbered(count, "request was", "requests were").capitalize()
    said = [f"{made} made to the client."]
    if not missing:
        all_of_them = {1: "It was", 2: "Both were"}.get(count, "All were")
        return [*said, f"{all_of_them} answered."]
    waited = max(_waited(record, one) for one in missing)
    longest = days(waited)
    if not waited and len(missing) == count:
        return [*said, "No answer has come yet."]
    if len(missing) < count:
        word = NUMBERS[len(missing)] if len(missing) < len(NUMBERS) else str(len(missing))
        of_them = f"{word.capitalize()} of them"
        some = f"{of_them} have not been answered, the oldest for {longest}."
        only = f"{of_them} has been unanswered for {longest}."
        if not waited:
            return [*said, f"{of_them} {'has' if len(missing) == 1 else 'have'} no answer yet."]
        return [*said, only if len(missing) == 1 else some]
    if count == 1:
        return [*said, f"It has been unanswered for {longest}."]
    return [*said, f"None of them has been answered, the oldest for {longest}."]


def _agreed(record: Record, asked: list[Asked]) -> list[list[Cell]]:
    terms, rows = record.terms, list[list[Cell]]()
    if record.account.invoices:
        rows.append([Words(terms.get("payment", "")), *_paid_late(record)])
    asked = [one for one in asked if one.needed]
    if asked:
        within = str(terms.get("reply_within_days", ""))
        rows.append([Words(within), *_replied_late(record, asked)])
    rows += _redone(record)
    beyond = record.docket.of("scope-creep")
    if beyond or "scope" in terms:
        worth = named_sums(record, beyond)
        named = f", with {worth} named" if worth else ""
        said = f"Work beyond it was asked for {_times(len(beyond))}{named}."
        nothing = "Nothing beyond it that this record shows."
        scope = Words(str(terms.get("scope", "")))
        rows.append([scope, said if beyond else nothing, record.proof(*beyond)])
    return rows


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{numbered(count, '', 'times')}")


def _redone(record: Record) -> list[list[Cell]]:
    every = record.docket.of("rework", "micro-change")
    mine = {one.seq for one in record.docket.of(*INCIDENTS) if one.data.get("my_share")}
    found = [one for one in every if one.seq not in mine]
    if not found and "revisions" not in record.terms:
        return []
    said = []
    if redone := sum(one.kind == "rework" for one in found):
        said.append(f"Finished work was done again {_times(redone)}.")
    if small := len(found) - redone:
        was = numbered(small, "small change was", "small changes were").capitalize()
        said.append(f"{was} asked for.")
    if over := sum(item.over for item in items(record)):
        said.append(f"That is {numbered(over, 'round', 'rounds')} more than agreed.")
    if not found and every:
        own = entries(one.seq for one in every)
        said.append(f"None beyond what I had to correct myself ({own}).")
    cell = " ".join(said) or "None that this record shows."
    agreed = Words(str(record.terms.get("revisions", "")))
    return [[agreed, cell, record.proof(*found)]]


def _paid_late(record: Record) -> tuple[str, str]:
    account = record.account
    bills = [one for one in account.invoices if not one.credited]
    late = [one for one in account.was_late() if one in bills]
    owed = account.overdue()
    open_ = {id(one) for one in owed}
    settled = [one for one in bills if not one.owed]
    gone = [one for one in settled if not one.paid and one.let_go]
    paid = [one for one in late if id(one) not in open_ and all(one is not g for g in gone)]
    said = []
    if in_time := len(settled) - len(paid) - len(gone):
        said.append(f"Paid on time: {in_time}.")
    if paid:
        longest = days(max(one.late(account.as_of) for one in paid))
        how = longest if len(paid) == 1 else f"the latest by {longest}"
        said.append(f"Paid late: {len(paid)} ({how}).")
    if owed:
        longest = days(max(one.late(account.as_of) for one in owed))
        how = f"for {longest}" if len(owed) == 1 else f"the oldest for {longest}"
        said.append(f"Overdue: {len(owed)}, {how}.")
    if gone:
        said.append(f"Written off: {len(gone)}.")
    if part := sum(bool(one.paid) for one in owed):
        is_ = numbered(part, "of these is", "of these are").capitalize()
        said.append(f"{'It is' if len(owed) == 1 else is_} paid in part.")
    if rest := len(bills) - len(settled) - len(owed):
        said.append(f"Not yet due: {rest}.")
    late = [one for one in late if all(one is not g for g in gone)]
    which = late or bills
    return " ".join(said), numbers(one.entry.seq for one in which)


def _replied_late(record: Record, asked: list[Asked]) -> tuple[str, str]:
    answered = [one for one in asked if one.answer is not None]
    late = [one for one in answered if one.over]
    open_ = [one for one in asked if one.answer is None and one.over]
    whole, in_time = len(answered) == len(asked), len(answered) - len(late)
    said = []
    if in_time:
        said.append(f"{_answers(in_time, whole and not late)} in time.")
    if late:
        over = [one.over for one in late]
        by = joined([*map(str, over[:-1]), days(over[-1])])
        by = f"up to {days(max(over))}" if len(late) > 4 else by
        said.append(f"{_answers(len(late), whole and not in_time)} late, by {by}.")
    if open_:
        longest = days(max(_waited(record, one) for one in open_))
        one = f"One request has been unanswered for {longest}."
        many = numbered(len(open_), "", "requests are unanswered").capitalize()
        said.append(one if len(open_) == 1 else f"{many}, the oldest for {longest}.")
    if waits := len(asked) - len(answered) - len(open_):
        said.append(f"{numbered(waits, 'answer is', 'answers are').capitalize()} not due yet.")
    which = [one for one in asked if one.over] or asked
    return " ".join(said), numbers(one.entry.seq for one in which)


def _waited(record: Record, one: Asked) -> int:
    return max((record.as_of - one.entry.day).days, one.over)


def _answers(count: int, all_of_them: bool) -> str:
    some = numbered(count, "answer", "answers")
    whole = {1: "The answer", 2: "Both answers"}.get(count, f"All {some}")
    return f"{whole if all_of_them else some.capitalize()} came"


def _parties(record: Record, mine: Reckoned) -> None:
    """Add both sides: every word of them is that of an entry, or mine."""
    clients = [
        Words(str(value)) for one in record.docket.of("client") for value in one.data.values()
    ]
    texts = {one.text for one in clients} | {record.by, record.name, "not on record"}
    said_of = record.document.section("Summary")
    parties = said_of.tables[0].rows if said_of else []
    texts.add("-")
    rows_of: list[list[Cell]] = [
        [None, *(one if one in texts else "?" for one in row[1:])] for row in parties
    ]
    mine.table("Party|Contractor|Client", rows_of)


def agreement(record: Record) -> Reckoned:
    """Section 2."""
    mine = Reckoned()
    terms = record.terms
    if terms:
        mine.line(f"Terms in force on {long_day(record.as_of)}:")
    said = record.docket.of("terms")
    told_by = {name: one.seq for one in said for name in one.data}
    rows_of = [[*_term(record, name, value), str(told_by[name])] for name, value in terms.items()]
    mine.table("Term|Agreed|Entry", rows_of, 1)
    rows: list[list[Cell]] = []
    several = len(said) > 1 or not terms
    for one in said:
        told = " ".join(_told(record, *item) for item in _in_order(one.data))
        whole: list[Cell] = [Words(told)] if several else []
        cells: list[Cell] = [str(one.seq), one.occurred, *whole, Words(one.statement)]
        rows.append([*cells, None, record.exhibit_names(one)])
    between = "Terms|" if several else ""
    bare = said and not (several or said[0].statement or record.exhibit_names(said[0]) != "-")
    if bare:
        when = f"{long_day(said[0].day)} (entry {said[0].seq})"
        mine.line(f"They are as I noted them on {when}; no paper is with that entry.")
    else:
        mine.table(f"No.|Occurred|{between}Statement|Source|Exhibit", rows)
    _papers(record, mine)
    return mine


def _papers(record: Record, mine: Reckoned) -> None:
    """Add what else of the agreement is on paper, and the clauses that steps name."""
    papers = []
    for one in record.docket.standing:
        more = [other for other in record.docket.all.values() if other.seq in one.corrected_by]
        of_it = one.kind not in ("terms", "amendment", "addendum", "void")
        if of_it and re.search(r"(?i)\b(?:agree(?:d|ment)|contract|signed)\b", one.statement):
            names = record.exhibit_names(one, *more)
            kind = "exhibits" if "," in names else "exhibit"
            papers += [f"entry {one.seq}; {kind} {names}"] if names != "-" else []
    if papers:
        mine.line(f"What was agreed is on paper too: {'; '.join(papers)}.")
    noted = str(record.terms.get("suspension_clause", "")).casefold()
    named: dict[str, list[int]] = {}
    for one in record.docket.of(*STEPS):
        for clause in dict.fromkeys(re.findall(r"\b[Cc]lause \d+(?:\.\d+)*", one.statement)):
            if clause.casefold() not in re.findall(r"clause [\d.]*\d", noted):
                named.setdefault(clause, []).append(one.seq)
    mine.line(
        " ".join(
            f"{clause} is named in {entries(seqs)}, and is not among the terms noted."
            for clause, seqs in named.items()
        )
    )


def _in_order(data: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(name, data[name]) for name in TERMS if name in data]


def _told(record: Record, name: str, value: object) -> str:
    cell = _term(record, name, value)[1]
    return cell.text if isinstance(cell, Words) else cell or ""


def _term(record: Record, name: str, value: object) -> list[Cell]:
    currency = record.terms.get("currency", "")
    amount = record.money(Fraction(str(value)), currency) if name in ("rate", "price") else ""
    if name == "ending_notice_days":
        return ["Notice to end it", days(int(str(value)))]
    if name in ("reply_within_days", "suspension_notice_days"):
        count = days(int(str(value)))
        within = name == "reply_within_days"
        return (
            ["Replies by the client", f"within {count}"]
            if within
            else ["Notice before suspension", count]
        )
    spelled: dict[str, tuple[str, Cell]] = {
        "scope": ("Scope", Words(str(value))),
        "form": ("Form", None),
        "currency": ("Currency", str(value)),
        "rate": ("Rate by the hour", amount),
        "price": ("Price", amount),
        "payment": ("Payment", Words(str(value))),
        "revisions": ("Rounds of revision", str(value)),
        "suspension_clause": ("Suspension clause", Words(str(value))),
    }
    return list(spelled[name])
