"""The final report to the client: eleven short sections, the empty ones left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from store.docket import Promise
from store.docket.acceptances import acceptances
from store.docket.handover import Handover
from store.entries import AcceptanceData, DeliveryData, Entry
from store.money import totals
from store.records.document import Document, Section, finished
from store.records.markdown import Md, bullets, cell, front_matter, gfm_table, inline, paragraphs
from store.records.report.material import Parting

_NAMED_INVOICES = 3
_PAPERS = frozenset({"request", "invoice", "delivery"})
_CHANNELS = frozenset("email phone chat video meeting letter platform social".split())


def thanks(parting: Parting) -> Md:
    """Return thanks, and the true thing about their business that the writer said (advice 80)."""
    say = parting.texts.say
    days = [entry.day for entry in parting.docket.counted if entry.kind != "client"]
    said = [say("report.thanks", since=min(days, default=None))]
    good = [kind for kind in ("repeat-work", "referral") if parting.docket.kind(kind)]
    if good:
        said.append(say(f"report.thanks-{good[0] if len(good) == 1 else 'both'}"))
    return paragraphs(" ".join(said), inline(parting.words.thanks))


def goal(parting: Parting) -> Md:
    """Return what was to be done: in the writer's words, else the scope that was agreed."""
    return inline(parting.words.goal or parting.docket.terms.scope or "")


def achieved(parting: Parting) -> Md:
    """Return each delivery by date, with its acceptance and files, then the results (advice 86)."""
    delivered = parting.docket.kind("delivery")
    accepted = acceptances(parting.docket).named
    results = bullets(inline(result) for result in parting.words.results)
    return paragraphs(
        _filled(
            parting.texts.columns("report.delivered"),
            [_delivery(parting, entry, accepted.get(entry.seq)) for entry in delivered],
        ),
        parting.texts.say("report.came-of-it") if results and delivered else "",
        results,
    )


def state(parting: Parting) -> Md:
    """Return what is done, under way, not begun, and what the work waits for, without blame."""
    say, words = parting.texts.say, parting.words
    delivered = len(parting.docket.kind("delivery"))
    said = [say("report.done", n=delivered)] if delivered else []
    said += [say("report.in-progress", what=text) for text in words.in_progress]
    said += [say("report.not-started", what=text) for text in words.not_started]
    for request in parting.docket.open_requests:
        asked = inline(request.statement)
        if asked:
            said.append(say("report.waiting", day=request.asked, what=asked))
        else:
            said.append(say("report.waiting-for-answer", day=request.asked))
    return bullets(said)


def access(parting: Parting) -> Md:
    """Return what was given back: to whom, when, confirmed, and my own access (advice 85)."""
    return _filled(
        parting.texts.columns("report.given"),
        [_given(parting, one) for one in parting.handovers],
    )


def still_open(parting: Parting) -> Md:
    """Return what becomes of my promises, and plainly what the client must do now (advice 88)."""
    say = parting.texts.say
    mine = [_promised(parting, promise) for promise in parting.unkept]
    kept = len(parting.promises) - len(mine)
    rest = say("report.rest-done") if mine else say("report.all-done")
    waiting = [one.item.rstrip(". ") for one in parting.handovers if one.confirmed_on is None]
    todo = [inline(text) for text in parting.words.todo]
    if waiting:
        todo.append(say("report.please-confirm", items=waiting))
    return paragraphs(
        bullets(mine),
        rest if kept else "",
        say("report.to-do") if todo else "",
        bullets(todo),
    )


def _dates(parting: Parting) -> Md:
    """Return the days to watch from today on: what renews, and what the writer adds."""
    say = parting.texts.say
    watched = [
        (one.renews, say("report.renewal", day=one.renews, what=one.item))
        for one in parting.handovers
        if one.renews
    ]
    watched += [
        (watch.day, say("report.watch", day=watch.day, what=watch.what))
        for watch in parting.words.watch
    ]
    return bullets(said for day, said in sorted(watched) if day >= parting.today)


def _account(parting: Parting) -> Md:
    """Return the balance in a sentence, without a threat; the statement of account has the rest."""
    say, ledger = parting.texts.say, parting.docket.ledger
    if not ledger.invoices and not ledger.payments:
        return Md("")
    owing = ledger.open()
    sums = totals(one.balance for one in owing)
    codes = sorted({one.amount.currency for one in ledger.payments})
    spare = [one for one in map(ledger.favour, codes) if one.amount > 0]
    said = say("report.settled")
    if owing:
        named = [one.number for one in owing] if len(owing) <= _NAMED_INVOICES else None
        said = say("report.owed", n=len(sums), day=parting.today, sums=sums, invoices=named)
    credit = say("report.credit", n=len(spare), sums=spare) if spare else ""
    return Md(f"{said} {credit}".rstrip())


