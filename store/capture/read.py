"""Reads one captured line: which client, which kind, and everything the marks say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from pydantic import ValidationError

from store.capture import terms
from store.capture.marks import Marks, pieces, read_marks, spaced, take_options
from store.capture.reading import NEW_CLIENT, Reading, in_words
from store.capture.shapes import Background, ShapedEntry, shape_for
from store.dates import parse_when, words_of_a_date
from store.docket import Docket
from store.docket.checks import check_against, check_alone, needs_docket
from store.entries import (
    IN_WORDS,
    KINDS,
    NO_OWN,
    Draft,
    Entry,
    Kind,
    Own,
    draft_problems,
    kind_begun,
    split_kind,
)
from store.errors import DocketError, UsageError
from store.journal.chain import NOT_YET
from store.text import Verbatim, clean, clean_line, clean_name, fold, looks
from store.tone.settlement import begins_as
from store.workspace import Workspace

_NO_KIND: Final = "a note weighs nothing: begin with a kind, such as complaint, where it should"
_SENTENCE: Final = 3
"""Words that a line has once it says something: what is shorter may become a kind."""


def read_capture(
    line: str,
    *,
    clients: Mapping[str, str],
    now: datetime,
    current: str | None,
    docket: Docket | None = None,
    currency: str = "EUR",
    own: Own = NO_OWN,
) -> Reading:
    """Return what `line` says; text after its first line end goes into the statement as it is.

    `clients` maps ids to names, `current` is the selected client, `docket` the docket of the
    client that is meant (without it, numbers of entries and invoices go unchecked), `currency`
    stands in where the terms name none, `own` are the user's own words for kinds. Never raises:
    what is wrong is in `problems`.
    """
    first, _, more = line.partition("\n")
    try:
        head, rest = clean_line(first), clean(more)
    except UsageError as error:
        return Reading(current, None, problems=(error.what,), words=str(error))
    words = head.split()
    if words and words[0].lower() == "new" and "new" not in clients:
        return _new_client(head, rest, now, currency, clients)
    client, left, trouble = client_meant(head, clients, current, own)
    marks = read_marks(pieces(left), now)
    marks.problems[:0] = trouble
    docket = docket if docket and docket.client == client else None
    said = len(marks.words)
    meant = _take_kind(marks, own)
    by_itself = meant == KINDS["note"] and said == len(marks.words) >= _SENTENCE
    known = (docket.terms.currency if docket else None) or currency
    shape = shape_for(meant, marks, Background(now, docket, known))
    if by_itself and not shape.remarks:
        shape.remarks.append(_NO_KIND)
    shape.statement = "\n".join(part for part in (shape.statement, rest) if part)
    return _finish(client, meant, marks, shape, clients.get(client or "", ""), now, docket)


def log_reading(workspace: Workspace, reading: Reading) -> list[Entry]:
    """Log what a complete reading says: one entry, or the first ones of a new client."""
    if reading.kind != NEW_CLIENT:
        return [workspace.enter(**reading.draft_fields())]
    profile = {key: value for key, value in reading.data.items() if key != "terms"}
    profile["name"] = clean_name(str(profile["name"]))
    client = workspace.new_id(profile["name"])
    return workspace.add_client(client, profile, reading.data["terms"], reading.when)


def client_meant(
    line: str, clients: Mapping[str, str], current: str | None, own: Own = NO_OWN
) -> tuple[str | None, str, list[str]]:
    """Return the client `line` is about, the rest of the line, and what is unclear about it.

    A first word that names a client wins: its id, its name's first word, or, where no client is
    selected or a kind follows, any unambiguous beginning.
    """
    first, _, rest = line.strip().partition(" ")
    if first in clients:
        return first, rest, []
    found = _clients_like(first, clients)
    words = line.split()
    kind = kind_begun(words, own)
    sure = current is None or bool(kind_begun(words[1:], own))
    if kind is None and len(found) == 1 and (sure or _is_first_word(first, clients[found[0]])):
        return found[0], rest, []
    if current is not None:
        return current, line, []
    if not first:
        return None, line, ["type a client, then what happened"]
    if kind is None and len(found) > 1:
        return None, rest, [f"'{first[:20]}' could be {' or '.join(found[:4])}"]
    hint = "add one with: new NAME" if not clients else "start with a client's id or name"
    return None, line, [f"which client? {hint}"]


def _is_first_word(word: str, name: str) -> bool:
    return fold(name).split(" ")[0] == fold(word)


def _clients_like(word: str, clients: Mapping[str, str]) -> list[str]:
    wanted = fold(word)
    if not wanted:
        return []
    exact = [one for one, name in clients.items() if fold(name) == wanted]
    return exact or [
        one
        for one, name in clients.items()
        if one.startswith(wanted) or any(part.startswith(wanted) for part in fold(name).split())
    ]


def _take_kind(marks: Marks, own: Own) -> Kind | None:
    """Take the kind from the first word; words that name none make a note."""
    if not marks.words:
        marks.problems.append("what happened? type a kind, such as late-payment, or plain words")
        return None
    try:
        typed = marks.words
        kind, marks.words = split_kind(typed, own)
        marks.taken += typed[: len(typed) - len(marks.words)]
    except UsageError as error:
        marks.problems.append(f"{error.what}. {error.remedy}")
        return KINDS["note"]
    if kind.id == "amendment":
        marks.problems.append("to correct an entry, select it and amend it")
        return None
    return kind


def _finish(
    client: str | None,
    meant: Kind | None,
    marks: Marks,
    shape: ShapedEntry,
    name: str,
    now: datetime,
    docket: Docket | None,
) -> Reading:
    kind = meant.id if meant else None
    problems = [*marks.problems, *shape.problems]
    worded = meant and (meant.worded or meant.group in IN_WORDS)
    if worded and not shape.statement and not problems:
        problems.append("say in a few words what it is about")
    reading = Reading(
        client=client,
        kind=kind,
        called=meant.called if meant else "",
        statement=shape.statement,
        when=marks.when,
        severity=marks.severity,
        hours=shape.data.get("hours"),
        quotes=tuple(marks.quotes),
        data=shape.data,
        problems=tuple(problems),
        channel=marks.channel,
        links=tuple(shape.links),
        refs=shape.refs,
        visibility=marks.visibility or begins_as(kind or "", [shape.statement, *marks.quotes]),
        taken=tuple(marks.taken),
    )
    if not problems:
        reading = _judged(reading, now, docket)
    said = in_words(reading, name, now.date())
    if shape.remarks:
        said = f"{said} ({'; '.join(shape.remarks)})"
    if reading.problems:
        said = reading.problems[0] if kind is None else f"{said}. Not yet: {reading.problems[0]}"
    return replace(reading, words=said)


def _judged(reading: Reading, now: datetime, docket: Docket | None) -> Reading:
    """Return `reading` as the store would take it, or with why it would not."""
    fields: dict[str, Any] = {k: v for k, v in reading.draft_fields().items() if v is not None}
    moment = now if reading.when is None else reading.when.at
    try:
        draft = Draft.model_validate({**fields, "occurred_at": moment})
        check_alone(draft, now)
        on_record = all(link.seq < NOT_YET for link in draft.links)
        if docket and on_record and needs_docket(draft):  # what waits, only the outbox knows
            draft = check_against(draft, docket)
    except ValidationError as error:
        return replace(reading, problems=(draft_problems(error),))
    except DocketError as error:
        return replace(reading, problems=(str(error),))
    return replace(reading, visibility=draft.visibility)


def _new_client(
    head: str, more: str, now: datetime, currency: str, clients: Mapping[str, str]
) -> Reading:
    """Read `new NAME`, then what was agreed, in options or as people write it."""
    marks = read_marks(_days_only(pieces(head)[1:], now), now)
    take_options(marks, terms.OPTIONS | {"mail"} | _TWIN, now.date())
    name, said = terms.split_new(marks.words)
    said |= {key: value for key, value in marks.options.items() if key not in _TWIN}
    data: dict[str, Any] = {"name": " ".join(name), "terms": {}}
    if "mail" in said:
        data["email"] = said.pop("mail")
    problems = [*marks.problems, *filter(None, (_no_mark(marks), terms.misplaced(name)))]
    try:
        data["terms"] = terms.terms_of(said, currency)
    except DocketError as error:
        problems.append(str(error).rstrip("."))
    if not name:
        problems.insert(0, "what is the client called? new Acme Media EUR 85/h net14")
    same, alike = namesakes(data["name"], clients)
    if same and "twin" not in marks.options:
        problems.append(f"{clients[same[0]]} is a client already ({same[0]}); if not, add twin:yes")
    if more:
        problems.append("a new client takes one line; log what is below it as a note")
    if not problems and (refused := _client_refusal(data, now)):
        problems.append(refused)
    reading = Reading(None, NEW_CLIENT, when=marks.when, data=data, problems=tuple(problems))
    told = in_words(reading, "", now.date())
    if alike:
        told += f" (not {clients[alike[0]]}, {alike[0]}?)"
    return replace(reading, words=f"{told}. Not yet: {problems[0]}" if problems else told)


def namesakes(name: str, clients: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Return the ids of clients called `name`, and of those called nearly so or by that id."""
    from difflib import get_close_matches

    wanted = _letters(name)
    if not wanted:
        return [], []
    spelled = {client: _letters(known) for client, known in clients.items()}
    same = [
        client
        for client, known in clients.items()
        if spelled[client] == wanted or looks(known) == looks(name)
    ]
    near = get_close_matches(wanted, list(spelled.values()), n=1, cutoff=0.85)
    alike = [
        client
        for client, known in spelled.items()
        if known in near or wanted == client.replace("-", "")
    ]
    return same, [client for client in alike if client not in same]


