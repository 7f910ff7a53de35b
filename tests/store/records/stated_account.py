"""Bills and payments that state all they can: VAT, discounts, fees, kronor, parts."""

from __future__ import annotations

from typing import Any

from tests.store.records.case import Case

EUR = {"currency": "EUR"}


def bill(case: Case, day: str, number: str, amount: str, due: str, **stated: str) -> int:
    """Log a bill, and return its number."""
    data = {**EUR, "number": number, "amount": amount, "due": due, **stated}
    return case.log("invoice", day, f"Work of {number}", data=data).seq


def paid(case: Case, day: str, amount: str, number: str, part: str, **stated: Any) -> int:
    """Log a payment of a part of a bill, and return its number."""
    parts = [{"invoice": number, "amount": part}]
    return case.log(
        "payment", day, data={**EUR, "amount": amount, "for_invoices": parts, **stated}
    ).seq


def log_stated(case: Case) -> None:
    """Log an account in which each thing that can be stated is stated at least once."""
    two = {"discount_percent": "2"}
    vat = {"net": "1000", "vat": "250", "vat_percent": "25", "vat_number": "SE556677889901"}
    bill(
        case, "2026-07-01", "ST-1", "1250", "2026-07-31", **vat, **two, discount_until="2026-07-11"
    )
    kronor = {"amount": "13800", "currency": "SEK"}
    rate = {"paid_as": kronor, "paid_rate": "0.08885", "rate_source": "Riksbank, 8 July 2026."}
    fee = {"fee": "12.50", "fee_by": "me"}
    first = paid(case, "2026-07-08", "1212.50", "ST-1", "1225", **fee, **rate)
    second = bill(
        case,
        "2026-07-02",
        "ST-2",
        "600",
        "2026-07-30",
        vat="100",
        **two,
        discount_until="2026-07-12",
    )
    paid(case, "2026-07-13", "588", "ST-2", "588")
    bill(
        case,
        "2026-07-03",
        "ST-3",
        "900",
        "2026-08-02",
        vat="0",
        net="900",
        vat_note="Reverse charge",
    )
    parts = [("2026-08-20", "300"), ("2026-09-20", "300"), ("2026-12-20", "300")]
    plan = [{"due": day, "amount": amount} for day, amount in parts]
    case.log("instalments", "2026-08-05", data={**EUR, "of_invoice": "ST-3", "parts": plan})
    paid(case, "2026-08-22", "297", "ST-3", "297", fee="3", fee_by="client")
    off = {**EUR, "of_invoice": "ST-3", "amount": "100", "number": "CN-7", "net": "100", "vat": "0"}
    case.log("credit", "2026-09-01", "Not needed", data=off)
    gone = bill(case, "2026-09-02", "ST-4", "70", "2026-09-16")
    paid(case, "2026-09-05", "70", "ST-4", "70")
    case.log("void", "2026-09-06", link=("voids", gone), reason="Sent twice")
    back = {**EUR, "amount": "1225"}
    bill(case, "2026-07-04", "ST-5", "500", "2026-11-30", **two, discount_until="2026-11-25")
    case.log("payment-returned", "2026-10-01", data=back, link=("about", first))
    mend = {"changes": {"vat": "95", "amount": "595"}}
    case.log("amendment", "2026-10-05", data=mend, link=("amends", second), reason="Slip")
    case.log("reminder", "2026-10-12", "ST-3", refs={"invoice": "ST-3"})
    today = [{"due": "2026-11-22", "amount": "10"}, {"due": "2026-12-22", "amount": "20"}]
    case.log("instalments", "2026-11-01", data={**EUR, "parts": today})
