"""What a docket knows for a letter: each fact with the entries that say so, and none made up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from store.dates import parse_day
from store.decision.rules import WATCHING
from store.docket.blocked import Block, blocks
from store.docket.handover import handovers
from store.docket.ledger import Invoice
from store.docket.repairs import plans
from store.docket.steps import about_money, invoices_named
from store.docket.tracking import Request
from store.entries import KINDS, ClientData, Entry, StepData, TermsData
from store.entries.kinds import weighing
from store.entries.words import BY_VOICE
from store.errors import UsageError
from store.languages import ENGLISH
from store.languages.values import DayCount, Value, in_language
from store.languages.wording import NamedFact
from store.playbook.dated import dated_facts, told_in
from store.playbook.leaving import reason_words
from store.playbook.letters.sorts import DAY_FACTS, REPLIES_TO, SITUATIONS
from store.playbook.scene import Scene
from store.text import clean, top_line
from store.tone.check import tone

_TO_PAY: Final = 10
"""Days that a letter with a new day to pay by gives, where nobody says another."""
_TO_ANSWER: Final = 3
_FRIDAY: Final = 4
_RECENT: Final = 90
"""Days back that what they asked for is looked for, where no entry is named."""
_HOURS: Final = "reach_me"


def facts_for(
    scene: Scene, about: str, code: str = ENGLISH, kind: str = ""
) -> dict[str, NamedFact]:
    """Return what a letter about an invoice, or about `#12`, may hold, as far as it is known.

    What they asked of me is of those entries that a letter of that `kind` answers.
    What has no entry is a setting of the user's, or a day that Docket proposes.
    """
    told = (*_found(scene, about, code), *_of_what_they_ask(scene, about, kind, code))
    found = {name: fact for name, fact in told if fact.value}
    bill = scene.docket.ledger.find(about) or next(iter(scene.docket.overdue), None)
    if bill:
        found |= _of_bill(scene, bill)
    found |= _of_wait(scene, about, bool(bill))
    return {name: fact for name, fact in found.items() if fact.value}


def typed_fact(name: str, typed: str, today: date) -> NamedFact:
    """Return what was typed for a fact: a day where it is one and can be read, else the text."""
    text = clean(typed)
    if name in DAY_FACTS and text:
        try:
            return NamedFact(parse_day(text, today))
        except UsageError:  # in words: they stand as they are
            return NamedFact(text)
    return NamedFact(text)


def spoken_to(scene: Scene) -> str:
    """Return the code of the language that a client is written to in."""
    return scene.docket.profile.language or ENGLISH


def situation(scene: Scene, about: str) -> str:
    """Return which of the seven no's is meant: by the entry named, or what they last asked for."""
    docket = scene.docket
    named = [one for one in docket.kind(*SITUATIONS) if about == f"#{one.seq}"]
    since = docket.today - timedelta(days=_RECENT)
    asked = named or ([one for one in docket.kind(*SITUATIONS) if one.day > since])
    return SITUATIONS[asked[-1].kind] if asked else "no-time"


def _found(scene: Scene, about: str, code: str) -> Iterator[tuple[str, NamedFact]]:
    docket, config, today = scene.docket, scene.config, scene.today
    who = _last(docket.shaped(ClientData))
    terms = _last([one for one in docket.shaped(TermsData) if _names(one, "suspension_clause")])
    scope = _last([one for one in docket.shaped(TermsData) if _names(one, "scope")])
    yield "me", NamedFact(config.author)
    yield "my_address", NamedFact(config.address)
    yield "my_email", NamedFact(config.email)
    yield "payment_details", NamedFact(config.payment_details)
    yield "client", NamedFact(docket.name, who)
    yield "phone", NamedFact(docket.profile.phone or "", who)
    yield "clause", NamedFact((docket.terms.suspension_clause or "").rstrip(". "), terms)
    yield "scope", NamedFact((docket.terms.scope or "").rstrip(". "), scope)
    yield "today", NamedFact(today)
    notice = docket.terms.suspension_notice_days or 0
    yield "stop_day", NamedFact(today + timedelta(days=notice), terms)
    if docket.stopped:
        yield "stopped", NamedFact(docket.stopped.day, (docket.stopped.seq,))
    yield "answer_by", NamedFact(scene.working.at_or_after(today + timedelta(days=_TO_ANSWER)))
    yield "confirm_by", NamedFact(_friday(today))
    yield "watch_until", NamedFact(today + timedelta(days=WATCHING))
    yield from _from_entries(scene, about, code)
    yield from _of_complaint(scene, about)
    yield from _of_leaving(scene, code)


