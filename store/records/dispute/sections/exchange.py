"""Requests and answers, who decided what, and how often each thing happened."""

from __future__ import annotations

from store.docket import Docket, Request
from store.docket.acceptances import approving
from store.docket.tracking import blocked_days
from store.entries import AdviceData, Entry
from store.entries.kinds import in_section
from store.languages.values import DayCount
from store.records.dispute.material import Material
from store.records.dispute.words import (
    fact_row,
    kind_words,
    partly_mine,
    what_it_names,
    where_shown,
)
from store.records.markdown import Md, bullets, cell, gfm_table, paragraphs, slim_table


def asked_and_answered(material: Material) -> Md:
    """Return every request with its answer, and what is still missing (advice 12)."""
    texts, asked = material.texts, material.docket.requests
    if not asked:
        return texts.say("exchange.no-request")
    missing = [request for request in asked if request.answered is None]
    rows = [_request(material, request) for request in asked]
    return paragraphs(
        gfm_table(texts.columns("exchange.requests"), rows),
        _blocked(material),
        texts.say("exchange.missing-heading") if missing else texts.say("exchange.nothing-missing"),
        bullets(_missing(material, request) for request in missing),
    )


def _missing(material: Material, request: Request) -> Md:
    """Return what was asked for and has not come, or what of it has not."""
    texts = material.texts
    said = [
        texts.say(
            "exchange.missing",
            day=request.asked,
            entry=texts.entries([request.seq]),
            what=request.statement,
        )
    ]
    said += [
        texts.say(
            "exchange.part",
            day=part.day,
            entry=texts.entries([part.seq]),
            missing=part.missing or None,
        )
        for part in request.parts
    ]
    return Md(" ".join(said))


def has_day(material: Material, request: Request) -> bool:
    """Whether a day for the answer was named or agreed; if not, none can be overdue."""
    return request.needed_by is not None or material.docket.terms.reply_within_days is not None


def _request(material: Material, request: Request) -> list[Md]:
    texts, waited = material.texts, request.waited(material.today)
    needed = over = texts.say("exchange.no-day")
    if has_day(material, request):
        over = texts.value(request.days_over(material.today))
        needed = texts.say("exchange.as-agreed", day=request.expected)
    if request.needed_by:
        needed = texts.value(request.needed_by, "iso")
    return [
        Md(str(request.seq)),
        texts.value(request.asked, "iso"),
        cell(request.statement),
        needed,
        _answered(material, request),
        texts.value(DayCount(waited)) if waited else texts.say("exchange.waited-none"),
        over,
    ]


def _answered(material: Material, request: Request) -> Md:
    texts = material.texts
    if request.answered and request.answer_seq:
        entry = texts.entries([request.answer_seq])
        return texts.say("exchange.answered", day=request.answered, entry=entry)
    if request.parts:
        last = request.parts[-1]
        return texts.say("exchange.in-part", day=last.day, entry=texts.entries([last.seq]))
    return texts.say("exchange.not-answered")


def _blocked(material: Material) -> Md:
    """Return on how many days answers were overdue; nothing where none was."""
    with_day = [r for r in material.docket.requests if has_day(material, r)]
    days = blocked_days(with_day, material.today)
    return material.texts.say("exchange.overdue", n=days) if days else Md("")


def approvals(material: Material) -> Md:
    """Return approvals, waiting for them, access not given and advice set aside (advice 26)."""
    decided = decisions(material.docket)
    if not decided:
        return material.texts.say("exchange.no-approval")
    rows = [_decided(material, entry) for entry in decided]
    return paragraphs(
        slim_table(material.texts.columns("exchange.approvals"), rows, (4,)), advice(material)
    )


def decisions(docket: Docket) -> list[Entry]:
    """Return what was decided, with the answers that approve, by date."""
    found = [*docket.kind(*in_section("decisions")), *approving(docket)]
    return sorted(found, key=lambda one: (one.occurred_at, one.seq))


def _decided(material: Material, entry: Entry) -> list[Md]:
    """Return the row of an approval; one without a word says what was accepted."""
    row = fact_row(material, entry)
    named = [link for link in entry.links if link.rel == "accepts"]
    if not entry.statement and named:
        row[3] = what_it_names(material, entry, named[0])
    return row


def advice(material: Material) -> Md:
    """Return advice that was set aside: what I advised, what they decided, the risk, the result.

    Nothing where none of it was noted apart from the text (advice 95).
    """
    came: dict[int, Entry] = {}
    for entry in material.docket.kind("outcome"):
        if link := entry.followed:
            came[link.seq] = entry
    rows = [
        _advice(material, entry, came.get(entry.seq))
        for entry in material.docket.kind("advice-overridden")
    ]
    if not any(rows):
        return Md("")
    return slim_table(material.texts.columns("exchange.advice"), [one for one in rows if one], (5,))


def _advice(material: Material, entry: Entry, came: Entry | None) -> list[Md]:
    data = entry.data
    told = isinstance(data, AdviceData) and (data.advised or data.decided or data.risk)
    if not told and came is None:
        return []
    apart = (data.advised, data.decided, data.risk) if isinstance(data, AdviceData) else ("",) * 3
    return [
        Md(str(entry.seq)),
        *(cell(words or "-") for words in apart),
        _outcome(material, came) if came else material.texts.say("exchange.outcome-unknown"),
        where_shown(material, [entry.seq, *([came.seq] if came else [])]),
    ]


def _outcome(material: Material, came: Entry) -> Md:
    texts, worked = material.texts, getattr(came.data, "worked", "")
    return texts.say(
        "exchange.outcome",
        landed=texts.say(f"exchange.went.{worked}") if worked else None,
        day=came.day,
        entry=texts.entries([came.seq]),
        what=came.statement,
    )


def problem_pattern(material: Material) -> Md:
    """Return each kind of problem with its count, first and last day and entry numbers.

    What happened once stands below the table, as it makes no pattern.
    """
    texts = material.texts
    by_kind: dict[str, list[Entry]] = {}
    for entry in material.docket.group("incident"):
        by_kind.setdefault(entry.kind, []).append(entry)
    if not by_kind:
        return texts.say("exchange.no-problem")
    rows = [
        [
            kind_words(material, kind),
            texts.value(len(found)),
            texts.value(found[0].day, "iso"),
            texts.value(found[-1].day, "iso"),
            Md(", ".join(str(seq) for seq in sorted(entry.seq for entry in found))),
        ]
        for kind, found in sorted(by_kind.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        if len(found) > 1
    ]
    once = [
        texts.say(
            "exchange.once",
            kind=kind_words(material, entry.kind),
            day=entry.day,
            entry=texts.entries([entry.seq]),
        )
        for (entry, *more) in by_kind.values()
        if not more
    ]
    mine = [e.seq for e in material.docket.group("incident") if partly_mine(e)]
    return paragraphs(
        gfm_table(texts.columns("exchange.pattern"), rows) if rows else "",
        texts.say("exchange.once-each", which=texts.listed(once)) if once else "",
        texts.say("exchange.mine", entries=texts.entries(mine)) if mine else "",
    )
