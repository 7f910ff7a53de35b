"""The kinds of entry a docket holds, and the typed models that every entry must fit."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from store.entries.kinds import ABOUT as ABOUT
from store.entries.kinds import IN_WORDS as IN_WORDS
from store.entries.kinds import KIND_OF as KIND_OF
from store.entries.kinds import KINDS as KINDS
from store.entries.kinds import Follows as Follows
from store.entries.kinds import Group as Group
from store.entries.kinds import Kind as Kind
from store.entries.lookup import NO_OWN as NO_OWN
from store.entries.lookup import Own as Own
from store.entries.lookup import find_kind as find_kind
from store.entries.lookup import kind_begun as kind_begun
from store.entries.lookup import kind_named as kind_named
from store.entries.lookup import not_a_kind as not_a_kind
from store.entries.lookup import own_words as own_words
from store.entries.lookup import split_kind as split_kind
from store.entries.words import EARLIEST as EARLIEST
from store.entries.words import Channel as Channel
from store.entries.words import Relation as Relation
from store.entries.words import Source as Source
from store.entries.words import Visibility as Visibility

if TYPE_CHECKING:
    from store.entries.data import CHARGES as CHARGES
    from store.entries.data import AcceptanceData as AcceptanceData
    from store.entries.data import AdviceData as AdviceData
    from store.entries.data import Allocation as Allocation
    from store.entries.data import AmendmentData as AmendmentData
    from store.entries.data import Band as Band
    from store.entries.data import ChargeHead as ChargeHead
    from store.entries.data import ChargePart as ChargePart
    from store.entries.data import ClientData as ClientData
    from store.entries.data import CostData as CostData
    from store.entries.data import CreditData as CreditData
    from store.entries.data import Data as Data
    from store.entries.data import DeliveryData as DeliveryData
    from store.entries.data import DisputedData as DisputedData
    from store.entries.data import ExceptionData as ExceptionData
    from store.entries.data import FixedSumData as FixedSumData
    from store.entries.data import HandoverData as HandoverData
    from store.entries.data import HoursClass as HoursClass
    from store.entries.data import HoursData as HoursData
    from store.entries.data import IncidentData as IncidentData
    from store.entries.data import InstalmentsData as InstalmentsData
    from store.entries.data import InterestData as InterestData
    from store.entries.data import InvoiceData as InvoiceData
    from store.entries.data import Landed as Landed
    from store.entries.data import MoneyBackData as MoneyBackData
    from store.entries.data import NoData as NoData
    from store.entries.data import OutcomeData as OutcomeData
    from store.entries.data import PartialAnswerData as PartialAnswerData
    from store.entries.data import PaymentData as PaymentData
    from store.entries.data import PromiseData as PromiseData
    from store.entries.data import RatePolicy as RatePolicy
    from store.entries.data import RequestData as RequestData
    from store.entries.data import Seeks as Seeks
    from store.entries.data import Side as Side
    from store.entries.data import StepData as StepData
    from store.entries.data import Taxed as Taxed
    from store.entries.data import TermsData as TermsData
    from store.entries.data import WelcomeData as WelcomeData
    from store.entries.entry import Entry as Entry
    from store.entries.model import Draft as Draft
    from store.entries.model import Exhibit as Exhibit
    from store.entries.model import WholeEntry as WholeEntry
    from store.entries.model import draft_problems as draft_problems
    from store.entries.parts import Dated as Dated
    from store.entries.parts import Link as Link
    from store.entries.parts import Quote as Quote
    from store.entries.parts import Refs as Refs

_PLUGINS = "pydantic.plugin._loader"
if _PLUGINS not in sys.modules:
    # What others plug into pydantic would see all that is logged, and looking for it reads every
    # package that is installed.
    sys.modules[_PLUGINS] = ModuleType(_PLUGINS)
    vars(sys.modules[_PLUGINS])["get_plugins"] = tuple


_OF = {
    "Entry": "entry",
    **dict.fromkeys(("Draft", "Exhibit", "WholeEntry", "draft_problems"), "model"),
    **dict.fromkeys(("Dated", "Link", "Quote", "Refs"), "parts"),
}


def __getattr__(name: str) -> Any:
    """Import what is asked for first: shapes take a while to load, and models four times that."""
    if name not in _OF and (name.startswith("_") or name.islower()):  # a module, to be imported
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_OF.get(name, 'data')}"), name)
