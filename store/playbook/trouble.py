"""The steps that trouble asks for: the talk, the watch after it, and putting things right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from store.decision.model import Assessment
from store.decision.rules import WATCHING
from store.docket import Docket
from store.docket.repairs import plans
from store.docket.steps import invoices_named
from store.entries import Entry, StepData
from store.entries.kinds import weighing
from store.playbook.dated import ENOUGH_FACTS
from store.playbook.scene import Scene
from store.playbook.step import LATER, NextStep, watch_words
from store.text import plural
from store.tone.asking import asks_what_was_done

_FRESH: Final = 14
"""Days for which a complaint presses: help surprises while it is fresh."""
_HARD_TIME: Final = 180
"""Days for which a hardship on their side explains what they say."""
NOT_YOURS: Final = (
    "This was not your fault, and do something all the same: it is a hard time for them."
)
_OF_THEIR_OWN: Final = ("R2", "R4")
"""The rules about what has a step of its own: a bill, and a question that waits for its answer."""
_SHIELD: Final = ("advice-overridden", "access-withheld", "approval-block")
_MONEY: Final = weighing("money")
_SPOKEN: Final = weighing("spoken") | weighing("stated")


def talk_steps(scene: Scene) -> Iterator[NextStep]:
    """Yield the talk while trouble is unanswered, or the end of the watch after one."""
    assessment = scene.assessment
    if scene.docket.ended is not None or scene.leaving:
        return
    if untold := _untold(scene):
        first = min(one.day for one in untold)
        pressing = len(untold) >= ENOUGH_FACTS or assessment.verdict == "set-boundaries"
        yield scene.step(
            scene.in_days(first, 1),
            "Talk to them about it",
            f"{plural(len(untold), 'incident')} with nothing said, the first"
            f" {plural((scene.today - first).days, 'day')} ago.",
            "talk",
            evidence=tuple(one.seq for one in untold),
            letter="control-talk",
            line="talk Said what has to change",
            rank=3 if pressing else 5,
        )
    elif watched := assessment.watched:
        ago = plural((scene.today - watched.said).days, "day")
        yield scene.step(
            _looked_at(scene, watched.until),
            "See whether it held",
            f"You set the line {ago} ago; {watch_words(watched.until, watched.left)}.",
            f"watch:{watched.seq}",
            evidence=(watched.seq, *watched.crossings),
            verb=f"decide {scene.docket.client}",
        )
    elif assessment.verdict == "set-boundaries":
        yield from _after_the_verdict(scene)


def _after_the_verdict(scene: Scene) -> Iterator[NextStep]:
    """Yield the look at what was said, where a line is to be drawn, or the talk that draws it."""
    if said := _last_said(scene):
        seq, day = said
        yield scene.step(
            _looked_at(scene, scene.in_days(day, WATCHING)),
            "See whether it held",
            f"You set the line {plural((scene.today - day).days, 'day')} ago.",
            f"watch:{seq}",
            evidence=(seq,),
            verb=f"decide {scene.docket.client}",
        )
        return
    rules = [rule for rule in scene.assessment.rules if rule.says == "set-boundaries"]
    asking = [rule for rule in rules if rule.id not in _OF_THEIR_OWN]
    if not asking:
        return
    yield scene.step(
        scene.today,
        "Talk to them about it",
        asking[0].reason,
        "talk",
        evidence=tuple(seq for rule in asking for seq in rule.evidence)[:6],
        letter="boundary",
        line="talk Said what has to change",
        rank=3,
    )


def _untold(scene: Scene) -> list[Entry]:
    """Return the incidents that nothing was said about, without what has a step of its own.

    That is what is about a bill, where bills are on the docket, and complaints: a bill that is
    paid leaves nothing to reproach them with, and lateness as a habit is said by the verdict.
    """
    if (unsaid := scene.assessment.unsaid) is None:
        return []
    own = {item.seq for item in scene.open("complaint", "invoice")}
    found = [one.entry for seq in unsaid.evidence if (one := scene.docket.find(seq))]
    billed = bool(scene.docket.ledger.invoices)
    return [
        one for one in found if one.seq not in own and not (billed and _of_money(one, scene.docket))
    ]


def _of_money(incident: Entry, docket: Docket) -> bool:
    return incident.kind in _MONEY or bool(invoices_named(incident, docket))


def _looked_at(scene: Scene, due: date) -> date:
    """Return the day of the next look: `due`, or a watch after a decision that was made since."""
    decided = scene.decided_since(due)
    return scene.in_days(decided, WATCHING) if decided else due


def round_steps(scene: Scene) -> Iterator[NextStep]:
    """Yield the incident that a round over the agreed number may be, until it is logged as one."""
    if scene.docket.ended is not None:
        return
    for item in scene.work_items:
        if not item.over or (item.beyond and item.beyond[-1] > item.rounds[-1]):
            continue
        used = len(item.rounds)
        last = scene.docket.find(item.rounds[-1])
        assert last is not None
        yield scene.step(
            last.entry.day,
            f"Say that round {used} is beyond the agreement",
            f"{plural(item.agreed or 0, 'round')} of changes"
            f" {'is' if item.agreed == 1 else 'are'} agreed"
            + (f" for {item.name}." if item.name else "."),
            f"round:{item.rounds[-1]}",
            about=f"#{item.rounds[-1]}",
            evidence=item.rounds,
            letter="scope",
            line=f"scope-creep #{item.rounds[-1]} Round {used} of {item.agreed} agreed",
            rank=5,
        )


def repair_steps(scene: Scene) -> Iterator[NextStep]:
    """Yield the repair that a complaint asks for, and the question whether one has helped."""
    if scene.docket.ended is None:
        yield from _complaints(scene)
        yield from _offered(scene)
        yield from _asked_after(scene)


def _complaints(scene: Scene) -> Iterator[NextStep]:
    about, mine = _spoken_of(scene.docket), not_mine(scene.docket, scene.assessment)
    for item in scene.open("complaint"):
        asked = _asks_what_was_done(scene.docket, item.seq)
        if asked and item.seq in about:
            continue
        fresh = (scene.today - item.due).days <= _FRESH
        yield scene.step_for(
            item,
            item.due,
            f"Offer to put {item.name} right",
            f"They complained: “{item.what}”. Help surprises most at once: the smallest useful act,"
            f" with a day.{mine}",
            letter="repair-offer" if mine else "apology",
            line=f"repair-offer {item.name} ",
            rank=(3 if asked else 2) if fresh else LATER,
        )


def _offered(scene: Scene) -> Iterator[NextStep]:
    """Yield the acts that were offered with a day and are to be done."""
    for plan in plans(scene.docket):
        if (act := plan.to_do) and plan.landed is None and isinstance(act.data, StepData):
            yield scene.step(
                act.data.effective or act.day,
                f"Do what you offered: {act.statement.split(chr(10))[0] or f'#{act.seq}'}",
                f"You offered it on {act.day:%-d %b}; done, it may win them for good.",
                f"act:{act.seq}",
                about=f"#{act.seq}",
                evidence=(act.seq,),
                line=f"remedy #{act.seq} ",
                rank=1,
            )


def _asked_after(scene: Scene) -> Iterator[NextStep]:
    for item in scene.open("repair"):
        yield scene.step_for(
            item,
            item.due,
            f"Say whether {item.name} helped",
            f"You put something right on {item.since:%-d %b}: what came of it?",
            letter="repair",
            verb=f"outcome '{scene.docket.client}{item.name}' yes",
            rank=LATER,
        )


def not_mine(docket: Docket, assessment: Assessment) -> str:
    """Return what to tell oneself where they are in trouble and no share is mine, else nothing."""
    hard = any((docket.today - one.day).days <= _HARD_TIME for one in docket.group("circumstance"))
    mine = assessment.my_share
    if not hard or mine.mine or mine.late or docket.kind("my-mistake"):
        return ""
    return f" {NOT_YOURS}"


def time_steps(scene: Scene) -> Iterator[NextStep]:
    """Yield the paper on where the time went, where they have asked what was done with it.

    It is offered while that is fresh and nothing on the docket is about the complaint.
    """
    about = _spoken_of(scene.docket)
    for one in scene.docket.kind("complaint"):
        old = (scene.today - one.day).days > _FRESH
        if old or one.seq in about or not _asks_what_was_done(scene.docket, one.seq):
            continue
        yield scene.step(
            one.day,
            f"Show them where the time went: #{one.seq}",
            "They asked what was done. Dates and figures answer it, by the week.",
            f"time:{one.seq}",
            about=f"#{one.seq}",
            evidence=(one.seq,),
            line=f"note #{one.seq} Showed them, by the week, where the time went",
            verb=f"time {scene.docket.client}",
            rank=2,
        )


def _spoken_of(docket: Docket) -> set[int]:
    """Return the numbers of what a step or a note is about."""
    return {link.seq for entry in docket.group("step", "note") for link in entry.links}


def _asks_what_was_done(docket: Docket, seq: int) -> bool:
    one = docket.find(seq)
    assert one is not None
    said = (one.entry.statement, *(quote.text for quote in one.entry.quotes))
    return asks_what_was_done(" ".join(said))


def _last_said(scene: Scene) -> tuple[int, date] | None:
    said = [step for step in scene.taken if step.kind in _SPOKEN]
    return (said[-1].seq, said[-1].day) if said else None


def blame_steps(scene: Scene) -> Iterator[NextStep]:
    """Yield the extract that answers blame, while it is fresh and there is what to show.

    It holds what they decided against advice, withheld and kept waiting, by date (advice 26).
    """
    shown = scene.docket.kind(*_SHIELD)
    done = _spoken_of(scene.docket)
    blamed = [
        one
        for one in scene.docket.kind("blame")
        if (scene.today - one.day).days <= _FRESH
        and one.seq not in done
        and not getattr(one.data, "my_share", False)
    ]
    if blamed and shown:
        kinds = " ".join(f"--kind {kind}" for kind in _SHIELD)
        yield scene.step(
            blamed[-1].day,
            "Put together what was decided, withheld and kept waiting",
            f"They blame you (#{blamed[-1].seq}); {plural(len(shown), 'entry', 'entries')} of the"
            " docket answer that, by date.",
            f"blame:{blamed[-1].seq}",
            about=f"#{blamed[-1].seq}",
            evidence=(blamed[-1].seq, *(one.seq for one in shown[-3:])),
            line=f"note #{blamed[-1].seq} Put together what answers it, by date",
            verb=f"record {scene.docket.client} --for own {kinds} -o .",
            rank=6,
        )
