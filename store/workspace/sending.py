"""What waits in the outbox, sent in the order it was typed in once the server can be reached."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from store.entries.words import entry_named, number_words
from store.errors import DocketError, UsageError
from store.journal import Line
from store.journal.chain import NOT_YET
from store.journal.drafts import TypedBefore
from store.journal.errors import NotAllowedError, NotKnownError, ServerAwayError
from store.journal.lock import locked_journal
from store.text import clean

if TYPE_CHECKING:
    from store.entries import Draft
    from store.journal.outbox import Begun, Outbox, WaitingLine
    from store.journal.shared import Shared, SharedJournal
    from store.workspace.begun import Dockets

_AT_A_TIME: Final = 25
"""After so many lines it is written down that they were sent; asked for again, they are there."""


class Delivery(NamedTuple):
    """What came of sending: entries with their numbers, those refused now, and what stopped it."""

    sent: tuple[tuple[WaitingLine, int], ...] = ()
    begun: tuple[str, ...] = ()
    refused: tuple[WaitingLine, ...] = ()
    stopped: str = ""

    @property
    def told(self) -> Iterator[str]:
        """What there is to say of it, a line each."""
        yield from self.begun
        for one, seq in self.sent:
            if one.is_entry:
                yield f"{_called(one)} is on record now, as {one.client}#{seq}."
        yield from (refusal_words(one) for one in self.refused if one.is_entry)
        if self.stopped:
            yield self.stopped


def refusal_words(one: WaitingLine) -> str:
    """Return that an entry in the outbox was refused, why, and what to do."""
    return f"{_called(one)} is not on record: {one.why}. {one.remedy}."


def deliver(dockets: Dockets, *, again: bool = False) -> Delivery:
    """Send what waits, and return what came of it; what was refused before only `again`.

    Each line is asked for by its id first, so that it is there once whoever was cut short before.
    """
    shared = dockets.journals.shared
    if shared is None or shared.outbox is None:
        return Delivery()
    sender, outbox = _Sender(dockets, shared, shared.outbox), shared.outbox
    begun = [one for one in outbox.begun.values() if again or not one.why]
    return sender.send(begun, [one for one in outbox.waiting() if again or not one.why])


class _Sender:
    def __init__(self, dockets: Dockets, shared: Shared, outbox: Outbox) -> None:
        self._dockets, self._shared, self._outbox = dockets, shared, outbox
        self._numbers: dict[str, int] = {}
        self._settled: list[str] = []

    def send(self, begun: Sequence[Begun], waiting: Sequence[WaitingLine]) -> Delivery:
        """Send dockets that were begun here first, as others may be about them."""
        from store.workspace.begun import send_begun

        told: list[str] = []
        for one in begun:
            try:
                told.append(send_begun(self._dockets, self._shared, self._outbox, one))
            except (ServerAwayError, NotKnownError) as error:
                self._shared.away = self._shared.away or _away(error)
                return Delivery(begun=tuple(told))
            except DocketError as error:  # that it is refused is said of what the outbox holds
                if not isinstance(error, UsageError):
                    told.append(str(error))
        done = self._send_lines(waiting)
        return done._replace(begun=tuple(filter(None, told)))

    def _send_lines(self, waiting: Sequence[WaitingLine]) -> Delivery:
        sent: list[tuple[WaitingLine, int]] = []
        refused: list[WaitingLine] = []
        stuck: dict[str, str] = {}
        try:
            for one in waiting:
                if one.client in stuck:
                    continue
                try:
                    seq = self._send(one)
                except (ServerAwayError, NotKnownError) as error:
                    self._shared.away = self._shared.away or _away(error)
                    break
                except (UsageError, NotAllowedError) as error:
                    refused.append(self._refuse(one, error))
                except DocketError as error:  # it may be otherwise next time
                    stuck[one.client] = str(error)
                else:
                    sent.append((one, seq))
                    self._numbers[one.id] = seq
                    self._settle(one.id)
        finally:
            self._outbox.done(*self._settled)
        return Delivery(tuple(sent), (), tuple(refused), "\n".join(stuck.values()))

    def _settle(self, id_: str) -> None:
        self._settled.append(id_)
        if len(self._settled) == _AT_A_TIME:
            self._outbox.done(*self._settled)
            self._settled.clear()

    def _refuse(self, one: WaitingLine, error: DocketError) -> WaitingLine:
        why = f"{error.what}: {error.why}" if error.why else error.what
        called = _called(one)
        remedy = f"`docket server edit {called}` changes it, `docket server drop {called}` drops it"
        self._outbox.refused(one.id, why, remedy)
        return one._replace(why=why, remedy=remedy)

    def _send(self, one: WaitingLine) -> int:
        """Put one line on record, unless it is, and return its number."""
        path = self._shared.folder / one.name
        docket = self._dockets.path(one.client)
        if not docket.exists():
            raise UsageError(f"There is no client {one.client} any more")
        for exhibit in one.fields.get("exhibits", ()):
            self._shared.send(one.client, self._dockets.places.exhibits / exhibit["sha256"])
        if one.is_entry:
            file = self._dockets.file(one.client)
        else:
            with locked_journal(docket, shared=True) if not path.exists() else nullcontext():
                if not path.exists():
                    begun = self._dockets.journals.begin(path, first=self._custody(one))
                    return int(begun.head.count)
            file = self._dockets.journals.open(path)
        found = 0

        def judge(made: Sequence[Line]) -> Iterator[TypedBefore]:
            nonlocal found
            known = (line.seq for line in file.after(one.after) if line.fields.get("id") == one.id)
            if found := next(known, 0):
                return
            yield from self._judged(one, made) if one.is_entry else self._custody(one)

        lines = _shared(file).deliver(judge)
        return found or lines[-1].seq

    def _judged(self, one: WaitingLine, made: Sequence[Line]) -> Iterator[TypedBefore]:
        """Yield an entry as it is to be chained, checked against the docket as it is by now."""
        from store.docket.trial import Trial
        from store.workspace.draft import parse_draft

        dockets = self._dockets
        draft = parse_draft(self._tied(one))
        trial = Trial(dockets.docket(one.client))
        for fields in trial.judged([draft], made, dockets.clock()):
            yield TypedBefore(one.id, one.typed_at, fields)

    def _custody(self, one: WaitingLine) -> list[TypedBefore]:
        fields = one.fields
        if one.of:
            fields = {**fields, "entry": self._number(one, one.of, fields["entry"])}
        return [TypedBefore(one.id, one.typed_at, fields)]

    def _tied(self, one: WaitingLine) -> dict[str, Any]:
        """Return its fields with the numbers that what it is about has got meanwhile."""
        links = [
            {**link, "seq": self._number(one, link.get("id", ""), link["seq"])}
            for link in one.fields.get("links", ())
        ]
        fields = {**one.fields, **({"links": links} if links else {})}
        pairs = zip(one.fields.get("links", ()), links, strict=True)
        if numbers := {old["seq"]: new["seq"] for old, new in pairs if old["seq"] != new["seq"]}:
            fields["statement"] = _renumbered(fields.get("statement", ""), one.client, numbers)
        if _names_waiting(fields):
            raise UsageError(
                "It names what had no number yet", "and in a way that cannot be followed"
            )
        return fields

    def _number(self, one: WaitingLine, id_: str, seq: int) -> int:
        if seq < NOT_YET:
            return seq
        if id_ not in self._numbers:
            lines = self._dockets.file(one.client).lines
            told = f'"id":"{id_}"'.encode()
            places = (place for place, raw in enumerate(lines.raws()) if told in raw)
            for place in places:
                if lines[place].fields.get("id") == id_:
                    self._numbers[id_] = lines[place].seq
        if id_ not in self._numbers:
            raise UsageError(
                f"It is about {entry_named(one.client, seq)}", "which is not on record either"
            )
        return self._numbers[id_]


def reword_waiting(dockets: Dockets, seq: int, text: str) -> str:
    """Have an entry that waits say something else, and return what to say of that."""
    outbox, one = _waits(dockets, seq)
    if not text.strip():
        raise UsageError(f"{_called(one)} would say nothing", "", "Type what it is to say")
    outbox.reworded(one.id, {**one.fields, "statement": clean(text)})
    return f"{_called(one)} says that now; it is checked as it is sent"


def drop_waiting(dockets: Dockets, seq: int, reason: str) -> str:
    """Drop an entry that waits, and return what to say; what it said is kept among the drafts."""
    outbox, one = _waits(dockets, seq)
    if not reason.strip():
        raise UsageError(f"{_called(one)} was not dropped", "there is no reason", "Say why")
    if said := str(one.fields.get("statement", "")).strip():
        dockets.drafts.add("unsent", said, one.client)
    outbox.done(one.id, *(other.id for other in outbox.waiting() if other.of == one.id))
    kept = "; what it said is among the drafts" if said else ""
    return f"{_called(one)} is dropped, and was never on record: {reason.strip()}{kept}"


def _waits(dockets: Dockets, seq: int) -> tuple[Outbox, WaitingLine]:
    outbox: Outbox | None = dockets.journals.outbox
    one = outbox.find(seq) if outbox else None
    if outbox is None or one is None:
        raise UsageError(f"{number_words(seq)} does not wait", "", "See `docket server outbox`")
    return outbox, one


def tied_to_record(dockets: Dockets, draft: Draft) -> Draft:
    """Return a draft that names what waited until just now by the number it has got."""
    if all(link.seq < NOT_YET for link in draft.links):
        return draft
    lines = dockets.file(draft.client).lines
    told = {str(line.fields.get("id")): line.seq for line in lines}
    links = tuple(replace(link, seq=told.get(link.id, link.seq)) for link in draft.links)
    numbers = {old.seq: new.seq for old, new in zip(draft.links, links, strict=True)}
    said = _renumbered(draft.statement, draft.client, numbers)
    return draft.model_copy(update={"links": links, "statement": said})


def _renumbered(said: str, client: str, numbers: Mapping[int, int]) -> str:
    """Return what an entry says with `#~1` and `acme~1` as the numbers that those have got."""

    def number(match: re.Match[str]) -> str:
        now = numbers.get(NOT_YET + int(match[2]), NOT_YET)
        return f"{match[1].rstrip('#')}#{now}" if now < NOT_YET else match[0]

    return re.sub(rf"(?<![\w-])(#|{re.escape(client)})~(\d{{1,7}})\b", number, said)


def _called(one: WaitingLine) -> str:
    return entry_named(one.client, NOT_YET + one.number)


def _away(error: DocketError) -> ServerAwayError:
    if isinstance(error, ServerAwayError):
        return error
    away = ServerAwayError("", error.why)
    away.what = "The server cannot be reached"
    return away


def _shared(file: Any) -> SharedJournal:
    from store.journal.shared import SharedJournal

    assert isinstance(file, SharedJournal)
    return file


def _names_waiting(told: Any) -> bool:
    """Whether a number that counts from NOT_YET stands anywhere in it."""
    if isinstance(told, dict):
        return any(map(_names_waiting, told.values()))
    if isinstance(told, list | tuple):
        return any(map(_names_waiting, told))
    return isinstance(told, int) and told >= NOT_YET
