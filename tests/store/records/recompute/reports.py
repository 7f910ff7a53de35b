"""The final report: every delivery once, what is open, and the balance in a sentence."""

from __future__ import annotations

from datetime import date

from store.recheck.account import Account
from store.recheck.bills import ZERO
from store.recheck.entries import Docket, Entry
from store.recheck.figures import joined, long_day, minor, month, numbered, spelled
from store.recheck.journal import Journal

from .compare import Cell, Findings, Reckoned, Words
from .markdown import Document, read

OWN_WORDS = ("In progress:", "Not started:")


class Report:
    """A final report being checked."""

    def __init__(self, document: Document, journal: Journal) -> None:
        self.document = document
        self.day = date.fromisoformat(document.front["date"])
        shown = {
            line.seq
            for line in journal.lines
            if line.fields.get("visibility", "record") == "record"
        }
        self.docket = Docket(journal.lines, shown.__contains__)
        self.account = Account(self.docket, self.day)
        self.deliveries = self.docket.of("delivery")


def check_report(where: str, text: str, journal: Journal, found: Findings) -> None:
    """Check a whole final report."""
    made = Report(read(text), journal)
    sections = {
        "Thank you": thanks(made),
        "What we achieved": achieved(made),
        "Where things stand today": today(made),
        "Accounts and access": access(made),
        "What is still open": still_open(made),
        "Dates to watch": watch(made),
        "Your account": balance(made),
        "Why we part": why(made),
        "The last day": Reckoned(free=("My work for you ends on",)),
        "What we set out to do": Reckoned(free=("",)),
        "For the way ahead": Reckoned(free=("",)),
    }
    for title, mine in sections.items():
        section = made.document.section(title)
        if section:
            found.section(f"{where}: {title}", section, mine)
        elif mine.tables or any(mine.lines):
            found.wrong(where, f"there is no section '{title}'")
    for one in made.document.sections[1:]:
        if one.level > 1 and one.title not in sections:
            found.wrong(where, f"a section that nothing was reckoned for: '{one.title}'")


def thanks(made: Report) -> Reckoned:
    """Since when, and what went well."""
    first = next(one.day for one in made.docket.standing if one.kind != "client")
    good = {one.kind for one in made.docket.standing}
    said = [
        words
        for kind, words in (
            ("repeat-work", "coming back with more work"),
            ("referral", "recommending me to others"),
        )
        if kind in good
    ]
    more = f" Thank you also for {' and for '.join(said)}." if said else ""
    return Reckoned(lines=[f"Thank you for working with me since {month(first)}.{more}"])


def achieved(made: Report) -> Reckoned:
    """Every delivery, exactly once."""
    mine = Reckoned(free=("",))
    columns: list[tuple[str, list[Cell]]] = [
        ("Date", [long_day(one.day) for one in made.deliveries]),
        ("What", [Words(one.statement) for one in made.deliveries]),
        (
            "Where",
            [Words(one.data["where"]) if "where" in one.data else None for one in made.deliveries],
        ),
        ("Accepted", [_accepted(made, one) for one in made.deliveries]),
        ("File", [_files(one) for one in made.deliveries]),
    ]
    kept = [column for column in columns if any(cell is not None for cell in column[1])]
    rows = [list(row) for row in zip(*(cells for _, cells in kept), strict=True)]
    mine.table("|".join(name for name, _ in kept), [[_dash(cell) for cell in row] for row in rows])
    return mine


def _dash(cell: Cell) -> Cell:
    return "-" if cell is None else cell


def _accepted(made: Report, one: Entry) -> Cell:
    ok = made.docket.linked("accepts", one.seq)
    if not ok:
        return None
    by = f", by {ok[0].data['by']}" if ok[0].data.get("by") else ""
    return long_day(ok[0].day) + by


def _files(one: Entry) -> Cell:
    kept = one.raw.get("exhibits", [])
    return ", ".join(str(file["name"]) for file in kept) or None


