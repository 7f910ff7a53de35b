"""Every sum that a record prints, held against what its entries come to."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from store.recheck.account import Account, set_off
from store.recheck.bills import EARLY, LAPSED, ZERO, Invoice, rates_of, taxes
from store.recheck.entries import Docket, Entry
from store.recheck.figures import minor, rounded, spelled
from store.recheck.journal import BrokenError, Journal, read_disclosed
from store.recheck.offs import BACK
from store.recheck.plans import plans

CODES = frozenset(
    """AED AUD BGN BRL CAD CHF CLP CNY CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK JOD JPY KHR KRW
    KWD MAD MXN MYR NGN NOK NZD PHP PLN QAR RON RSD SAR SEK SGD THB TND TRY TWD UAH USD VND
    ZAR""".split()
)
NUMBER = r"\d{1,3}(?:[,.'’\u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
SUM = re.compile(
    rf"(?<![A-Za-z])([A-Z]{{3}})[ \u00a0\u202f][-−]?({NUMBER})(?![\w-])"
    rf"|(?<![\w.,-])[-−]?({NUMBER})[ \u00a0\u202f]([A-Z]{{3}})(?![A-Za-z])"
)
HEAD = re.compile(r" \(([A-Z]{3})\)$")
"""How the head of a column names the currency of its sums, on a page for printing."""
ISOLATES = re.compile("[\u2066-\u2069\u200e\u200f]")
MUST = {
    "platform": ["owed after its due date"],
    "court": ["owed after its due date", "claimed"],
    "mediator": ["owed after its due date", "claimed"],
    "own": ["owed after its due date", "claimed"],
}
"""What a record states in any case, by whom it is for; an extract or a facts sheet nothing."""
BESIDE = ("brief.md", "brief.html", "platform.txt")
"""What goes beside the document of a record, and states the same sums."""
BY_EYE = "NOT compared: the record is not in English; look by eye whether it prints these sums"
"""What is said where sums are written as another language writes them, `1 234,50` and a sign."""
_SUMS = r"((?:[A-Z]{3} \d(?:[\d,.]*\d)?(?:, | and )?)+)"
SAID = tuple(
    (re.compile(pattern.replace("SUMS", _SUMS)), what)
    for pattern, what in (
        (r"(?:One invoice of|invoices,) SUMS(?: in all,)? (?:was|were) sent", "billed"),
        (r"sent, and SUMS was paid\.", "paid on these invoices"),
        (r"\bSUMS (?:was|were) (?:credited\.|taken off by)", "taken off"),
        (r"\bSUMS (?:is|are) overdue\.", "owed after its due date"),
        (r"The client disputes SUMS of it", "in dispute"),
        (r"no dispute about the other SUMS is noted", "overdue and not in dispute"),
        (r"Claimed on [^:]*: SUMS, without interest", "owed after its due date"),
        (r"Claimed on [^:]*: SUMS(?:: | \(|;)", "claimed"),
        (r"Claimed on .*?\bSUMS for what is owed", "owed after its due date"),
        (r"Claimed on .*[, ]SUMS for interest", "interest"),
        (r"Claimed on .*[, ]SUMS for fixed compensation", "fixed sums"),
        (r"Claimed on .*[, ]SUMS for costs", "costs"),
        (r"^Invoiced: SUMS\. ", "billed"),
        (r"^Invoiced.* Taken off: SUMS\. ", "taken off"),
        (r"^Invoiced.* (?i:p)aid on these invoices: SUMS\. ", "paid on these invoices"),
        (r"^Invoiced.* Owed: SUMS\. ", "owed"),
        (r"^Interest: SUMS\.$", "interest"),
        (r"^Fixed compensation: SUMS\.$", "fixed sums"),
        (r"^Costs of recovery: SUMS\.$", "costs"),
    )
)
"""What a sentence of a record calls a sum."""
CLAIMED = re.compile(r"Claimed on [^:]*:")
HEADS = ("interest", "fixed-sum", "cost")
ANSWERED = re.compile(r"(\d{4}-\d\d-\d\d) \(entry (\d+)\)")
FAULTS = "My own delays and faults"
Known = dict[str, set[Fraction]]
"""By currency, the sums that may stand in a place; under no currency those of the user's words."""


