"""Requests and answers, who decided what, and how often each thing happened."""

from __future__ import annotations

from store.docket import Request
from store.docket.tracking import blocked_days
from store.entries import AdviceData, Entry
from store.entries.kinds import in_section
from store.records.dispute.material import Material
from store.records.dispute.words import entry_numbers, fact_row, kind_words, partly_mine, proof
from store.records.markdown import Md, bullets, cell, gfm_table, inline, paragraphs
from store.text import plural

_RESULT = {"yes": "it went well", "partly": "it went well in part", "no": "it went wrong"}


def asked_and_answered(material: Material) -> Md:
    """Return every request with its answer, and what is still missing (advice 12)."""
    asked = material.docket.requests
    if not asked:
        return Md(f"No request is {material.where}.")
    headers = ["No.", "Asked", "What", "Needed by", "Answered", "Waited", "Days over"]
    missing = [request for request in asked if request.answered is None]
    return paragraphs(
        gfm_table(headers, [_request(material, request) for request in asked]),
        _blocked(material),
        "Still missing:" if missing else "Nothing asked for is still missing.",
        bullets(_missing(request) for request in missing),
    )


def _missing(request: Request) -> Md:
    """Return what was asked for and has not come, or what of it has not."""
    asked = f"Entry {request.seq}, asked {request.asked}: {inline(request.statement)}"
    parts = [
        f"a part came on {part.day} (entry {part.seq})"
        + (f", still missing: {inline(part.missing)}" if part.missing else "")
        for part in request.parts
    ]
    return Md("; ".join([asked, *parts]))


def has_day(material: Material, request: Request) -> bool:
    """Whether a day for the answer was named or agreed; if not, none can be overdue."""
    return request.needed_by is not None or material.docket.terms.reply_within_days is not None


def _request(material: Material, request: Request) -> list[Md]:
    answered = f"{request.answered} (entry {request.answer_seq})" if request.answered else "no"
    if request.parts and not request.answered:
        last = request.parts[-1]
        answered = f"in part, {last.day} (entry {last.seq})"
    set_day = has_day(material, request)
    over = str(request.days_over(material.today)) if set_day else "no day set"
    agreed = f"{request.expected} (as agreed)" if set_day else "no day set"
    return [
        Md(str(request.seq)),
        Md(request.asked.isoformat()),
        cell(request.statement),
        Md(request.needed_by.isoformat() if request.needed_by else agreed),
        Md(answered),
        Md(plural(request.waited(material.today), "day")),
        Md(over),
    ]


def _blocked(material: Material) -> Md:
    with_day = [r for r in material.docket.requests if has_day(material, r)]
    days = blocked_days(with_day, material.today)
    return Md(
        f"Answers were overdue on {plural(days, 'day')} in all; "
        "a day on which several were overdue counts once."
    )


def approvals(material: Material) -> Md:
    """Return approvals, waiting for them, access not given and advice set aside (advice 26)."""
    decided = material.docket.kind(*in_section("decisions"))
    if not decided:
        return Md(f"No approval, instruction or advice set aside is {material.where}.")
    headers = ["No.", "Occurred", "Kind", "What was decided or said", "Proof"]
    rows = [fact_row(material, entry) for entry in decided]
    return paragraphs(gfm_table(headers, rows), advice(material))


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
    headers = ["No.", "Advised", "They decided", "Risk named", "What came of it", "Proof"]
    return gfm_table(headers, filter(None, rows))


def _advice(material: Material, entry: Entry, came: Entry | None) -> list[Md]:
    data = entry.data
    told = isinstance(data, AdviceData) and (data.advised or data.decided or data.risk)
    if not told and came is None:
        return []
    apart = (data.advised, data.decided, data.risk) if isinstance(data, AdviceData) else ("",) * 3
    result = Md(f"not {material.where}")
    if came is not None:
        landed = _RESULT.get(getattr(came.data, "worked", ""), "")
        said = Md(": ").join(filter(None, [Md(landed), inline(came.statement)]))
        result = Md(f"{came.day}: {said} (entry {came.seq})")
    return [
        Md(str(entry.seq)),
        *(cell(words or "-") for words in apart),
        result,
        proof(material, [entry.seq, *([came.seq] if came else [])]),
    ]


def problem_pattern(material: Material) -> Md:
    """Return each kind of problem with its count, first and last day and entry numbers."""
    by_kind: dict[str, list[Entry]] = {}
    for entry in material.docket.group("incident"):
        by_kind.setdefault(entry.kind, []).append(entry)
    if not by_kind:
        return Md(f"No problem is {material.where}.")
    rows = [
        [
            kind_words(material, kind),
            Md(str(len(found))),
            Md(found[0].day.isoformat()),
            Md(found[-1].day.isoformat()),
            Md(", ".join(str(seq) for seq in sorted(entry.seq for entry in found))),
        ]
        for kind, found in sorted(by_kind.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    ]
    mine = [e.seq for e in material.docket.group("incident") if partly_mine(e)]
    return paragraphs(
        gfm_table(["Kind", "Count", "First", "Last", "Entries"], rows),
        f"Partly my own doing: {entry_numbers(material, mine)}." if mine else "",
    )