def _last(entries: list[Entry]) -> tuple[int, ...]:
    return (entries[-1].seq,) if entries else ()


def _names(entry: Entry, field: str) -> bool:
    return getattr(entry.data, field, None) is not None


def _friday(today: date) -> date:
    """Return the Friday by which something is confirmed: at least two days ahead."""
    first = today + timedelta(days=2)
    return first + timedelta(days=(_FRIDAY - first.weekday()) % 7)


def _line(text: str) -> str:
    return top_line(text).strip().rstrip(". ")


def _calm(text: str) -> str:
    """Return words of the log, or nothing where they judge: they are asked for then."""
    return "" if tone(text) else text


def _from_entries(scene: Scene, about: str, code: str) -> Iterator[tuple[str, NamedFact]]:
    """Yield the facts of a talk, what was said in the last one, and what was put right."""
    docket = scene.docket
    told = dated_facts(docket)
    lines = [(one.seq, told_in(one, in_language(one.day, code), code)) for one in told]
    kept = [(seq, line) for seq, line in lines if line]
    yield "facts", NamedFact("\n".join(line for _, line in kept), tuple(seq for seq, _ in kept))
    if hours := [one for one in docket.kind("welcome") if _names(one, _HOURS)]:
        yield "hours", NamedFact(_line(getattr(hours[-1].data, _HOURS)), (hours[-1].seq,))
    talks = [one for one in docket.counted if about == f"#{one.seq}"] or [
        one for one in docket.counted if one.channel in BY_VOICE and one.statement
    ]
    if talks:
        yield "talked_on", NamedFact(talks[-1].day, (talks[-1].seq,))
        yield "said", NamedFact(_calm(talks[-1].statement.strip()), (talks[-1].seq,))
    done = docket.kind("remedy")
    done = [one for one in done if about == f"#{one.seq}"] or done
    if done:
        yield "done", NamedFact(_line(done[-1].statement), (done[-1].seq,))
        yield "done_on", NamedFact(done[-1].day, (done[-1].seq,))
    if reviews := docket.kind("public-attack"):
        yield "reviewed_on", NamedFact(reviews[-1].day, (reviews[-1].seq,))


def _of_what_they_ask(
    scene: Scene, about: str, kind: str, code: str
) -> Iterator[tuple[str, NamedFact]]:
    """Yield what the entry `about` says, and the last thing that they asked for.

    Words of the log that judge are not told: they are asked for.
    """
    docket = scene.docket
    named = [one for one in docket.counted if about == f"#{one.seq}"]
    since = docket.today - timedelta(days=_RECENT)
    answered = REPLIES_TO.get(kind, ())
    asked = named or [one for one in docket.kind(*answered) if one.day > since]
    if asked:
        seqs = (asked[-1].seq,)
        yield "asked_for", NamedFact(_calm(_line(asked[-1].statement)), seqs)
        yield "asked_for_on", NamedFact(asked[-1].day, seqs)
    happened = [one for one in named if KINDS[one.kind].group == "incident"]
    if happened:
        said = told_in(happened[-1], "", code)
        yield "happened", NamedFact(said, (happened[-1].seq,))
        yield "happened_on", NamedFact(happened[-1].day, (happened[-1].seq,))


def _of_leaving(scene: Scene, code: str) -> Iterator[tuple[str, NamedFact]]:
    """Yield what was chosen of how to leave them, and what was given back by now."""
    given = handovers(scene.docket)
    yield (
        "handed_over",
        NamedFact(", ".join(_line(one.item) for one in given), tuple(one.seq for one in given)),
    )
    if (leaving := scene.private.leaving) is None:
        return
    yield "end_day", NamedFact(leaving.ends or "")
    yield "kind_word", NamedFact(leaving.thanks.rstrip(". "))
    yield "somebody", NamedFact(leaving.next_one[-1] if leaving.next_one else "")
    yield "reason", NamedFact(reason_words(leaving).rstrip(". "), leaving.entries)
    named = [one for one in scene.docket.counted if one.seq in leaving.entries]
    told = [(one.seq, told_in(one, in_language(one.day, code), code)) for one in named]
    lines = [(seq, line) for seq, line in told if line]
    if lines:
        yield "facts", NamedFact("\n".join(line for _, line in lines), leaving.entries)