@cache
def readings(text: str) -> frozenset[Fraction]:
    """Return what a number may mean: `1,234` is either of two."""
    digits = re.sub("['’\u00a0\u202f]", "", text)
    marks = [one for one in digits if one in ",."]
    if not marks:
        return frozenset({Fraction(digits)})
    whole, part = digits.rsplit(marks[-1], 1)
    found = set()
    if marks.count(marks[-1]) == 1:  # it may be the decimal one
        found.add(Fraction(re.sub("[,.]", "", whole) + "." + part))
    if len(part) == 3 and len(set(marks)) == 1:
        found.add(Fraction(re.sub("[,.]", "", digits)))
    return frozenset(found)


def sums_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield every currency and number that stand together in a line."""
    for one in SUM.finditer(text):
        yield (one[1], one[2]) if one[1] else (one[4], one[3])


class Sums:
    """What the entries come to, and whether a document says so."""

    def __init__(self, chain: Journal, manifest: dict[str, Any]) -> None:
        shown = {line.seq for line in chain.lines if line.whole}
        hidden = {line.seq: line.withheld for line in chain.lines if line.withheld}
        self.docket = Docket(chain.lines, shown.__contains__, hidden)
        self.account = Account(self.docket, date.fromisoformat(str(manifest["made_at"])[:10]))
        self.of_entries = {one.seq: numbers_of(one.raw) for one in self.docket.all.values()}
        for one in self.docket.all.values():  # an amendment is told with what it amends
            target = one.target("amends", "adds-to", "voids")
            if target in self.of_entries:
                self.of_entries[target] |= self.of_entries[one.seq]
        self.days = {one.seq: one.day.isoformat() for one in self.docket.all.values()}
        self.telling = Telling(self.docket.all.values())
        self.words = set.union(numbers_of(manifest["options"]), *self.of_entries.values())
        self.codes = {str(code) for code in found_under("currency", self.docket)}
        self.bills = {one.number: self.of_bill(one) for one in self.account.invoices}
        offs = self.account.offs
        self.moved: dict[int, set[Fraction]] = {}
        for one in (*offs.early, *offs.credits, *offs.backs):
            self.moved.setdefault(one.seq, set()).add(offs.amount(one))
        self.of_payments = {one.seq: self.of_payment(one) for one in self.account.payments}
        self.known = self.all_known()

    def of_bill(self, bill: Invoice) -> Known:
        """Return the sums that are told of one invoice."""
        account, code = self.account, bill.currency
        said = account.dispute(bill)
        parts = [part for _, part, _ in bill.parts]
        found = [bill.amount, bill.less, bill.asked, bill.paid, bill.owed, *parts]
        found += [account.interest_of(bill)]
        found += [account.fixed(bill), *([said[1], bill.owed - said[1]] if said else [])]
        found += [bill.offered, bill.owed - bill.offered, bill.off_by(EARLY, LAPSED)]
        papers = [bill.entry, *(one for one, _ in bill.off)]
        found += [part for one in papers for tax in taxes(one) for part in tax]
        for row in account.interest(bill):
            found += [row.owed, *finely(row.exact, code)]
        about = self.telling.of(bill.number)
        return {
            code: {abs(one) for one in found},
            "": set.union(set(), *(self.of_entries[seq] for seq in about)),
        }

    def of_payment(self, paid: Entry) -> Known:
        """Return the parts of a payment, by what they went to."""
        parts = [part for _, part in self.account.parts_of(paid)]
        charged = self.account.charged[paid.seq].values()
        found = {*parts, *charged, paid.counts(), self.account.left[paid.seq]}
        found.add(paid.counts() - sum(parts) - sum(charged) - self.account.left[paid.seq])
        found |= self.moved.get(paid.seq, set())
        return {str(paid.data["currency"]): found}

    def named(self, code: str) -> dict[str, Fraction]:
        """Return the sums of one currency by what they are called."""
        account = self.account
        bills = account.bills(code)
        owed, interest, fixed, costs = account.claim(code)
        billed = sum((one.amount for one in bills), ZERO)
        paid = sum((one.paid for one in bills), ZERO)
        open_now = sum((one.owed for one in bills), ZERO)
        told = [said[1] for one in bills if (said := account.dispute(one))]
        mine = [one for one in account.payments if one.data["currency"] == code]
        moved = account.offs.moves(code)
        back = sum((account.offs.amount(one) for one in moved if one.kind in BACK), ZERO)
        received = sum((one.counts() for one in mine), ZERO) - back
        spare = account.offs.spare(code)
        return {
            "billed": billed,
            "taken off": sum((one.less for one in bills), ZERO),
            "paid on these invoices": paid,
            "owed": open_now,
            "owed after its due date": owed,
            "owed and not yet due": open_now - owed,
            "in dispute": sum(told, ZERO),
            "interest": interest,
            "fixed sums": fixed,
            "costs": costs,
            "paid on interest, fixed sums and costs": account.charges_paid(code),
            "counted as paid in all": max(ZERO, received),
            "sent back beyond what was received": max(ZERO, -received),
            "received and set against nothing": max(ZERO, spare),
            "sent back and owed again": max(ZERO, -spare),
            "claimed": account.claimed(code),
        }

    def all_known(self) -> Known:
        """Return every sum that a record may tell."""
        known: Known = {"": set(self.words)}
        for mine in [*self.bills.values(), *self.of_payments.values()]:
            for code, found in mine.items():
                known.setdefault(code, set()).update(found)
        for code in self.account.currencies:
            named = self.named(code)
            disputed = named["in dispute"]
            also = [named["owed"] - disputed, named["owed after its due date"] - disputed]
            also += [named["counted as paid in all"] - named["billed"], set_off(self.account, code)]
            also += [self.account.charges_paid(code, head) for head in HEADS]
            also += finely(self.account.daily(code), code)
            also += [rounded(self.on_disputed(code), minor(code)), *self.told_of_parts(code)]
            also += [sum(one, ZERO) for one in zip(*self.taxes_due(code), strict=True)]
            for bills in (self.account.bills(code), self.account.overdue(code)):
                also += [part for tax in rates_of(bills) for part in tax]
            known.setdefault(code, set()).update(abs(one) for one in [*named.values(), *also])
            known[code] |= subsets(
                one for one in self.docket.of("scope-creep") if named_in(one, code)
            )
        return known

    def on_disputed(self, code: str) -> Fraction:
        """Return the interest on the parts in dispute."""
        found = ZERO
        for bill in self.account.bills(code):
            said = self.account.dispute(bill)
            for row in self.account.interest(bill) if said else ():
                found += row.exact * min(said[1] if said else ZERO, row.owed) / row.owed
        return found

    def told_of_parts(self, code: str) -> list[Fraction]:
        """Return what is told of plans to pay in parts."""
        day, found = self.account.as_of, []
        for plan in plans(self.account):
            if plan.entry.data["currency"] == code:
                today = [one.open for one in plan.parts if one.due == day]
                found += [plan.whole, plan.due(day), plan.missed(day), *today]
                found += [part for one in plan.parts for part in (one.came, one.open)]
        return found

    def taxes_due(self, code: str) -> list[tuple[Fraction, ...]]:
        """Return net, VAT and both of each overdue invoice that states them."""
        return [tax for bill in self.account.overdue(code) for tax in taxes(bill.entry)]

    def check(self, name: str, text: str, must: Iterable[str]) -> Iterator[str]:
        """Yield what a document says that the entries do not come to, and what it `must` say."""
        printed: Known = {}
        for number, line in enumerate(ISOLATES.sub("", text).splitlines(), start=1):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            known = self.here(cells) if line.startswith("|") else self.known
            for code, digits in sums_in(line.replace("\\", "")):
                if code not in self.codes | CODES:
                    continue
                values = readings(digits)
                printed.setdefault(code, set()).update(values)
                if not any(values & known.get(here, set()) for here in (code, "")):
                    yield f"{name}, line {number}: {code} {digits} does not follow from the entries"
        for code in self.account.currencies:
            named = self.named(code)
            for what in must:
                if named[what] and named[what] not in printed.get(code, set()):
                    yield f"{name}: {what}, {code} {written(named[what], code)}, stands nowhere"

    def check_said(self, name: str, text: str) -> Iterator[str]:
        """Yield where a sentence calls another sum so, and where days do not follow from dates."""
        named = {code: self.named(code) for code in self.account.currencies}
        for told in named.values():
            rest = told["owed after its due date"] - told["in dispute"]
            told["overdue and not in dispute"] = rest
        lines = ISOLATES.sub("", text).replace("**", "").replace("\\", "").splitlines()
        for number, line in enumerate(lines, start=1):
            if CLAIMED.match(line) and not any(sums_in(line)):
                yield f"{name}, line {number}: it says what is claimed, and no sum"
            for code, digits, what in called(line):
                if named.get(code, {}).get(what) not in readings(digits):
                    yield f"{name}, line {number}: {code} {digits} is not what is {what}"
        over: set[int] = set()
        for number, row in rows_of(lines):
            for one in (*self.late_days(row), *self.waited_days(row, over)):
                yield f"{name}, line {number}: {one}"
        for late in re.findall(r"answers? came late, by ([\d, and]+) days?\.", "\n".join(lines)):
            if over and not {int(one) for one in re.findall(r"\d+", late)} <= over:
                yield f"{name}: answers came late by {late} days, and not so by their dates"

    def late_days(self, row: dict[str, str]) -> Iterator[str]:
        """Yield that an invoice is or was late by other days than its row says."""
        said = re.match(r"[\d,]+", row.get("Days late", ""))
        bills = [one for one in self.account.invoices if one.number == row.get("Invoice")]
        late = {max(0, one.late(self.account.as_of)) for one in bills}
        if said and bills and int(said[0].replace(",", "")) not in late:
            yield f"{row['Invoice']} was not {said[0]} days late"

    def waited_days(self, row: dict[str, str], over: set[int]) -> Iterator[str]:
        """Yield that a request was not asked or answered on its days, or waited so long."""
        if "Days over" not in row or not row.get("No.", "").isdigit():
            return
        asked = self.days.get(int(row["No."]))
        answer = ANSWERED.match(row.get("Answered", ""))
        needed = re.match(r"\d{4}-\d\d-\d\d", row.get("Needed by", ""))
        if asked != row.get("Asked") or (answer and self.days.get(int(answer[2])) != answer[1]):
            yield f"request {row['No.']} was asked or answered on another day"
        elif needed and row["Days over"].replace(",", "").isdigit():
            end = date.fromisoformat(answer[1]) if answer else self.account.as_of
            days = max(0, (end - date.fromisoformat(needed[0])).days)
            over.add(days)
            if int(row["Days over"].replace(",", "")) != days:
                yield f"request {row['No.']} was {days} days over"

    def check_words(self, name: str, text: str, *, whole: bool) -> list[str]:
        """Return what the record says otherwise of sums, days and, where it has all, my faults."""
        found = [*self.check_said(name, text)]
        return [*found, *self.check_faults(name, text)] if whole else found

    def check_faults(self, name: str, text: str) -> Iterator[str]:
        """Yield what was my own doing and is not told under its heading."""
        part = text.partition(FAULTS)[2].partition("\n## ")[0]
        rows = {int(one) for one in re.findall(r"^\| *(\d+) *\|", part, re.M)}
        for one in self.docket.my_doing:
            if one.seq not in rows:
                yield f"{name}: entry {one.seq} is not among my own delays and faults"

    def here(self, cells: list[str]) -> Known:
        """Return what may stand in a row: of an invoice or an entry only what is of it."""
        first = cells[0].replace("\\", "")
        if first in self.bills:
            return self.bills[first]
        seq = int(first) if first.isdigit() and len(first) < 10 else 0
        if seq in self.days and len(cells) > 1 and self.days[seq] in cells[1]:
            taxed = {part for tax in taxes(self.docket.all[seq]) for part in tax}
            own = self.of_entries[seq] | self.moved.get(seq, set()) | taxed
            return {**self.of_payments.get(seq, {}), "": own | self.told_after(cells)}
        return self.known

    def told_after(self, cells: list[str]) -> set[Fraction]:
        """Return what came in by the payments that a row names: `(entry 43)`; each and together."""
        found: set[Fraction] = set()
        for numbers in re.findall(r"\(entr(?:y|ies) (\d{1,9}(?:, \d{1,9})*)\)", " ".join(cells)):
            named = [one for one in self.account.payments if str(one.seq) in numbers.split(", ")]
            for bill in self.account.invoices:
                parts = [part for one, part, _ in bill.parts if one in named]
                found |= {*parts, sum(parts, ZERO)} if parts else set()
        return found


def called(line: str) -> Iterator[tuple[str, str, str]]:
    """Yield the sums of a sentence with what it calls each."""
    for pattern, what in SAID:
        for found in pattern.finditer(line):
            for code, digits in sums_in(found[1]):
                yield code, digits, what


def rows_of(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row of each table, by its headers, with the number of its line."""
    heads: list[str] = []
    for number, line in enumerate(lines, start=1):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|"):
            heads = []
        elif not heads:
            heads = cells
        elif len(cells) == len(heads):
            yield number, {head: cells[at] for at, head in enumerate(heads)}


