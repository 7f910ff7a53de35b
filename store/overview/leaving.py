"""Leaving a client as both edges do it: each answer is checked and kept at once, so it resumes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple, get_args

from store.dates import parse_day, parse_days
from store.docket import Docket
from store.entries import Channel, Entry
from store.entries.words import entry_named
from store.errors import DocketError, UsageError
from store.files import typed_path
from store.languages import ENGLISH
from store.playbook.leaving import Matter, open_matters
from store.private.model import Leaving
from store.quantities import parse_of_ten
from store.records.desk import RecordRequest
from store.records.dispute.selection import shown_docket
from store.records.report.material import ReportWords
from store.records.report.reasons import cited
from store.text import clean_line, few
from store.tone.sent import looks_again
from store.workspace import Workspace

NONE: Final = "none"
"""What is typed where there is nothing to say: it settles the point."""
_TERMS: Final = ("good", "neutral", "bad")
_MAY_BE_NONE: Final = frozenset({"fears", "tips", "theirs", "they_say", "report"})
_LISTS: Final = frozenset({"fears", "tips", "next_one"})


class AskedFor(NamedTuple):
    """What is asked for a point: in words, and with an example of an answer."""

    words: str
    example: str


PROMPTS: Final[Mapping[str, AskedFor]] = {
    "notice": AskedFor("Days of notice that the contract asks for", "30, or 0 where none is named"),
    "balance": AskedFor("What becomes of what they owe", "They pay INV-7 by the last day"),
    "fears": AskedFor("What do you fear of it", "They will write a bad review; or none"),
    "channel": AskedFor("How do you tell them", "phone, or email"),
    "channel_why": AskedFor("Why in writing", "They are never there for a call"),
    "because": AskedFor(
        "I am not able to meet your needs because", "direction, or fit, or a reason and #12 #15"
    ),
    "true": AskedFor("Is that true, as you would say it to a friend", "yes"),
    "thanks": AskedFor("Something true and kind about where they go", "Your second shop opens"),
    "ends": AskedFor("The last day", "+30d, or 30 nov"),
    "tips": AskedFor("A parting gift: a tip, or a name", "Ask Ann Lee about the photos; or none"),
    "next_one": AskedFor("Who could serve them next", "Ann Lee, Harbour Street 4"),
    "said": AskedFor("They know. What was said", "Called Ann; she took it well"),
    "they_say": AskedFor("Would they recommend you, 0 to 10, and their words", "8 Gladly; or none"),
    "recommend": AskedFor("Would you recommend them, 0 to 10: private", "3"),
    "terms": AskedFor("The terms you part on", "good, neutral or bad"),
    "theirs": AskedFor("Do you hold anything of theirs", "none, or docket handover logs it"),
    "report": AskedFor("Where to write the final report", "a file or a folder; or none"),
    "feared": AskedFor("What happened of what you feared", "Nothing of it"),
}
"""What is asked for, by the name that a point asks it under."""


def leaving_of(workspace: Workspace, client: str) -> Leaving:
    """Return how a client is being left, as far as it is chosen; what would be begun if it is not.

    One that was closed is over once work was taken up again.
    """
    kept = workspace.private.of(client).leaving
    if kept is None or (kept.closed and workspace.docket(client).ended is None):
        return Leaving(begun=workspace.today)
    return kept


def answer(workspace: Workspace, client: str, name: str, text: str) -> list[str]:
    """Take the answer to a point, keep it, and return what there is to say of it.

    UsageError says what is wrong with it; nothing is kept then.
    """
    docket = workspace.docket(client)
    leaving = leaving_of(workspace, client)
    text = clean_line(text, what="the answer")
    if not text:
        raise UsageError("Nothing was said", "", f"For example: {PROMPTS[name].example}")
    if text.casefold().rstrip(".") == NONE and name in _MAY_BE_NONE:
        settled = leaving.model_copy(update={"none": (*leaving.none, name)})
        workspace.private.set_leaving(client, settled)
        return []
    if name in _DONE:
        workspace.private.set_leaving(client, leaving)
        return _DONE[name](workspace, docket, leaving, text)
    changed = _read(docket, leaving, name, text)
    workspace.private.set_leaving(client, Leaving.model_validate({**dict(leaving), **changed}))
    return _second_look(docket, text) if name not in ("channel", "ends") else []


def drop(workspace: Workspace, client: str) -> None:
    """Forget how the client was to be left."""
    workspace.private.set_leaving(client, None)


def close(workspace: Workspace, client: str) -> Leaving:
    """Close it, and return it; DocketError names what is still open."""
    docket, leaving = workspace.docket(client), leaving_of(workspace, client)
    if still := open_matters(docket, leaving):
        raise DocketError(f"{client} cannot be closed yet", _still(still), _how(still[0]))
    closed = leaving.model_copy(update={"closed": workspace.today})
    workspace.private.set_leaving(client, closed)
    return closed


def reopen(workspace: Workspace, client: str, why: str) -> Entry:
    """Log that work is taken up again, and why; UsageError where it had not ended."""
    docket = workspace.docket(client)
    if docket.ended is None:
        raise UsageError(f"{client} has not ended", "no notice was given", "")
    why = clean_line(why, what="the reason")
    if not why:
        raise UsageError("Why take it up again", "it ended for a reason", "Say what is different")
    return workspace.enter(client, "resume", why)


def report_words(workspace: Workspace, leaving: Leaving) -> ReportWords:
    """Return the words of a final report that say the same as the letter does."""
    return ReportWords(
        prepared_by=workspace.author,
        thanks=leaving.thanks,
        because=leaving.because if leaving.ground == "entries" else "",
        entries=leaving.entries if leaving.ground == "entries" else (),
        direction=leaving.ground == "direction",
        fit=leaving.ground == "fit",
        tips=leaving.tips,
        next_one=leaving.next_one,
        ends=leaving.ends,
    )


def _read(docket: Docket, leaving: Leaving, name: str, text: str) -> dict[str, Any]:
    """Return the fields that an answer changes."""
    if name == "theirs":
        raise UsageError(
            "What you hold of theirs is handed over first",
            "",
            f"docket handover {docket.client} ITEM --to NAME, or answer none",
        )
    if name == "because":
        return _reason(docket, text)
    if name == "ends":
        return {"ends": _last(docket, text)}
    if name in _LISTS:
        return {name: (*getattr(leaving, name), text)}
    return {name: _READERS.get(name, _as_typed)(text)}


def _reason(docket: Docket, text: str) -> dict[str, Any]:
    """Return the reason in `direction`, `fit`, or in words with the entries they rest on."""
    unsure = {"true": False}
    if text.casefold() in ("direction", "fit"):
        return {"ground": text.casefold(), "because": "", "entries": (), **unsure}
    words = text.split()
    seqs = [word for word in words if word.startswith("#")]
    numbers = [int(word.strip("#,.")) for word in seqs if word.strip("#,.").isdecimal()]
    evidence = cited(docket, shown_docket(docket), numbers)
    because = " ".join(word for word in words if word not in seqs).strip(" ,(")
    if not because:
        raise UsageError("The reason has no words", "", "Write it before the entries")
    found = tuple(entry.seq for entry in evidence)
    return {"ground": "entries", "because": because, "entries": found, **unsure}


def _last(docket: Docket, text: str) -> date:
    day = parse_day(text, docket.today)
    if day < docket.today:
        raise UsageError(f"'{text[:40]}' is no day to come", "", "Write +30d, or a date")
    return day


def _yes(text: str) -> bool:
    if text.casefold().rstrip("!.") not in ("yes", "y", "true"):
        raise UsageError("Then it is not the reason to give", "", "Choose one that is true")
    return True


def _channel(text: str) -> str:
    if text.casefold() not in get_args(Channel):
        raise UsageError(f"'{text[:24]}' is no channel", "", f"Use {', '.join(get_args(Channel))}")
    return text.casefold()


def _of_three(text: str) -> str:
    if text.casefold() not in _TERMS:
        raise UsageError(f"'{text[:24]}' says no terms", "", "Write good, neutral or bad")
    return text.casefold()


def _as_typed(text: str) -> str:
    return text


_READERS: Final[Mapping[str, Callable[[str], Any]]] = {
    "true": _yes,
    "channel": _channel,
    "terms": _of_three,
    "recommend": parse_of_ten,
}


_Done = Callable[[Workspace, Docket, Leaving, str], list[str]]


def _log_notice(workspace: Workspace, docket: Docket, leaving: Leaving, text: str) -> list[str]:
    """Log what the contract says of notice, as the terms that it is."""
    days = 0 if text == "0" else parse_days(text)
    return [_logged(workspace.enter(docket.client, "terms", data={"ending_notice_days": days}))]


def _log_said(workspace: Workspace, docket: Docket, leaving: Leaving, text: str) -> list[str]:
    """Log that notice was given: how, in which words, and when the last day is."""
    if docket.ended is not None:
        raise UsageError(f"{docket.client} knows already", f"see #{docket.ended.seq}", "")
    still = [
        one for one in open_matters(docket, leaving) if one.stage != "after" and one.id != "said"
    ]
    if still:
        raise DocketError("It cannot be said yet", _still(still), _how(still[0]))
    entry = workspace.enter(
        docket.client,
        "end-notice",
        text,
        channel=leaving.channel,
        data={"effective": leaving.ends.isoformat() if leaving.ends else None},
    )
    return [_logged(entry)]


def _log_likely(workspace: Workspace, docket: Docket, leaving: Leaving, text: str) -> list[str]:
    """Log how likely they said they are to recommend me, as theirs."""
    first, _, words = text.partition(" ")
    likely = parse_of_ten(first)
    said = words.strip() or f"Asked whether they would recommend me: {likely} of 10"
    return [_logged(workspace.enter(docket.client, "recommends", said, data={"likely": likely}))]


def _write_report(workspace: Workspace, docket: Docket, leaving: Leaving, text: str) -> list[str]:
    """Write the final report with the words that were chosen."""
    output = typed_path(text).absolute()
    request = RecordRequest("report", words=report_words(workspace, leaving))
    made = request.preview(workspace, docket.client)
    written = request.save(workspace, docket.client, made, output)
    told = leaving.model_copy(update={"reported": docket.today})
    workspace.private.set_leaving(docket.client, told)
    return [*written.names, *made.hints]


_DONE: Final[Mapping[str, _Done]] = {
    "notice": _log_notice,
    "said": _log_said,
    "they_say": _log_likely,
    "report": _write_report,
}
"""The answers that do something beside being kept: they are logged, or a file is written."""


def _logged(entry: Entry) -> str:
    return f"{entry_named(entry.client, entry.seq)} logged: {entry.kind}"


def _second_look(docket: Docket, text: str) -> list[str]:
    """Return a sentence for each place that is worth a second look before it is said."""
    profile = docket.profile
    names = tuple(filter(None, (profile.name, profile.contract_name)))
    found = looks_again(text, profile.language or ENGLISH, "parting", names)
    return [f"'{one.words}', {one.noun}: {one.why}" for one in found]


def _still(open_: Sequence[Matter]) -> str:
    """Return what is open, the first three of it."""
    return "open: " + few([point.what.partition(" (")[0] for point in open_], 3, "; ")


def _how(point: Matter) -> str:
    return f"docket {point.how}"
