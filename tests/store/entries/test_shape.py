"""What is plainly right in the data of an entry is read as pydantic reads it, the rest judged."""

from __future__ import annotations

from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from store.entries import KINDS, Quote, Refs, TermsData
from store.entries.judge import judge
from store.entries.shape import Shaped
from tests.examples import examples

SHAPES: Final = sorted({kind.data for kind in KINDS.values()}, key=lambda one: one.__name__)
SAID: Final[st.SearchStrategy[Any]] = st.sampled_from(
    [
        *(None, "", 1, 0, 4, 99, 366, -1, True, 1.5, "x", "\x1b[2Jx", " a ", "e\u0301", [], {}),
        *("EUR", "eur", "net14", "net14x", "en", "english", "me", "signed", "split", "yes", "R1"),
        *("0", "0.00", "10.00", "1000.00", "100.0001", "999999999999.999", "1000000000000", "-1"),
        *("1.0000", "007", "1e3", "10.", "١٠", "2026-12-01", "2026-02-30", "20261201", "12-01"),
        *({"statement": "y"}, {"a\x07": 1.5}, {"a": [{"b": ["x\x07"]}]}, [{"due": "2026-12-01"}]),
        *([{"invoice": "1", "amount": "5"}], [{"head": "cost", "amount": "5"}], [{"invoice": "1"}]),
        *([{"at_least": "0", "amount": "4"}], [{"due": "2026-12-01", "amount": "4"}], "x" * 1_001),
    ]
)


@st.composite
def given_to(draw: st.DrawFn) -> tuple[type[Shaped], dict[str, Any]]:
    shape: type[Shaped] = draw(st.sampled_from([*SHAPES, Quote, Refs]))
    names = st.sampled_from([*shape.model_fields, "more"])
    return shape, draw(st.dictionaries(names, SAID, max_size=6))


@examples(2_000)
@given(given_to())
def test_what_is_plain_is_what_the_judge_makes_of_it(
    said: tuple[type[Shaped], dict[str, Any]],
) -> None:
    shape, fields = said
    plain = shape.plain(fields)
    try:
        judged = judge(shape).validate_python(fields)
    except ValidationError:
        assert plain is None
        return
    assert plain in (None, judged)
    if plain is not None:
        assert list(plain) == list(judged)
        assert plain.model_dump(mode="json") == judged.model_dump(mode="json")


def test_what_this_program_writes_of_each_field_is_plain() -> None:
    """But for plans and fixed sums, which are few."""
    for shape in SHAPES:
        for name, field in shape.model_fields.items():
            if not field.annotation.startswith(("Bands", "PlanParts", "PaidAs", "RuleNumber")):
                assert any(_reads(shape, name, one) for one in ODD_ENOUGH), (shape, name)


ODD_ENOUGH: Final = (
    *("A", "EUR", "net14", "en", "10.00", "2026-12-01", "me", "signed", "split", "yes", "work"),
    *("leave", 1, True, [{"invoice": "1", "amount": "5.00"}], [{"head": "cost", "amount": "5.00"}]),
    {"statement": "y"},
)


def _reads(shape: type[Shaped], name: str, value: Any) -> bool:
    try:
        (shape._readers or shape._made_readers())[name](value)
    except Exception:
        return False
    return True


def test_a_shape_is_what_it_says_and_never_changed() -> None:
    terms = TermsData(currency="EUR", payment="net14")
    assert terms == TermsData.model_validate({"currency": "eur", "payment": "net14"})
    assert terms != Refs()
    assert hash(terms) == hash(terms.model_copy(update={}))
    assert repr(Quote(text="No")) == "Quote(text='No', by='client')"
    with pytest.raises(AttributeError, match="never changed"):
        terms.currency = "USD"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        Quote(text=None)  # type: ignore[arg-type]