def finely(value: Fraction, code: str) -> list[Fraction]:
    """Return a sum rounded to its coins, and to a hundredth of them."""
    return [rounded(value, minor(code)), rounded(value, minor(code) + 2)]


def written(value: Fraction, code: str) -> str:
    """Return `1,234.50`."""
    return spelled(value, minor(code))


def numbers_of(value: object) -> set[Fraction]:
    """Return every number that stands anywhere in a value."""
    if isinstance(value, dict):
        return set.union(set(), *map(numbers_of, value.values()))
    if isinstance(value, list):
        return set.union(set(), *map(numbers_of, value))
    found = (
        re.findall(rf"(?:{NUMBER})(?!\d)", str(value))
        if isinstance(value, (str, int, float))
        else []
    )
    return set.union(set(), *map(readings, found))


def found_under(name: str, docket: Docket) -> Iterator[object]:
    """Yield what the entries have under a name in their data."""
    for one in docket.all.values():
        for data in (one.raw.get("data", {}), one.data):
            if data.get(name):
                yield data[name]


class Telling:
    """Which entries name an invoice, found by the digits of its number."""

    def __init__(self, found: Iterable[Entry]) -> None:
        self.texts = {one.seq: json.dumps(one.raw, ensure_ascii=False) for one in found}
        self.by_digits: dict[str, list[int]] = {}
        for seq, text in self.texts.items():
            for digits in set(re.findall(r"\d+", text)):
                self.by_digits.setdefault(digits, []).append(seq)

    def of(self, number: str) -> list[int]:
        """Return the entries that name it, by their numbers; `I-1` is not in `I-10`."""
        with_each = [self.by_digits.get(one, []) for one in re.findall(r"\d+", number)]
        few = min(with_each, key=len, default=list(self.texts))
        return [seq for seq in few if number in self.texts[seq]]


