"""What is noticed before a record is written: tone, other clients, personal data, by entry."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.entries import Entry, WholeEntry
from store.records.desk import RecordRequest
from store.records.review.look_over import Noticed, look_over
from tests.store.records.case import full_case
from tests.store.records.looked_over import look_over_text

OTHERS = {
    "bolt": "Bolt & Co",
    "cafe-aero": "Café Ærø",
    "brackley": "Brackley Print Ltd",
    "mint": "Mint",
    "good-work": "Good Work",
    "mizuhata": "水端工房",
    "petre": "Ștefan Petre",
}


def _entry(seq: int = 2, statement: str = "", kind: str = "note", **fields: Any) -> Entry:
    moment = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
    return Entry.of(
        WholeEntry.model_validate(
            {
                "client": "acme",
                "seq": seq,
                "id": f"id{seq}",
                "hash": "",
                "kind": kind,
                "statement": statement,
                "occurred_at": moment,
                "recorded_at": moment,
                "author": "Ann Berg",
                "data": {},
                **fields,
            }
        )
    )


def _party(**data: str) -> Entry:
    return _entry(1, kind="client", data={"name": "Acme Média", **data})


def _seen(*entries: Entry, others: Mapping[str, str] = OTHERS) -> list[tuple[str, str, str]]:
    return [(one.field, one.what, one.words) for one in look_over(entries, others)]


def _said(text: str) -> list[tuple[str, str]]:
    return [(one.what, one.words) for one in look_over_text(text, OTHERS)]


def test_a_finding_names_entry_field_and_words() -> None:
    [found] = look_over([_party(), _entry(14, "He always pays late.")], OTHERS)
    assert found == Noticed(
        "acme",
        14,
        "statement",
        "absolute",
        "always",
        3,
        "an absolute",
        "Say how often, and from which day to which.",
    )


def test_every_text_i_typed_is_looked_at_and_quotes_only_for_names() -> None:
    entry = _entry(
        9,
        "The liar wrote.",
        quotes=[{"text": "You idiot, Café Aero never did this", "by": "Stefan Petre"}],
        links=[{"rel": "about", "seq": 1, "reason": "He always does it"}],
        refs={"project": "Brackley Print"},
        exhibits=[{"sha256": "0" * 64, "name": "idiot-bolt & co.pdf", "size": 1}],
    )
    assert _seen(_party(), entry) == [
        ("statement", "accusation", "liar"),
        ("quotes[0]", "client", "Café Aero"),
        ("quotes[0].by", "client", "Stefan Petre"),
        ("links[0].reason", "absolute", "always"),
        ("refs.project", "client", "Brackley Print"),
        ("exhibits[0].name", "client", "bolt & co"),
    ]


def test_the_details_of_an_entry_are_looked_at_however_deep() -> None:
    terms = _entry(2, kind="terms", data={"scope": "Posts, never on Fridays"})
    fixed = {"changes": {"statement": "She is rude", "scope": "As for Café Ærø"}}
    amendment = _entry(
        3, kind="amendment", data=fixed, links=[{"rel": "amends", "seq": 2, "reason": "Typo"}]
    )
    assert _seen(_party(), terms, amendment) == [
        ("data.scope", "absolute", "never"),
        ("data.changes.statement", "label", "rude"),
        ("data.changes.scope", "client", "Café Ærø"),
    ]


def test_tone_that_was_amended_or_withdrawn_can_only_be_withheld() -> None:
    bad = "He is a liar, ask Café Ærø"
    amendment = _entry(
        3,
        kind="amendment",
        data={"changes": {"statement": "He said 3 May; it was 9 May."}},
        links=[{"rel": "amends", "seq": 2}],
    )
    void = _entry(5, "Wrong docket", kind="void", links=[{"rel": "voids", "seq": 4}])
    found = look_over([_party(), _entry(2, bad), amendment, _entry(4, bad), void], OTHERS)
    readable = "yet still readable in a record; --redact '#{0}.statement' withholds it."
    assert [(one.seq, one.noun, one.why) for one in found if one.what != "client"] == [
        (2, "an accusation", f"It is amended, {readable.format(2)}"),
        (4, "an accusation", f"It is withdrawn, {readable.format(4)}"),
    ]
    names = [(one.seq, one.words, one.why) for one in found if one.what == "client"]
    assert [(seq, words) for seq, words, _ in names] == [(2, "Café Ærø"), (4, "Café Ærø")]
    assert all(why.startswith("Leave the name out") for _, _, why in names)


def test_tone_in_the_details_of_what_was_withdrawn_goes_with_the_whole_entry() -> None:
    terms = _entry(2, kind="terms", data={"scope": "Posts, never on Fridays"})
    void = _entry(3, kind="void", links=[{"rel": "voids", "seq": 2}])
    [found] = look_over([_party(), terms, void], OTHERS)
    assert found.why == (
        "It is withdrawn, yet still readable in a record; --redact '#2' withholds it."
    )


def test_a_correction_that_was_withdrawn_corrects_nothing() -> None:
    changes = {"changes": {"statement": "He said 3 May; it was 9 May."}}
    amendment = _entry(3, kind="amendment", data=changes, links=[{"rel": "amends", "seq": 2}])
    void = _entry(4, kind="void", links=[{"rel": "voids", "seq": 3}])
    [found] = look_over([_party(), _entry(2, "He is a liar"), amendment, void], OTHERS)
    [before] = look_over([_party(), _entry(2, "He is a liar")], OTHERS)
    assert found == before


def test_findings_come_by_entry_number_then_place() -> None:
    entries = [_entry(7, "Never. The liar."), _entry(3, "Always."), _party()]
    found = look_over(entries, {})
    assert [(one.seq, one.words) for one in found] == [(3, "Always"), (7, "Never"), (7, "liar")]
    assert look_over(reversed(entries), {}) == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Same as for BOLT & CO last year", "BOLT & CO"),
        ("Same as for Bolt and Co last year", "Bolt and Co"),
        ("Same as for cafe aero last year", "cafe aero"),
        ("Same as for Café\nÆrø", "Café\nÆrø"),
        ("Moved to brackley#12", "brackley"),
        ("Brackley Print Ltd's invoice", "Brackley Print Ltd"),
        ("Wie Stefan Petre sagt", "Stefan Petre"),
        ("Cafe-Aero was called", "Cafe-Aero"),
        ("昨日は水端工房さんと会った", "水端工房"),
        ("A Good Work mail came", "Good Work"),
    ],
)
def test_another_client_is_found_however_it_is_written(text: str, words: str) -> None:
    assert _said(text) == [("client", words)]


@pytest.mark.parametrize(
    "text",
    [
        "The bolt in the sign is loose; fresh mint on the menu. Mint too.",
        "Good work was done, and the work was good.",
        "A café, aero and all",
        "Brackleys and unbrackley are other words",
        "Sent to Bolt! Co-owners agreed",
    ],
)
def test_a_plain_word_is_no_client(text: str) -> None:
    assert _said(text) == []


def test_the_clients_own_name_is_never_anothers() -> None:
    others = {"acme-old": "Acme", "acme-group": "Acme Média Group", "ann": "Ann Berg"}
    entries = [_party(), _entry(2, "Acme wrote to Ann Berg; Acme Média paid.")]
    assert _seen(*entries, others=others) == []
    assert _seen(_party(), _entry(2, "Acme Média Group paid."), others=others) == [
        ("statement", "client", "Acme Média Group")
    ]


def test_the_clients_own_name_is_not_judged_even_after_a_new_one() -> None:
    renamed = _entry(
        2,
        kind="amendment",
        data={"changes": {"name": "Crazy Cat Ltd"}},
        links=[{"rel": "amends", "seq": 1}],
    )
    assert _seen(_party(), renamed, _entry(3, "Crazy Cat paid.")) == []


@pytest.mark.parametrize(
    ("text", "words", "noun"),
    [
        ("Mail to jo.b+x@elsewhere.example.", "jo.b+x@elsewhere.example", "an e-mail address"),
        (
            "Paid to GB29 NWBK 6016 1331 9268 19 in May",
            "GB29 NWBK 6016 1331 9268 19",
            "a bank account number",
        ),
        ("iban de89370400440532013000", "de89370400440532013000", "a bank account number"),
        ("Card 4111 1111 1111 1111", "4111 1111 1111 1111", "a card number"),
        ("378282246310005", "378282246310005", "a card number"),
        ("Rang +49 170 123 45 67 twice", "+49 170 123 45 67", "a telephone number"),
        ("Rang (555) 123-4567 twice", "(555) 123-4567", "a telephone number"),
        ("Rang 06 12 34 56 78 twice", "06 12 34 56 78", "a telephone number"),
        ("tel: 354 555 1234", "tel: 354 555 1234", "a telephone number"),
        ("SSN 123-45-6789", "123-45-6789", "a national identity number"),
        ("131052-308T", "131052-308T", "a national identity number"),
        ("DNI 12345678Z", "12345678Z", "a national identity number"),
        ("kt. 120174-3399", "120174-3399", "a national identity number"),
    ],
)
def test_personal_data_is_told_by_its_form(text: str, words: str, noun: str) -> None:
    [found] = look_over_text(text, {})
    assert (found.what, found.words, found.noun) == ("personal", words, noun)
    assert text[found.start :].startswith(words)


@pytest.mark.parametrize(
    "text",
    [
        "INV-2026-0012 of 2026-11-22, 1 250 000.00 EUR, due 2026-12-06 10:30",
        "GB28 NWBK 6016 1331 9268 19 has a wrong check digit",
        "Order 4111 1111 1111 1112 and EAN 4006381333931",
        "131052-308X, DNI 12345678A, 120174-3389, 000-12-3456",
        "Called on 2026-11-22 and 01 12 2026; ratio 0.123456789; version 10.0.19041.1",
        "Seen on @docket and at 16:00@home",
        "Room 12-34-56, hours 08:30-17:15, 3.5 + 1200000 points",
    ],
)
def test_other_numbers_are_let_through(text: str) -> None:
    assert look_over_text(text, {}) == ()


def test_what_belongs_to_the_client_or_me_may_stand_there() -> None:
    party = _party(email="jo@acme.example", phone="+49 170 1234567")
    said = "jo@acme.example, invoices@acme.example, 0170 1234567, GB29 NWBK 6016 1331 9268 19"
    mine = ["GB29NWBK60161331926819"]
    assert look_over([party, _entry(2, said)], OTHERS, mine=mine) == ()


def test_a_public_host_is_nobodys() -> None:
    party = _party(email="acme@gmail.com")
    entry = _entry(2, "acme@gmail.com and somebody@gmail.com")
    assert _seen(party, entry) == [("statement", "personal", "somebody@gmail.com")]


def test_another_clients_address_is_told_as_such() -> None:
    [found] = look_over(
        [_party(), _entry(2, "cc to Office@BOLT.example")],
        OTHERS,
        addresses=["office@bolt.example"],
    )
    assert (found.what, found.words) == ("client", "Office@BOLT.example")


def test_a_full_case_is_plain(tmp_path: Path) -> None:
    assert look_over(full_case(tmp_path).entries(), OTHERS) == ()


@given(st.text(), st.dictionaries(st.text(max_size=8), st.text(max_size=12), max_size=4))
def test_any_text_and_names_give_words_that_stand_in_it(text: str, names: dict[str, str]) -> None:
    found = look_over_text(text, names, names=["Acme Média"])
    for one in found:
        assert one.words
        assert text[one.start : one.start + len(one.words)] == one.words
    assert list(found) == sorted(found, key=lambda one: one.start)


@given(
    st.sampled_from(["Brackley Print", "Café Ærø", "Ștefan Petre", "水端工房"]),
    st.text(),
    st.text(),
)
def test_a_name_between_any_texts_is_found(name: str, before: str, after: str) -> None:
    found = look_over_text(f"{before} . {name} . {after}", OTHERS)
    assert any(one.what == "client" and one.words == name for one in found)


def test_a_long_docket_beside_many_clients_is_looked_over_quickly() -> None:
    others = {f"c{number}x": f"Brackley & Sons {number}" for number in range(500)}
    said = "Asked for the logo files for INV-{0} by mail; the answer came {0} days later to Ørjan."
    entries = [_entry(seq, said.format(seq)) for seq in range(1, 2_501)]
    start = time.process_time()
    found = look_over(entries, others)
    assert time.process_time() - start < 2.5  # a sixth of a second on an idle machine
    assert found == ()


def test_what_is_said_in_the_language_of_the_client_is_looked_at_too() -> None:
    said = "Te ette koskaan vastaa. He is a liar."
    assert _seen(_party(language="fi"), _entry(2, said)) == [
        ("statement", "you", "Te ette koskaan"),
        ("statement", "accusation", "liar"),
    ]
    assert _seen(_party(), _entry(2, said)) == [("statement", "accusation", "liar")]


def test_what_is_asked_for_is_looked_at_like_what_was_logged(tmp_path: Path) -> None:
    case = full_case(tmp_path)
    request = RecordRequest("own", remedy="The idiot pays, or else")
    noticed = request.preview(case.workspace, "acme").noticed
    found = [(one.seq, one.what, one.words) for one in noticed if one.field == "remedy"]
    assert found == [(None, "insult", "idiot"), (None, "threat", "or else")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("asked for by the lawyer", ["lawyer"]),
        ("My solicitors say to wait", ["solicitors"]),
        ("Got legal advice on it", ["legal advice"]),
        ("Their lawyer wrote", []),
        ("The client's attorney called", []),
        ("Lawyerly words", []),
    ],
)
def test_what_i_was_advised_is_named_and_their_lawyer_is_not(text: str, words: list[str]) -> None:
    assert [one[2] for one in _seen(_party(), _entry(2, text)) if one[1] == "advice"] == words