def _of_complaint(scene: Scene, about: str) -> Iterator[tuple[str, NamedFact]]:
    """Yield what is known of the complaint `#12`, and of the repair that was offered for it."""
    complaint = next(
        (one for one in scene.docket.kind("complaint") if about == f"#{one.seq}"), None
    )
    if complaint is None:
        return
    yield "complained_on", NamedFact(complaint.day, (complaint.seq,))
    offered = [one.to_do for one in plans(scene.docket) if one.about == complaint.seq]
    if offered and (act := offered[-1]):
        yield "act", NamedFact(_line(act.statement), (act.seq,))
        by = act.data.effective if isinstance(act.data, StepData) else None
        yield "act_day", NamedFact(by or "", (act.seq,))


def _of_bill(scene: Scene, bill: Invoice) -> dict[str, NamedFact]:
    taken = [
        step
        for step in about_money(scene.taken, scene.docket)
        if step.kind in weighing("chasing") | {"stop"}
        and step.day > bill.due
        and (not (named := invoices_named(step, scene.docket)) or bill.number in named)
    ]
    seqs = (bill.seq,)
    late = max(0, (scene.today - bill.due).days)
    return {
        "invoice": NamedFact(bill.number, seqs),
        "issued": NamedFact(bill.issued, seqs),
        "due": NamedFact(bill.due, seqs),
        "amount": NamedFact(bill.balance, bill.evidence),
        "total": NamedFact(bill.asked, seqs),
        "days_late": NamedFact(DayCount(late), seqs),
        "written_on": NamedFact(
            tuple(dict.fromkeys(step.day for step in taken)), tuple(step.seq for step in taken)
        ),
        "new_date": NamedFact(scene.working.at_or_after(scene.today + timedelta(days=_TO_PAY))),
    }


def _of_wait(scene: Scene, about: str, bill: bool) -> dict[str, NamedFact]:
    """Return what a letter may say of what is waited for, and of the day that it moves."""
    docket, today = scene.docket, scene.today
    found: dict[str, NamedFact] = {}
    agreed = docket.terms.reply_within_days is not None
    asked = [one for one in docket.open_requests if about in ("", f"#{one.seq}")]
    if asked:
        found |= _of_request(asked[0], today, agreed)
    held = [one for one in blocks(docket) if about == f"#{one.seq}" and one.until is None]
    if held and not asked:
        found |= _of_block(held[0], today)
    if asked or held:
        moved = _moved(scene)
        found |= moved if about or not bill else {"item": moved["item"]}
    return found


def _of_request(asked: Request, today: date, agreed: bool) -> dict[str, NamedFact]:
    """Return what a letter may say of a request; no day that was neither named nor `agreed`."""
    part = asked.parts[-1] if asked.parts and asked.parts[-1].missing else None
    what = part.missing if part else asked.statement
    seqs = (asked.seq, part.seq) if part else (asked.seq,)
    found: dict[str, Value] = {"asked": _line(what), "asked_on": asked.asked}
    if agreed or asked.needed_by:
        found |= {"needed_by": asked.expected, "waited": DayCount(asked.days_over(today))}
    return {name: NamedFact(value, seqs) for name, value in found.items()}


def _of_block(block: Block, today: date) -> dict[str, NamedFact]:
    """Return what a letter may say of an approval or an access that work waits for."""
    return {
        "asked": NamedFact(_calm(block.what.rstrip(". ")), (block.seq,)),
        "waited": NamedFact(DayCount((today - block.after).days), (block.seq,)),
    }


def _moved(scene: Scene) -> dict[str, NamedFact]:
    """Return the next day of mine that they have moved, with what it was and what it is now."""
    if not (shift := next(iter(scene.shifts), None)):
        return {name: NamedFact("") for name in ("item", "old_date", "new_date")}
    seqs = (shift.promise.seq,)
    return {
        "item": NamedFact(_line(shift.promise.statement), seqs),
        "old_date": NamedFact(shift.old, seqs),
        "new_date": NamedFact(shift.new, seqs),
    }