def named_in(entry: Entry, code: str) -> bool:
    """Whether an entry names a sum in this currency."""
    return bool(entry.data.get("amount")) and entry.data.get("currency") == code


def subsets(found: Iterable[Entry]) -> set[Fraction]:
    """Return what the sums of some entries may come to; of many, only of all."""
    sums = [one.amount() for one in found]
    few = range(1, len(sums) + 1) if len(sums) <= 10 else [1, len(sums)]
    return {sum(some, ZERO) for count in few for some in combinations(sums, count)}


def read_page(path: Path) -> str:
    """Return a document's text; of a page for printing, each row of a table on a line."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".html":
        return text
    text = re.sub(r"(?s)<(style|script)\b.*?</\1>", "", text)
    text = re.sub(r"\s*\n\s*", " ", text)
    text = re.sub(r"</(?:p|tr|li|h\d|blockquote|caption)>|<br ?/?>|<table\b[^>]*>", "\n", text)
    text = re.sub(r"(?:</t[dh]>\s*)?<t[dh]\b[^>]*>", "|", text)
    text = html.unescape(re.sub("<[^>]*>", "", text))
    return "\n".join(with_currencies(line.strip() for line in text.split("\n")))


def with_currencies(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines with the currency that stands in the head of a column before each of its sums."""
    codes: list[str] = []
    for line in lines:
        cells = line.split("|")
        found = [one[1] if (one := HEAD.search(cell)) else "" for cell in cells]
        if not line.startswith("|") or any(found):
            codes = found if line.startswith("|") else []
        elif len(codes) == len(cells):
            cells = [
                f"{code} {cell}" if code and cell[:1].isdigit() else cell
                for code, cell in zip(codes, cells, strict=True)
            ]
            line = "|".join(cells)
        yield line


