"""Letters: a text with named facts, filled from the docket; what it does not know is asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from store.decision.rules import WATCHING
from store.docket.blocked import Block, blocks
from store.docket.ledger import Invoice
from store.docket.repairs import plans
from store.docket.steps import about_money, invoices_named
from store.docket.tracking import Request
from store.entries import KINDS, StepData
from store.entries.kinds import weighing
from store.errors import UsageError
from store.playbook.dated import told_facts
from store.playbook.scene import Scene
from store.text import plural

FOLDER: Final = Path(__file__).parent / "letters"
FACTS: Final[Mapping[str, str]] = {
    "me": "your name",
    "my_address": "your address",
    "payment_details": "how to pay you",
    "client": "their name",
    "invoice": "the number of the invoice",
    "issued": "the day it was issued",
    "due": "the day it was due",
    "amount": "what is open of it",
    "total": "what it was over",
    "days_late": "how late it is",
    "new_date": "the new day",
    "last_step": "the day you last wrote about it",
    "history": "what you have done so far, with days",
    "stop_day": "the day on which work stops",
    "clause": "the clause that lets you stop",
    "charges": "interest and costs so far",
    "next_measure": "what you will do next, and mean to do",
    "stopped": "the day on which work stopped",
    "today": "the day of the letter",
    "new_dates": "the dates that have moved",
    "asked": "what you asked for",
    "asked_on": "the day you asked",
    "needed_by": "the day it was needed by",
    "waited": "how long it has been waited for",
    "item": "the work that cannot go on",
    "old_date": "the date as it was agreed",
    "answer_by": "the day you need an answer by",
    "complained_on": "the day they complained",
    "thing": "what you are sorry for, by its name",
    "act": "the one useful thing you will do first",
    "act_day": "the day by which it is done",
    "their_business": "what they sell or do themselves, and expect to be paid for",
    "facts": "three facts with their days",
    "wanted": "what you ask of them from now on",
    "watch_until": "until when you will watch it",
}
"""What a letter may hold, as it is asked for."""
_CHOICES: Final = ("their_business",)
"""Facts of sentences that may be left out, and that no docket holds (advice 100)."""
_NAME = re.compile(r"\{(\w+)\}")
_ENDED = re.compile(r"(?<=[?!…؟។])\.")
"""A full stop behind what they were asked in words that end by themselves."""
_OPTION = re.compile(r"\[([^\[\]]*)\]")
_TO_PAY: Final = 10
"""Days that a letter with a new day to pay by gives, where nobody says another."""
_TO_ANSWER: Final = 3


class Letter(NamedTuple):
    """A letter as it is sent; `missing` names the facts it lacks, and their places show so.

    `choices` names facts that would add a sentence, and that only the user can know.
    """

    id: str
    subject: str
    body: str
    missing: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


def letter_ids() -> list[str]:
    """Return the letters there are, by id."""
    return sorted(path.stem for path in FOLDER.glob("*.txt"))


def letter(id_: str, facts: Mapping[str, str]) -> Letter:
    """Return the letter `id_` with these facts in it.

    What stands in square brackets is left out where a fact in it is missing. UsageError where there
    is no such letter.
    """
    if id_ not in letter_ids():
        known = ", ".join(letter_ids())
        raise UsageError(f"There is no letter '{id_}'", f"there is {known}", "Name one of these")
    source = (FOLDER / f"{id_}.txt").read_text(encoding="utf-8")
    kept = _OPTION.sub(lambda part: part[1] if _known(part[1], facts) else "", source)
    missing = tuple(dict.fromkeys(name for name in _NAME.findall(kept) if not facts.get(name)))
    subject, _, body = kept.partition("\n")
    subject, body = (_filled(part, facts) for part in (subject, _paragraphs(body)))
    choices = tuple(name for name in _CHOICES if f"{{{name}}}" in source and not facts.get(name))
    return Letter(id_, subject.removeprefix("subject: "), body, missing, choices)


def facts_for(scene: Scene, about: str) -> dict[str, str]:
    """Return what a letter about an invoice, or about `#12`, may hold, as far as it is known."""
    docket, config, today = scene.docket, scene.config, scene.today
    found = {
        "me": config.author,
        "my_address": config.address,
        "payment_details": config.payment_details,
        "client": docket.name,
        "clause": (docket.terms.suspension_clause or "").rstrip(". "),
        "today": _day(today),
        "stop_day": _day(today + timedelta(days=docket.terms.suspension_notice_days or 0)),
        "stopped": _day(docket.stopped.day) if docket.stopped else "",
        "answer_by": _day(scene.working.at_or_after(today + timedelta(days=_TO_ANSWER))),
        "facts": "\n".join(told_facts(docket)),
        "watch_until": _day(today + timedelta(days=WATCHING)),
    }
    found |= _of_complaint(scene, about)
    bill = docket.ledger.find(about) or next(iter(docket.overdue), None)
    if bill:
        found |= _of_bill(scene, bill)
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


def _of_bill(scene: Scene, bill: Invoice) -> dict[str, str]:
    taken = [
        step
        for step in about_money(scene.taken, scene.docket)
        if step.kind in weighing("chasing") | {"stop"}
        and step.day > bill.due
        and (not (named := invoices_named(step, scene.docket)) or bill.number in named)
    ]
    said = [f"{KINDS[step.kind].label} on {_day(step.day)}" for step in taken]
    return {
        "invoice": bill.number,
        "issued": _day(bill.issued),
        "due": _day(bill.due),
        "amount": str(bill.balance),
        "total": str(bill.amount),
        "days_late": plural(max(0, (scene.today - bill.due).days), "day"),
        "last_step": _day(taken[-1].day) if taken else "",
        "history": ", ".join(said),
        "new_date": _day(scene.working.at_or_after(scene.today + timedelta(days=_TO_PAY))),
    }


def _of_complaint(scene: Scene, about: str) -> dict[str, str]:
    """Return what is known of the complaint `#12`, and of the repair that was offered for it."""
    complaint = next(
        (one for one in scene.docket.kind("complaint") if about == f"#{one.seq}"), None
    )
    if complaint is None:
        return {}
    found = {"complained_on": _day(complaint.day)}
    offered = [one.to_do for one in plans(scene.docket) if one.about == complaint.seq]
    if offered and (act := offered[-1]):
        found |= {"act": act.statement.split("\n", 1)[0].rstrip(". ")}
        by = act.data.effective if isinstance(act.data, StepData) else None
        found |= {"act_day": _day(by) if by else ""}
    return found


def _of_request(asked: Request, today: date, agreed: bool) -> dict[str, str]:
    """Return what a letter may say of a request; no day that was neither named nor `agreed`."""
    what = asked.parts[-1].missing if asked.parts and asked.parts[-1].missing else asked.statement
    return {
        "asked": what.split("\n", 1)[0].rstrip(". "),
        "asked_on": _day(asked.asked),
    } | (
        {
            "needed_by": _day(asked.expected),
            "waited": plural(asked.days_over(today), "day"),
        }
        if agreed or asked.needed_by
        else {}
    )


def _of_block(block: Block, today: date) -> dict[str, str]:
    """Return what a letter may say of an approval or an access that work waits for."""
    return {
        "asked": block.what.rstrip(". "),
        "waited": plural((today - block.after).days, "day"),
    }


def _moved(scene: Scene) -> dict[str, str]:
    """Return the next day of mine that they have moved, with what it was and what it is now."""
    if not (shift := next(iter(scene.shifts), None)):
        return {"item": "", "old_date": "", "new_date": ""}
    what = shift.promise.statement.split("\n", 1)[0].rstrip(". ")
    return {"item": what, "old_date": _day(shift.old), "new_date": _day(shift.new)}


def _filled(text: str, facts: Mapping[str, str]) -> str:
    filled = _NAME.sub(lambda found: facts.get(found[1]) or f"<{FACTS[found[1]]}>", text)
    return _ENDED.sub("", filled)


def _known(part: str, facts: Mapping[str, str]) -> bool:
    return all(facts.get(name) for name in _NAME.findall(part))


def _paragraphs(source: str) -> str:
    """Return a text with a paragraph a line; a line that ends in a backslash stays one."""
    parts = [part.strip() for part in re.split(r"\n\s*\n", source) if part.strip(" \\\n")]
    joined = (re.sub(r"(?<!\\)\n", " ", part).replace("\\\n", "\n") for part in parts)
    return "\n\n".join(re.sub(r" +", " ", part).strip("\\") for part in joined) + "\n"


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
