"""The account in the final report: what is open and in dispute, in one calm sentence."""

from __future__ import annotations

from collections.abc import Sequence

from store.docket.claims import disputes
from store.money import Money, totals
from store.records.markdown import Md, inline
from store.records.report.material import Parting
from store.records.report.sections import long_day

_NAMED_INVOICES = 3


def account(parting: Parting) -> Md:
    """Return the balance in a sentence, without a threat; the statement of account has the rest."""
    ledger = parting.docket.ledger
    if not ledger.invoices and not ledger.payments:
        return Md("")
    owing = ledger.open()
    open_sums = totals(one.balance for one in owing)
    spare = totals(one.unallocated for one in ledger.payments if one.unallocated.amount > 0)
    said = "Your account is settled: nothing is left to pay."
    if owing:
        numbers = ", ".join(inline(invoice.number) for invoice in owing)
        named = f" ({numbers})" if len(owing) <= _NAMED_INVOICES else ""
        said = (
            f"On {long_day(parting.today)}, {_sums(open_sums)} "
            f"{'is' if len(open_sums) == 1 else 'are'} open{named}{_in_dispute(parting)}; "
            "the statement of account goes with this."
        )
    credit = f"{_sums(spare)} of what you paid belongs to no invoice yet." if spare else ""
    return Md(f"{said} {credit}".rstrip())


def _in_dispute(parting: Parting) -> str:
    """Return how much of what is open is in dispute, as the statement of account has it."""
    found = disputes(parting.docket)
    owing = parting.docket.ledger.open()
    parts = totals(found[one.seq].of(one) for one in owing if one.seq in found)
    of_what = "it" if len(totals(one.balance for one in owing)) == 1 else "them"
    return f", {_sums(parts)} of {of_what} in dispute" if parts else ""


def _sums(amounts: Sequence[Money]) -> str:
    return " and ".join(map(str, amounts))
