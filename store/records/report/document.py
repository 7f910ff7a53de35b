"""The final report to the client: eleven short sections, the empty ones left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from store.docket import Promise
from store.docket.acceptances import acceptances
from store.docket.claims import disputes
from store.docket.handover import Handover
from store.entries import AcceptanceData, DeliveryData, Entry
from store.money import Money, totals
from store.records.document import Document, Section
from store.records.markdown import Md, bullets, cell, front_matter, gfm_table, inline, paragraphs
from store.records.report.material import Parting
from store.text import plural

_HASH_DIGITS = 16
_NAMED_INVOICES = 3
_PAPERS = {"request": "my request", "invoice": "the invoice", "delivery": "my delivery"}
_CHANNELS = {
    "email": "the e-mail",
    "phone": "the call",
    "chat": "the message",
    "video": "the video call",
    "meeting": "the meeting",
    "letter": "the letter",
    "platform": "the message",
    "social": "the message",
}


def long_day(day: date) -> str:
    """Return a day as a letter says it: `3 May 2026`."""
    return f"{day:%-d %B %Y}"


def thanks(parting: Parting) -> Md:
    """Return thanks, and the true thing about their business that the writer said (advice 80)."""
    days = [entry.day for entry in parting.docket.counted if entry.kind != "client"]
    since = f" since {min(days):%B %Y}" if days else ""
    said = [f"Thank you for working with me{since}."]
    good = [
        words
        for kind, words in (
            ("repeat-work", "coming back with more work"),
            ("referral", "recommending me to others"),
        )
        if parting.docket.kind(kind)
    ]
    if good:
        said.append(f"Thank you also for {' and for '.join(good)}.")
    return paragraphs(" ".join(said), inline(parting.words.thanks))


def goal(parting: Parting) -> Md:
    """Return what was to be done: in the writer's words, else the scope that was agreed."""
    return inline(parting.words.goal or parting.docket.terms.scope or "")


def achieved(parting: Parting) -> Md:
    """Return each delivery by date, with its acceptance and files, then the results (advice 86)."""
    delivered = parting.docket.kind("delivery")
    accepted = acceptances(parting.docket).named
    filed = any(entry.exhibits for entry in delivered)
    note = f"After a file's name stand the first {_HASH_DIGITS} digits of its SHA-256."
    results = bullets(inline(result) for result in parting.words.results)
    return paragraphs(
        _filled(
            ["Date", "What", "Where", "Accepted", "File"],
            [_delivery(entry, accepted.get(entry.seq)) for entry in delivered],
        ),
        note if filed else "",
        "What came of it:" if results and delivered else "",
        results,
    )


def state(parting: Parting) -> Md:
    """Return what is done, under way, not begun, and what the work waits for, without blame."""
    delivered = parting.docket.kind("delivery")
    count = plural(len(delivered), "delivery", "deliveries")
    asked = [
        f"Waiting since {long_day(request.asked)}: "
        + (inline(request.statement) or "an answer to my request")
        for request in parting.docket.open_requests
    ]
    said = [f"Done: {count}, as listed above."] if delivered else []
    said += [f"In progress: {inline(text)}" for text in parting.words.in_progress]
    said += [f"Not started: {inline(text)}" for text in parting.words.not_started]
    return bullets(Md(text) for text in said + asked)


def access(parting: Parting) -> Md:
    """Return what was given back: to whom, when, confirmed, and my own access (advice 85)."""
    return _filled(
        ["What", "Handed to", "On", "Confirmed", "My own access"],
        [_given(parting, one) for one in parting.handovers],
    )


def still_open(parting: Parting) -> Md:
    """Return what becomes of my promises, and plainly what the client must do now (advice 88)."""
    mine = [_promised(parting, promise) for promise in parting.unkept]
    kept = len(parting.promises) - len(mine)
    rest = "Everything else I promised you is done." if mine else "All I promised you is done."
    waiting = [inline(one.item) for one in parting.handovers if one.confirmed_on is None]
    todo = [inline(text) for text in parting.words.todo]
    if waiting:
        todo.append(Md(f"Please confirm that you have: {', '.join(waiting)}."))
    return paragraphs(
        bullets(mine),
        rest if kept else "",
        "What is left for you to do:" if todo else "",
        bullets(todo),
    )


def _dates(parting: Parting) -> Md:
    """Return the days to watch from today on: what renews, and what the writer adds."""
    watched = [(one.renews, f"renewal of {one.item}") for one in parting.handovers if one.renews]
    watched += [(watch.day, watch.what) for watch in parting.words.watch]
    ahead = sorted(one for one in watched if one[0] >= parting.today)
    return bullets(Md(f"{long_day(day)}: {inline(what)}") for day, what in ahead)


def _account(parting: Parting) -> Md:
    """Return the balance in a sentence, without a threat; the statement of account has the rest."""
    ledger = parting.docket.ledger
    if not ledger.invoices and not ledger.payments:
        return Md("")
    owing = ledger.open()
    open_sums = totals(one.balance for one in owing)
    spare = totals(one.unallocated for one in ledger.payments if one.unallocated.amount > 0)
    said = "Your account is settled: nothing is left to pay."
    if owing:
        numbers = ", ".join(inline(invoice.number) for invoice in owing)
        named = f" ({numbers})" if len(owing) <= _NAMED_INVOICES else ""
        said = (
            f"On {long_day(parting.today)}, {_sums(open_sums)} "
            f"{'is' if len(open_sums) == 1 else 'are'} open{named}{_in_dispute(parting)}; "
            "the statement of account goes with this."
        )
    credit = f"{_sums(spare)} of what you paid belongs to no invoice yet." if spare else ""
    return Md(f"{said} {credit}".rstrip())


