"""What a record is made for, and what it may leave out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal, get_args

from store.docket.exhibits import initials_of
from store.entries.kinds import KINDS, kinds_that
from store.errors import DocketError, UsageError
from store.languages import ENGLISH, is_language
from store.text import clean_line, clean_name
from store.working_days import MON_FRI, WorkingDays

Purpose = Literal["court", "platform", "mediator", "own", "public"]
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)
DEFAULT_REASON = "privacy"
PLATFORM_FORMS = ("card", "freelance", "payment")
"""Whose form a platform's pack is for: that of a card issuer first."""

_PARTIES = {
    "address": "your address",
    "email": "your e-mail address",
    "phone": "your telephone number",
    "tax_id": "your tax number",
    "court": "the court",
    "case_number": "the number of the case",
}
"""What names the parties beside their names, and in words."""
_FACTS = kinds_that(lambda kind: kind.public)
"""What the facts sheet lists: what has a date and may have a document (advice 3)."""


class RecordError(DocketError):
    """A record cannot be made as asked; no folder was written."""


@dataclass(frozen=True, slots=True)
class RecordOptions:
    """Who the record is for, what of the docket it shows, and who made it.

    `since` and `until` are both inside; the agreement and the account are always whole. `kinds`
    makes an extract of these kinds alone. `first` are numbers of entries that the chronology
    lists before the others, in this order. `redact` is what to withhold, as typed, for the reason
    `because`; it is never written down itself. `despite` are the files that go out although nobody
    can tell whether they hold it, and the entries of which something looks like it: as typed, in a
    record that was written by label and `#12`. `answer_by` is the last day to answer a platform,
    `remedy` what is asked for, in the contractor's words; `truth` the statement of truth. `name`
    is the client's, for a facts sheet, which discloses no entry that says it. `working` says which
    days are worked on, the holidays named one by one. `language` is the one it is written in,
    `signed` the key with which it is signed, empty for none. `form` is whose form a platform's
    pack is for, and `cut` that it is cut where that takes no more; `would_accept` is what would
    settle it, which goes to a mediator only. `address`, `email`, `phone` and `tax_id` are those of
    who prepared it, `court` and `case_number` those of a case that is pending.
    Raises UsageError where the words are wrong.
    """

    purpose: Purpose
    since: date | None
    until: date | None
    prepared_by: str
    redact: tuple[str, ...] = ()
    because: str = DEFAULT_REASON
    kinds: tuple[str, ...] = ()
    first: tuple[int, ...] = ()
    answer_by: date | None = None
    html: bool = False
    remedy: str = ""
    name: str = ""
    despite: tuple[str, ...] = ()
    truth: str = ""
    working: WorkingDays = MON_FRI
    language: str = ENGLISH
    signed: str = ""
    form: str = ""
    cut: bool = False
    would_accept: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    tax_id: str = ""
    court: str = ""
    case_number: str = ""

    def __post_init__(self) -> None:
        if self.purpose not in PURPOSES:
            raise UsageError(
                f"'{str(self.purpose)[:24]}' is no purpose of a record", "", "Use " + _either()
            )
        if self.since and self.until and self.since > self.until:
            raise UsageError("The record would cover no day", "its first day is after its last", "")
        for kind in self.kinds:
            if kind not in KINDS:
                raise UsageError(f"'{kind[:40]}' is no kind of entry", "", "See `docket keys`")
        if self.kinds and self.purpose == "public":
            raise UsageError(
                "A facts sheet has kinds of its own", "", "Leave out the kinds, or the purpose"
            )
        if not is_language(self.language):
            raise UsageError(f"'{self.language[:20]}' is no language", "", "Use its code")
        object.__setattr__(self, "prepared_by", clean_name(self.prepared_by))
        object.__setattr__(self, "kinds", tuple(sorted(set(self.kinds))))
        reason = clean_line(self.because, limit=200, what="the reason")
        object.__setattr__(self, "because", reason or DEFAULT_REASON)
        object.__setattr__(self, "remedy", clean_line(self.remedy, what="what is asked for"))
        self._check_companions()
        self._check_parties()
        object.__setattr__(self, "truth", clean_line(self.truth, what="the statement of truth"))

    def _check_companions(self) -> None:
        """Settle what goes beside the record; UsageError for what this record has no use for."""
        would = clean_line(self.would_accept, what="what would settle it")
        object.__setattr__(self, "would_accept", would)
        if would and self.purpose != "mediator":
            raise UsageError(
                "What you would accept is for a mediator alone", "", "Leave it out, or the purpose"
            )
        object.__setattr__(self, "form", self.form or (PLATFORM_FORMS[0] if self.has_pack else ""))
        if self.form and (not self.has_pack or self.form not in PLATFORM_FORMS):
            raise UsageError(
                f"'{self.form[:24]}' is no form of this record",
                "only a platform's record has a pack" if not self.has_pack else "",
                f"Use {', '.join(PLATFORM_FORMS)} with --for platform",
            )

    def _check_parties(self) -> None:
        """Settle what names the parties; UsageError for a court where none reads it."""
        for name, what in _PARTIES.items():
            said = clean_line(getattr(self, name), what=what)
            object.__setattr__(self, name, said if self.names_parties else "")
        if (self.court or self.case_number) and self.purpose != "court":
            raise UsageError(
                "A court and its case are for a court's record",
                "",
                "Leave them out, or the purpose",
            )

    @property
    def names_parties(self) -> bool:
        """Whether it has a table of the parties; an extract and a facts sheet have none."""
        return self.purpose != "public" and not self.kinds

    @property
    def has_pack(self) -> bool:
        """Whether a text for the fields of a platform's form goes with it; an extract has none."""
        return self.purpose == "platform" and not self.kinds

    @property
    def has_brief(self) -> bool:
        """Whether a mediator's brief goes before it; an extract has none."""
        return self.purpose == "mediator" and not self.kinds

    @property
    def chosen_kinds(self) -> frozenset[str]:
        """The kinds that alone are shown; empty for all."""
        return _FACTS if self.purpose == "public" else frozenset(self.kinds)

    @property
    def initials(self) -> str:
        """Up to three initials for exhibit labels, in plain capitals; EX where there are none."""
        return initials_of(self.prepared_by)

    def covers(self, day: date) -> bool:
        """Whether `day` lies in the period."""
        return (not self.since or day >= self.since) and (not self.until or day <= self.until)

    def as_json(self) -> dict[str, Any]:
        """Return what `from_json` reads: all but what was typed to be withheld."""
        return {
            "answer_by": self.answer_by.isoformat() if self.answer_by else None,
            "because": self.because,
            **({"despite": list(self.despite)} if self.despite else {}),
            **({"cut": True} if self.cut else {}),
            "first": list(self.first),
            **({"form": self.form} if self.form else {}),
            "html": self.html,
            "kinds": list(self.kinds),
            **({"language": self.language} if self.language != ENGLISH else {}),
            "name": self.name,
            "prepared_by": self.prepared_by,
            "purpose": self.purpose,
            "remedy": self.remedy,
            **({"signed": self.signed} if self.signed else {}),
            "since": self.since.isoformat() if self.since else None,
            **({"truth": self.truth} if self.truth else {}),
            "until": self.until.isoformat() if self.until else None,
            **({"would_accept": self.would_accept} if self.would_accept else {}),
            **{name: said for name in _PARTIES if (said := getattr(self, name))},
            **(
                {"week": week}
                if (week := sorted(self.working.week)) != sorted(MON_FRI.week)
                else {}
            ),
            **({"holidays": sorted(map(str, self.working.off))} if self.working.off else {}),
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> RecordOptions:
        """Return options from `as_json`; ValueError, KeyError, TypeError or UsageError if wrong."""
        return cls(
            purpose=values["purpose"],
            since=_day(values["since"]),
            until=_day(values["until"]),
            prepared_by=values["prepared_by"],
            because=values["because"],
            kinds=tuple(values["kinds"]),
            first=tuple(int(number) for number in values["first"]),
            answer_by=_day(values["answer_by"]),
            html=values["html"] is True,
            remedy=str(values["remedy"]),
            name=str(values["name"]),
            despite=tuple(str(one) for one in values.get("despite", ())),
            truth=str(values.get("truth", "")),
            language=str(values.get("language", ENGLISH)),
            signed=str(values.get("signed", "")),
            form=str(values.get("form", "")),
            cut=values.get("cut") is True,
            would_accept=str(values.get("would_accept", "")),
            address=str(values.get("address", "")),
            email=str(values.get("email", "")),
            phone=str(values.get("phone", "")),
            tax_id=str(values.get("tax_id", "")),
            court=str(values.get("court", "")),
            case_number=str(values.get("case_number", "")),
            working=WorkingDays(
                frozenset(int(day) for day in values.get("week", range(5))),
                off=frozenset(map(date.fromisoformat, values.get("holidays", ()))),
            ),
        )


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many entries of the docket are not in a record, by reason."""

    internal: int = 0
    settlement: int = 0
    redacted: int = 0
    unchosen: int = 0
    outside: int = 0

    @property
    def total(self) -> int:
        """All entries left out."""
        return sum(self.as_json().values())

    def as_json(self) -> dict[str, int]:
        """Return each reason with its number."""
        return asdict(self)


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _either() -> str:
    return f"{', '.join(PURPOSES[:-1])} or {PURPOSES[-1]}"