def _letters(name: str) -> str:
    seen = looks(name)
    return "".join(sign for sign in seen if sign.isalnum()) or seen.strip()


def _days_only(words: Sequence[str], now: datetime) -> list[str]:
    """Return `words` with those kept as text that only look like a moment: Studio @home."""

    def day(text: str) -> object:
        return parse_when(text, now)

    return [
        Verbatim(word)
        if word.startswith("@")
        and not words_of_a_date([spaced(word[1:]), *words[place + 1 :]], day, now.date())
        else word
        for place, word in enumerate(words)
    ]


def _no_mark(marks: Marks) -> str:
    """Return why a new client takes no such mark; empty where there is none."""
    marked = (marks.severity, marks.hours, marks.channel, marks.visibility)
    if any(one is not None for one in marked):
        return "a new client takes a day (@fri) and what was agreed, no other mark"
    for word in marks.words:
        name = word.partition(":")[0].lower()
        if name in ("due", "by", "to") and len(name) + 1 < len(word) and ":" in word:
            return f"a new client has no {name}:"
    return ""


_TWIN = frozenset({"twin"})


def _client_refusal(data: Mapping[str, Any], now: datetime) -> str:
    """Return why the store would refuse this client, or an empty string."""
    profile = {name: value for name, value in data.items() if name != "terms"}
    try:
        clean_name(data["name"])
        for kind, said in (("client", profile), ("terms", data["terms"])):
            fields = {"client": "new", "kind": kind, "occurred_at": now, "data": said}
            Draft.model_validate(fields)
    except ValidationError as error:
        return draft_problems(error)
    except DocketError as error:
        return str(error)
    return ""