def why(parting: Parting) -> Md:
    """Return the reason and the dates it rests on, or my own direction, or nothing (advice 87)."""
    say = parting.texts.say
    if parting.words.direction:
        return say("report.direction")
    if parting.words.fit:
        return say("report.fit")
    if not parting.words.because:
        return Md("")
    papers = list(dict.fromkeys(_paper(parting, entry) for entry in parting.evidence))
    return say("report.because", because=parting.words.because, papers=papers)


def tips(parting: Parting) -> Md:
    """Return what may help them on, and who could serve them next (advice 83)."""
    who = [inline(one) for one in parting.words.next_one]
    return paragraphs(
        bullets(inline(tip) for tip in parting.words.tips),
        parting.texts.say("report.who-next") if who else "",
        bullets(who),
    )


def last_day(parting: Parting) -> Md:
    """Return the end, how to reach me until then, good wishes, and the line for the receipt."""
    say, words, said = parting.texts.say, parting.words, []
    ahead = words.ends is not None and words.ends >= parting.today
    if words.ends:
        said.append(
            say("report.ends", day=words.ends) if ahead else say("report.ended", day=words.ends)
        )
    if words.reach:
        when = "until-then" if ahead else "from-now"
        said.append(say(f"report.reach-{when}", how=words.reach))
    return paragraphs(
        " ".join(said),
        say("report.wishes"),
        inline(words.prepared_by),
        say("report.received"),
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


def _delivery(parting: Parting, entry: Entry, acceptance: Entry | None) -> list[str]:
    where = entry.data.where if isinstance(entry.data, DeliveryData) else None
    return [
        _day(parting, entry),
        inline(entry.statement),
        inline(where or ""),
        _accepted(parting, acceptance) if acceptance else "",
        ", ".join(inline(file.name) for file in entry.exhibits),
    ]


def _accepted(parting: Parting, entry: Entry) -> Md:
    by = entry.data.by if isinstance(entry.data, AcceptanceData) else None
    return parting.texts.say("report.accepted", day=_day(parting, entry), who=by)


def _given(parting: Parting, one: Handover) -> list[str]:
    say, value = parting.texts.say, parting.texts.value
    confirmed = say("report.not-confirmed")
    mine = say("report.access-not-ended")
    if one.confirmed_on:
        confirmed = say("report.confirmed", day=one.confirmed_on, who=one.confirmed_by)
    else:
        mine = say("report.access-until-confirmed")
    if one.access_ended:
        mine = say("report.access-ended", day=one.access_ended)
    elif one.access_ends and one.access_ends >= parting.today:
        mine = say("report.access-ends", day=one.access_ends)
    return [inline(one.item), inline(one.to), value(one.given), confirmed, mine]


def _promised(parting: Parting, promise: Promise) -> Md:
    say = parting.texts.say
    words = {one.seq: inline(one.what) for one in parting.words.commitments}
    becomes = words.get(promise.seq) or (
        say("report.promise-broken") if promise.kept is False else say("report.promise-open")
    )
    if not promise.statement:
        return say("report.promised-something", day=promise.due, becomes=becomes)
    return say("report.promised", what=promise.statement, day=promise.due, becomes=becomes)


def _paper(parting: Parting, entry: Entry) -> Md:
    channel = entry.channel if entry.channel in _CHANNELS else "other"
    paper = entry.kind if entry.kind in _PAPERS else channel
    return parting.texts.say(f"report.paper.{paper}", day=_day(parting, entry))


def _day(parting: Parting, entry: Entry) -> Md:
    if entry.precision == "about":
        return parting.texts.say("words.about-day", day=entry.day)
    return parting.texts.value(entry.day)


_SECTIONS: tuple[tuple[str, Callable[[Parting], Md]], ...] = (
    ("thanks", thanks),
    ("goal", goal),
    ("achieved", achieved),
    ("state", state),
    ("access", access),
    ("open", still_open),
    ("dates", _dates),
    ("account", _account),
    ("why", why),
    ("tips", tips),
    ("last-day", last_day),
)


def write_report(parting: Parting) -> Document:
    """Return the final report of what was gathered, in the order of its sections.

    Pure: the same arguments give the same bytes. It holds no incident, score, step or threat, as
    it draws on the kinds of TOLD alone.
    """
    texts, profile = parting.texts, parting.docket.profile
    made = (
        Section(texts.say(f"report.heading.{name}"), body)
        for name, make in _SECTIONS
        if (body := make(parting))
    )
    title = texts.plain_text("report.title", client=profile.name)
    front = front_matter(
        {
            "title": title,
            "client": profile.contract_name or profile.name,
            "prepared_by": parting.words.prepared_by,
            "date": parting.today.isoformat(),
            "note": texts.plain_text("report.note"),
            **texts.front,
        }
    )
    return Document(front, title, finished(made, texts))