def today(made: Report) -> Reckoned:
    """What is done, and what is waited for."""
    mine = Reckoned(free=OWN_WORDS)
    if made.deliveries:
        many = numbered(len(made.deliveries), "delivery", "deliveries")
        mine.line(f"Done: {many}, as listed above.")
    for one in made.docket.of("request"):
        if not made.docket.linked("answers", one.seq):
            mine.line(f"Waiting since {long_day(one.day)}: {one.statement}")
    return mine


def access(made: Report) -> Reckoned:
    """What was given back."""
    mine = Reckoned()
    rows: list[list[Cell]] = []
    for one in made.docket.of("handover"):
        ended = [end for end in made.docket.linked("about", one.seq) if end.kind == "access-ended"]
        ends = one.data.get("access_ends")
        own: Cell = f"ends {long_day(date.fromisoformat(ends))}" if ends else None
        if ended:
            own = f"ended {long_day(ended[0].day)}"
        confirmed = _accepted(made, one) or "not yet"
        rows.append(
            [Words(one.statement), one.data.get("to", "-"), long_day(one.day), confirmed, own]
        )
    mine.table("What|Handed to|On|Confirmed|My own access", rows)
    return mine


def still_open(made: Report) -> Reckoned:
    """What I promised and have not done; what becomes of it is in the writer's words."""
    mine = Reckoned()
    section = made.document.section("What is still open")
    said = [" ".join(line.split()) for line in section.lines] if section else []
    for one in made.docket.of("promise"):
        kept = made.docket.linked("keeps", one.seq) or made.docket.linked("breaks", one.seq)
        kept += [o for o in made.docket.of("promise-released") if o.target("about") == one.seq]
        if one.data["by"] == "me" and not kept:
            due = long_day(date.fromisoformat(one.data["due"]))
            begun = f"{one.statement} (promised for {due}): "
            mine.lines += [line for line in said if line.startswith(begun)] or [begun]
    mine.free = tuple(line for line in said if "promised for" not in line)
    return mine


def watch(made: Report) -> Reckoned:
    """Days on which something has to be renewed."""
    section = made.document.section("Dates to watch")
    own = tuple(line for line in section.lines if ": renewal of " not in line) if section else ()
    mine = Reckoned(free=own)
    for one in made.docket.of("handover"):
        renews = one.data.get("renews")
        if renews and date.fromisoformat(renews) >= made.day:
            mine.line(f"{long_day(date.fromisoformat(renews))}: renewal of {one.statement}")
    return mine


def balance(made: Report) -> Reckoned:
    """The account in a sentence."""
    account = made.account
    owing = [one for one in account.invoices if one.owed]
    sums = []
    for code in sorted({one.currency for one in owing}):
        owed = sum((one.owed for one in owing if one.currency == code), ZERO)
        sums.append(f"{code} {spelled(owed, minor(code))}")
    if sums:
        on = f" ({joined([one.number for one in owing])})" if len(owing) <= 3 else ""
        said = f"{joined(sums)} {'is' if len(sums) == 1 else 'are'} open{on}"
        return Reckoned(
            lines=[f"On {long_day(made.day)}, {said}; the statement of account goes with this."]
        )
    left = [(made.account.left[one.seq], one.data["currency"]) for one in account.payments]
    credit = [f"{code} {spelled(value, minor(code))}" for value, code in left if value]
    more = f" {joined(credit)} of what you paid is in your favour." if credit else ""
    settled = f"Your account is settled: nothing is left to pay.{more}"
    return Reckoned(lines=[settled] if account.invoices or account.payments else [])


def why(made: Report) -> Reckoned:
    """Each day that the reason rests on is the day of an entry."""
    section = made.document.section("Why we part")
    days = {long_day(one.day) for one in made.docket.standing}
    mine = Reckoned()
    for line in section.lines if section else []:
        parts = line.split(" of ")[1:]
        known = [any(part.startswith(day) for day in days) for part in parts]
        if "This rests on" in line and all(known):
            mine.line(line)
    return mine
