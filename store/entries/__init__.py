"""The kinds of entry a docket holds, and the typed models that every entry must fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.entries.kinds import ABOUT, IN_WORDS, KIND_OF, KINDS, Follows, Group, Kind
from store.entries.lookup import (
    NO_OWN,
    Own,
    find_kind,
    kind_begun,
    kind_named,
    not_a_kind,
    own_words,
    split_kind,
)
from store.entries.words import EARLIEST, Channel, Relation, Source, Visibility

if TYPE_CHECKING:
    from store.entries.data import (
        CHARGES,
        AcceptanceData,
        Allocation,
        AmendmentData,
        Band,
        ChargeHead,
        ChargePart,
        ClientData,
        CostData,
        Data,
        DeliveryData,
        DisputedData,
        ExceptionData,
        FixedSumData,
        HandoverData,
        HoursClass,
        HoursData,
        IncidentData,
        InterestData,
        InvoiceData,
        Landed,
        NoData,
        OutcomeData,
        PartialAnswerData,
        PaymentData,
        PromiseData,
        RatePolicy,
        RequestData,
        Side,
        StepData,
        TermsData,
    )
    from store.entries.model import (
        Draft,
        Entry,
        Exhibit,
        Link,
        Quote,
        Refs,
        draft_problems,
    )

__all__ = [
    "ABOUT",
    "CHARGES",
    "EARLIEST",
    "IN_WORDS",
    "KINDS",
    "KIND_OF",
    "NO_OWN",
    "AcceptanceData",
    "Allocation",
    "AmendmentData",
    "Band",
    "Channel",
    "ChargeHead",
    "ChargePart",
    "ClientData",
    "CostData",
    "Data",
    "DeliveryData",
    "DisputedData",
    "Draft",
    "Entry",
    "ExceptionData",
    "Exhibit",
    "FixedSumData",
    "Follows",
    "Group",
    "HandoverData",
    "HoursClass",
    "HoursData",
    "IncidentData",
    "InterestData",
    "InvoiceData",
    "Kind",
    "Landed",
    "Link",
    "NoData",
    "OutcomeData",
    "Own",
    "PartialAnswerData",
    "PaymentData",
    "PromiseData",
    "Quote",
    "RatePolicy",
    "Refs",
    "Relation",
    "RequestData",
    "Side",
    "Source",
    "StepData",
    "TermsData",
    "Visibility",
    "draft_problems",
    "find_kind",
    "kind_begun",
    "kind_named",
    "not_a_kind",
    "own_words",
    "split_kind",
]


def __getattr__(name: str) -> Any:
    """Import the models when one is first asked for: what does without them starts faster."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from store.entries import data, model

    return getattr(model if hasattr(model, name) else data, name)
