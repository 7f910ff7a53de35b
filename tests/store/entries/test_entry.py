"""What is read of an entry without the model is what the model reads, and so is what it refuses."""

from __future__ import annotations

from typing import Any, Final, get_args

from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from store.dates import Precision
from store.entries import KINDS, Channel, Entry, Relation, Source, Visibility, WholeEntry
from store.entries import entry as lean
from tests.examples import examples

KNOWN: Final = {
    "invoice": {"number": "1", "amount": "10.00", "currency": "EUR", "due": "2026-12-01"},
    "hours": {"hours": "1.50", "spent": "chase"},
    "promise": {"by": "me", "due": "2026-12-01"},
    "late-payment": {"severity": 2},
}
ODD: Final[st.SearchStrategy[Any]] = st.sampled_from(
    [None, "", 1, True, 1.5, "x", "\x1b[2Jx", " a ", "é\u0301", [], {}]
)
LINK: Final = st.fixed_dictionaries(
    {"rel": st.sampled_from(get_args(Relation)) | ODD, "seq": st.sampled_from([1, 7]) | ODD},
    optional={
        "id": st.sampled_from(["", "ab" * 16, " a "]) | ODD,
        "reason": st.just("Why\nso") | ODD,
    },
)
SAID: Final = st.fixed_dictionaries(
    {
        "client": st.sampled_from(["acme", "A", "a-b"]),
        "kind": st.sampled_from([*KNOWN, "note", "outcome", "nothing", "complaint"]),
        "occurred_at": st.sampled_from(
            [
                *("2026-11-21T14:30:00+01:00", "2026-11-21T14:30:00+00:00", "2026-11-21"),
                *("1969-12-31T23:59:59+00:00", "2026-02-30T14:30:00+01:00"),
                *("2026-11-21x14:30:00+01:00", "2026-11-21T14:30:00.00000", "2026-W47-6"),
            ]
        ),
        "recorded_at": st.sampled_from(
            ["2026-11-21T13:35:00.000000Z", "2026-11-21T13:35:00Z", "2026-13-21T13:35:00.000000Z"]
        ),
        "id": st.sampled_from(["ab" * 16, "", 5]),
    },
    optional={
        "called": st.sampled_from(["", "late", "x\ny"]),
        "precision": st.sampled_from(get_args(Precision)) | ODD,
        "zone": st.just("Europe/Paris") | ODD,
        "author": st.just("Ann") | ODD,
        "source": st.sampled_from(get_args(Source)) | ODD,
        "channel": st.sampled_from(get_args(Channel)) | ODD,
        "statement": st.sampled_from(["It happened", "Ça\r\nva\u202e", "x" * 100_001]) | ODD,
        "quotes": st.just([{"text": " Pay\x07 me "}]) | ODD,
        "refs": st.sampled_from([{}, {"project": " p "}, {"invoice": "1"}, {"other": ""}]) | ODD,
        "links": st.lists(LINK, max_size=2) | ODD,
        "origin": st.just({"file": "a", "sha256": "0" * 64, "line": 1}) | ODD,
        "visibility": st.sampled_from(get_args(Visibility)) | ODD,
        "clock_behind": st.just(3) | ODD,
        "data": st.sampled_from([{}, {"severity": 2}, {"severity": "2"}, {"worked": "no"}]) | ODD,
        "more": ODD,
    },
)
ASKED: Final = sorted((set(WholeEntry.model_fields) | {"group", "day", "followed"}) - {"called"})


def filled(said: dict[str, Any], *, fits: bool) -> dict[str, Any]:
    """Return the fields, with data that fits the kind where it `fits`."""
    known = KNOWN.get(said["kind"])
    return {**said, "data": known} if fits and known else said


@examples(500)
@given(SAID, st.booleans())
def test_it_is_read_as_the_model_reads_it(said: dict[str, Any], fits: bool) -> None:
    fields = filled(said, fits=fits)
    try:
        model = WholeEntry.model_validate({**fields, "seq": 7, "hash": "f" * 64})
    except ValidationError:
        assert lean._plain(fields) is None
        return
    entry = Entry.read(7, "f" * 64, fields)
    assert entry.whole == model
    for name in ASKED:
        assert getattr(entry, name) == getattr(model, name), name
    assert entry.called == model.called
    assert entry == Entry.of(model)
    assert hash(entry) == hash(Entry.of(model))


@examples(100)
@given(st.sampled_from([one.id for one in KINDS.values() if one.shape == "NoData"]))
def test_what_this_program_writes_needs_no_model(kind: str) -> None:
    fields = {
        "client": "acme",
        "kind": kind,
        "occurred_at": "2026-11-21T14:30:00+01:00",
        "recorded_at": "2026-11-21T13:35:00.000000Z",
        "id": "ab" * 16,
        "statement": "Said",
        "author": "Ann",
        "precision": "minute",
        "source": "witnessed",
        "visibility": "record",
        "links": [{"rel": "about", "seq": 1, "id": "cd" * 16, "reason": ""}],
    }
    one, other = lean._plain(fields), lean._plain({**fields, "id": "ef" * 16})
    assert one is not None
    assert other is not None
    assert (one[3] is other[3], one[4] is other[4]) == (True, True)  # shared by all that say it