def why(parting: Parting) -> Md:
    """Return the reason and the dates it rests on, or my own direction, or nothing (advice 87)."""
    if parting.words.direction:
        return Md("My work is moving in another direction.")
    if parting.words.fit:
        return Md("We do not fit together as well as you deserve, and that is nobody's fault.")
    if not parting.words.because:
        return Md("")
    dated = list(dict.fromkeys(_paper(entry) for entry in parting.evidence))
    listed = " and ".join(filter(None, (", ".join(dated[:-1]), dated[-1])))
    because = inline(parting.words.because.rstrip("."))
    return Md(f"I am not able to meet your needs because {because}. This rests on {listed}.")


def tips(parting: Parting) -> Md:
    """Return what may help them on, and who could serve them next (advice 83)."""
    who = [inline(one) for one in parting.words.next_one]
    return paragraphs(
        bullets(inline(tip) for tip in parting.words.tips),
        "Who could help you next:" if who else "",
        bullets(who),
    )


def last_day(parting: Parting) -> Md:
    """Return the end, how to reach me until then, good wishes, and the line for the receipt."""
    words, said = parting.words, []
    if words.ends:
        verb = "ends" if words.ends >= parting.today else "ended"
        said.append(f"My work for you {verb} on {long_day(words.ends)}.")
    if words.reach:
        until = "Until then" if words.ends and words.ends >= parting.today else "From now on"
        said.append(f"{until}, this is how you reach me: {inline(words.reach)}")
    return paragraphs(
        " ".join(said),
        "I wish you and your business all the best.",
        inline(words.prepared_by),
        "Received by: ................................ on: ................................",
    )


def _filled(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> Md:
    """Return a table without the columns that no row fills; nothing for no rows."""
    kept = [at for at in range(len(headers)) if any(row[at] for row in rows)]
    if not kept:
        return Md("")
    return gfm_table(
        [headers[at] for at in kept],
        [[Md(row[at]) if row[at] else cell("") for at in kept] for row in rows],
    )


def _delivery(entry: Entry, acceptance: Entry | None) -> list[str]:
    where = entry.data.where if isinstance(entry.data, DeliveryData) else None
    files = [f"{inline(f.name)} {f.sha256[:_HASH_DIGITS]}" for f in entry.exhibits]
    return [
        _about(entry),
        inline(entry.statement),
        inline(where or ""),
        _accepted(acceptance) if acceptance else "",
        ", ".join(files),
    ]


def _accepted(entry: Entry) -> str:
    by = entry.data.by if isinstance(entry.data, AcceptanceData) else None
    return _about(entry) + (f", by {inline(by)}" if by else "")


def _given(parting: Parting, one: Handover) -> list[str]:
    confirmed = "not yet"
    if one.confirmed_on:
        by = f", by {inline(one.confirmed_by)}" if one.confirmed_by else ""
        confirmed = f"{long_day(one.confirmed_on)}{by}"
    mine = "until you confirm" if one.confirmed_on is None else "not yet ended"
    if one.access_ended:
        mine = f"ended {long_day(one.access_ended)}"
    elif one.access_ends and one.access_ends >= parting.today:
        mine = f"ends {long_day(one.access_ends)}"
    return [inline(one.item), inline(one.to), long_day(one.given), confirmed, mine]


def _in_dispute(parting: Parting) -> str:
    """Return how much of what is open is in dispute, as the statement of account has it."""
    found = disputes(parting.docket)
    owing = parting.docket.ledger.open()
    parts = totals(found[one.seq].of(one) for one in owing if one.seq in found)
    of_what = "it" if len(totals(one.balance for one in owing)) == 1 else "them"
    return f", {_sums(parts)} of {of_what} in dispute" if parts else ""


def _sums(amounts: Sequence[Money]) -> str:
    return " and ".join(map(str, amounts))


def _promised(parting: Parting, promise: Promise) -> Md:
    words = {one.seq: one.what for one in parting.words.commitments}
    becomes = words.get(promise.seq)
    if becomes is None:
        becomes = "not done" if promise.kept is False else "still to be done"
    what = inline(promise.statement) or "A promise of mine"
    return Md(f"{what} (promised for {long_day(promise.due)}): {inline(becomes)}")


def _paper(entry: Entry) -> str:
    paper = _PAPERS.get(entry.kind) or _CHANNELS.get(entry.channel or "", "my note")
    return f"{paper} of {_about(entry)}"


def _about(entry: Entry) -> str:
    return ("about " if entry.precision == "about" else "") + long_day(entry.day)


_SECTIONS: tuple[tuple[str, Callable[[Parting], Md]], ...] = (
    ("Thank you", thanks),
    ("What we set out to do", goal),
    ("What we achieved", achieved),
    ("Where things stand today", state),
    ("Accounts and access", access),
    ("What is still open", still_open),
    ("Dates to watch", _dates),
    ("Your account", _account),
    ("Why we part", why),
    ("For the way ahead", tips),
    ("The last day", last_day),
)


def write_report(parting: Parting) -> Document:
    """Return the final report of what was gathered, in the order of its sections.

    Pure: the same arguments give the same bytes. It holds no incident, score, step or threat, as
    it draws on the kinds of TOLD alone.
    """
    made = [Section(title, make(parting)) for title, make in _SECTIONS]
    profile = parting.docket.profile
    front = front_matter(
        {
            "title": f"Final report for {profile.name}",
            "client": profile.contract_name or profile.name,
            "prepared_by": parting.words.prepared_by,
            "date": parting.today.isoformat(),
            "note": "This is not an invoice.",
        }
    )
    kept = tuple(section for section in made if section.body)
    return Document(front, f"Final report for {profile.name}", kept)