def held(folder: Path, manifest: dict[str, Any], sums: Sums) -> list[str]:
    """Return what the pages of a folder say otherwise than its entries."""
    options, document = manifest["options"], str(manifest["document"])
    english = options.get("language", "en") == "en"
    must = MUST.get(options["purpose"], []) if english and not options["kinds"] else []
    pages = [folder / document, (folder / document).with_suffix(".html")]
    wrong: list[str] = []
    for page in [*pages, *(folder / name for name in BESIDE)]:
        if page != pages[0] and not page.exists():
            continue
        text, beside = read_page(page), page.name in BESIDE
        wrong += sums.check(page.name, text, [] if beside and options.get("cut") else must)
        if english and not beside:
            wrong += sums.check_words(page.name, text, whole=len(must) > 1)
    return wrong


def main(folder: Path) -> int:
    """Say what the entries of a record come to, and where its document says otherwise."""
    wrong: list[str] = []
    english = True
    try:
        manifest = json.loads((folder / "manifest.json").read_bytes())
        if {"/", "\\"} & set(str(manifest["document"])):
            raise ValueError("the document is not in this folder")
        chain = read_disclosed((folder / "chain.jsonl").read_bytes(), str(manifest["client"]))
        sums = Sums(chain, manifest)
        english = manifest["options"].get("language", "en") == "en"
        wrong = held(folder, manifest, sums)
        for code in sums.account.currencies if not wrong else ():
            told = [f"{what} {written(one, code)}" for what, one in sums.named(code).items() if one]
            print(f"{code}: {', '.join(told) or 'nothing'}")
    except BrokenError as error:
        wrong.append(f"chain.jsonl: {error}")
    except (OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as error:
        wrong.append(f"it cannot be reckoned: {type(error).__name__} {error}")
    except RecursionError:
        wrong.append("it cannot be reckoned: it is nested too deeply")
    fine = "every sum printed follows from the entries shown"
    for one in wrong or [fine if english else BY_EYE]:
        print(one if one.isprintable() and one.isascii() else ascii(one))
    return 1 if wrong else 0 if english else 2
