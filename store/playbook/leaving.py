"""Leaving a client, point by point: what to settle first, what to say, and what to see to after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from store.dates import day_words
from store.decision.model import Assessment
from store.docket import Docket
from store.docket.handover import handovers
from store.entries import LikelihoodData, StepData
from store.entries.words import BY_VOICE, WRITTEN
from store.money import totals
from store.private.model import Leaving
from store.text import plural, top_line

Phase = Literal["first", "say", "after"]
PHASES: Final[dict[Phase, str]] = {
    "first": "Before you say it",
    "say": "Saying it",
    "after": "Afterwards",
}
"""The parts of leaving, in order, and what each is called."""
_HALVED: Final = 90
"""Days after which how one talked to each other counts for half (advice 75)."""
_ONE_LINE: Final = 60
_PARTING: Final = {
    "": "parting",
    "direction": "parting",
    "entries": "parting-needs",
    "fit": "parting-fit",
}
"""The letter that says each sort of reason."""


class Matter(NamedTuple):
    """One thing to settle: what it is, whether it is open, and what is known or chosen of it.

    `how` is what settles it on the command line, behind `docket`; `asks` names what is asked for,
    of what `store.overview.leaving` takes, or is empty where something else has to be done.
    `letter` is the id of the letter that says it. `evidence` numbers the entries it rests on.
    """

    id: str
    stage: Phase
    what: str
    open: bool
    said: str = ""
    how: str = ""
    asks: str = ""
    letter: str = ""
    evidence: tuple[int, ...] = ()


def matters(docket: Docket, leaving: Leaving) -> tuple[Matter, ...]:
    """Return all points of leaving a client, in the order they are best settled."""
    return (*_first(docket, leaving), *_say(docket, leaving), *_after(docket, leaving))


def open_matters(docket: Docket, leaving: Leaving) -> tuple[Matter, ...]:
    """Return what is open of them."""
    return tuple(point for point in matters(docket, leaving) if point.open)


def usual_channel(docket: Docket) -> str:
    """Return the channel that client and user talk in, late talks before early ones; empty if none.

    Each entry that names its channel counts for 1, and for half that after 90 days (advice 75).
    """
    weights: dict[str, float] = {}
    for entry in docket.counted:
        if entry.channel and entry.channel != "other":
            age = (docket.today - entry.day).days
            weights[entry.channel] = weights.get(entry.channel, 0) + 0.5 ** (age / _HALVED)
    return max(weights, key=lambda name: (weights[name], name), default="")


def final_day(docket: Docket) -> date | None:
    """Return the last day of the work, once notice was given: the day it names, else its own."""
    ended = docket.ended
    if ended is None:
        return None
    named = ended.data.effective if isinstance(ended.data, StepData) else None
    return named or ended.day


def reason_words(leaving: Leaving) -> str:
    """Return the reason as it is said to them; empty while there is none."""
    if leaving.ground == "direction":
        return "My work is moving in another direction."
    if leaving.ground == "fit":
        return "We do not fit together as well as you deserve, and that is nobody's fault."
    if leaving.because:
        return f"I am not able to meet your needs because {leaving.because.rstrip('. ')}."
    return ""


def why_ended(docket: Docket, leaving: Leaving | None) -> str:
    """Return in a sentence since when a client is one no more, and why; empty where they are one.

    As private as what was chosen: the reason is told where it was.
    """
    end = final_day(docket)
    if end is None or docket.ended is None or end >= docket.today:
        return ""
    said = top_line(docket.ended.statement).rstrip(". ")
    reason = (reason_words(leaving) if leaving else "") or (f"{said}." if said else "")
    return f"It ended on {day_words(end)} (#{docket.ended.seq}). {reason}".strip()


def first_said(docket: Docket, assessment: Assessment) -> str:
    """Return what the log says last of why to leave, and that nothing said is worse (advice 62).

    Only the rules that say to leave end it; what milder ones count may be newer.
    """
    ends = {seq for rule in assessment.rules if rule.says == "walk-away" for seq in rule.evidence}
    told = [found.entry for seq in ends if (found := docket.find(seq))]
    if assessment.verdict != "walk-away" or not told:
        return ""
    last = max(told, key=lambda one: (one.day, one.seq))
    days = (docket.today - last.day).days
    ago = "today" if days == 0 else f"{plural(days, 'day')} ago"
    return (
        f"What ends it was on record {ago} (#{last.seq}). How they take it will not be worse later."
    )


def _first(docket: Docket, leaving: Leaving) -> Iterator[Matter]:
    agreed = docket.terms.ending_notice_days
    yield Matter(
        "notice",
        "first",
        "What the contract says of notice",
        agreed is None,
        "" if agreed is None else f"{plural(agreed, 'day')}" if agreed else "none is agreed",
        f"exit {docket.client} --notice DAYS",
        "notice",
    )
    yield from _promised(docket)
    yield from _balance(docket, leaving)
    fears = "; ".join(leaving.fears) or _none("fears", leaving)
    yield _asked(docket, "fears", "first", "What you fear of it, to look at afterwards", fears)


def _promised(docket: Docket) -> Iterator[Matter]:
    """Yield each promise of mine that is open: done, let go in writing, or handed over first."""
    mine = [one for one in docket.promises if one.by == "me" and one.open]
    for one in mine:
        late = ", late" if one.due < docket.today else ""
        yield Matter(
            f"promise:{one.seq}",
            "first",
            f"Your promise #{one.seq}, {_line(one.statement)}",
            True,
            f"for {day_words(one.due)}{late}",
            f"promise '{docket.client}#{one.seq}' --kept, or --released TEXT",
            evidence=(one.seq,),
        )
    if not mine:
        yield Matter("promises", "first", "What you promised", False, "nothing of yours is open")


def _balance(docket: Docket, leaving: Leaving) -> Iterator[Matter]:
    owing = docket.ledger.open()
    if not owing:
        yield Matter("balance", "first", "What they owe", False, "nothing is open")
        return
    sums = " and ".join(map(str, totals(one.balance for one in owing)))
    what = f"What becomes of {sums} (ask for it; never hold back what is theirs)"
    seqs = tuple(one.seq for one in owing)
    yield _asked(docket, "balance", "first", what, leaving.balance)._replace(evidence=seqs)


def _say(docket: Docket, leaving: Leaving) -> Iterator[Matter]:
    usual = usual_channel(docket)
    yield _channel(docket, leaving, usual)
    yield _asked(
        docket,
        "because",
        "say",
        "The reason: two entries, your own direction, or fit",
        reason_words(leaving),
    )._replace(evidence=leaving.entries)
    yield _asked(docket, "true", "say", "Is that true?", "you said yes" if leaving.true else "")
    yield _asked(
        docket, "thanks", "say", "Something true and kind about where they go", leaving.thanks
    )
    yield _ends(docket, leaving)
    gifts = "; ".join((*leaving.tips, *leaving.next_one)) or _none("tips", leaving)
    yield _asked(docket, "tips", "say", "A parting gift: a tip, a name, files put in order", gifts)
    yield from _told(docket, leaving)


def _channel(docket: Docket, leaving: Leaving, usual: str) -> Matter:
    point = _asked(docket, "channel", "say", "How you tell them", leaving.channel)
    if not leaving.channel:
        return point._replace(said=f"you mostly talk by {usual}" if usual else "")
    if usual in BY_VOICE and leaving.channel in WRITTEN and not leaving.channel_why:
        return point._replace(
            open=True,
            what=f"Why by {leaving.channel}, where you mostly talk by {usual}",
            how=f"exit {docket.client} --channel-why TEXT",
            asks="channel_why",
        )
    why = f": {leaving.channel_why}" if leaving.channel_why else ""
    return point._replace(said=f"by {leaving.channel}{why}")


def _ends(docket: Docket, leaving: Leaving) -> Matter:
    """Return the last day, which leaves the notice that was agreed."""
    told = docket.ended
    day = final_day(docket) if told else leaving.ends
    point = _asked(docket, "ends", "say", "The last day", day_words(day) if day is not None else "")
    agreed = docket.terms.ending_notice_days or 0
    if day is not None and told is None and day < docket.today + timedelta(days=agreed):
        early = f"{day_words(day)} is before the {plural(agreed, 'day')} of notice are over"
        return point._replace(open=True, said=early if agreed else f"{day_words(day)} is over")
    return point


def _told(docket: Docket, leaving: Leaving) -> Iterator[Matter]:
    spoken, ended = leaving.channel in BY_VOICE, docket.ended
    letter = "parting-call" if spoken else _PARTING[leaving.ground]
    yield Matter(
        "said",
        "say",
        "Tell them" + (", and note what was said" if spoken else ""),
        ended is None,
        f"on {day_words(ended.day)}" if ended else "",
        f"exit {docket.client} --said TEXT",
        "said",
        letter,
        (ended.seq,) if ended else (),
    )
    if ended is None or ended.channel not in BY_VOICE:
        return
    written = [
        entry
        for entry in docket.counted
        if entry.channel in WRITTEN and any(link.seq == ended.seq for link in entry.links)
    ]
    yield Matter(
        "confirmed",
        "say",
        "Confirm in writing what was said",
        not written,
        f"on {day_words(written[-1].day)}" if written else "",
        f"log {docket.client} message TEXT --about '#{ended.seq}' --channel email",
        letter="confirmation",
        evidence=(ended.seq,),
    )


def _after(docket: Docket, leaving: Leaving) -> Iterator[Matter]:
    yield Matter(
        "report",
        "after",
        "The final report",
        leaving.reported is None and not _none("report", leaving),
        f"written on {day_words(leaving.reported)}" if leaving.reported else "",
        f"exit {docket.client} --report FILE",
        "report",
    )
    yield from _given_back(docket, leaving)
    said = [one for one in docket.kind("recommends") if one.day >= leaving.begun]
    likely = said[-1].data if said else None
    words = f"{likely.likely} of 10" if isinstance(likely, LikelihoodData) else ""
    yield _asked(
        docket,
        "they_say",
        "after",
        "Ask whether they would recommend you, 0 to 10",
        words or _none("they_say", leaving),
    )
    would = "" if leaving.recommend is None else f"{leaving.recommend} of 10, private"
    yield _asked(docket, "recommend", "after", "Would you recommend them, 0 to 10", would)
    yield _asked(docket, "terms", "after", "The terms you part on", leaving.terms)
    if leaving.fears:
        what = f"You feared: {'; '.join(leaving.fears)}. What happened"
        yield _asked(docket, "feared", "after", what, leaving.feared)
    end = final_day(docket)
    if end is not None and end > docket.today:
        until = f"Work until {day_words(end)}"
        yield Matter("over", "after", until, True, how=f"next {docket.client}")


def _given_back(docket: Docket, leaving: Leaving) -> Iterator[Matter]:
    """Yield what is theirs: each thing handed over, confirmed, and my own access ended last."""
    found = handovers(docket)
    for one in found:
        missing = one.missing(docket.today)
        yield Matter(
            f"handover:{one.seq}",
            "after",
            f"Give back {_line(one.item)} #{one.seq}",
            bool(missing),
            "; ".join(missing) or "confirmed, and your own access has ended",
            f"handover '{docket.client}#{one.seq}' --confirmed-by NAME, then --access-ended",
            evidence=(one.seq,),
        )
    if not found:
        said = _none("theirs", leaving)
        matter = _asked(docket, "theirs", "after", "Give back what is theirs", said)
        yield matter._replace(how=f"handover {docket.client} ITEM --to NAME")


def _asked(docket: Docket, name: str, stage: Phase, what: str, said: str) -> Matter:
    """Return a point that is settled once something is said of it."""
    option = {"fears": "fear", "tips": "tip", "recommend": "i-say", "they_say": "they-say"}
    typed = option.get(name, name.replace("_", "-"))
    value = "" if name == "true" else " ..."
    how = f"exit {docket.client} --{typed}{value}"
    return Matter(name, stage, what, not said, said, how, name)


def _none(name: str, leaving: Leaving) -> str:
    return "nothing" if name in leaving.none else ""


def _line(text: str) -> str:
    line = top_line(text).rstrip(". ")
    return line if len(line) <= _ONE_LINE else f"{line[:_ONE_LINE]}…"
