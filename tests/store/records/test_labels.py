"""Exhibits are numbered as they were added, the same in every document, and no number is a gap."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from store.docket import Docket
from store.docket.exhibits import exhibit_label, exhibit_numbers, initials_of
from store.entries import Entry
from store.errors import UsageError
from store.journal import Line
from store.records import RecordError, RecordOptions, verify_record, write_record
from store.records.dispute.document import numbering
from store.records.dispute.material import Material, gather
from tests.examples import examples
from tests.store.building import NOON, TODAY, entry
from tests.store.records.case import NOW, Case
from tests.store.records.test_verify import fix_manifest, run_script

ACTS = ("note", "note", "settled", "internal", "amendment", "addendum", "void")
acts = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(1, 30), st.lists(st.integers(1, 6), max_size=3)),
    max_size=14,
)


def entries(drawn: list[tuple[str, int, list[int]]]) -> list[Entry]:
    """Return a docket of notes, some with files, some of them corrected, withdrawn or private."""
    made, voided = [entry(1, "client", 200, data={"name": "Acme"})], set[int]()
    for seq, (act, back, files) in enumerate(drawn, start=2):
        hashes = dict.fromkeys(f"{file:064x}" for file in files)
        more: dict[str, Any] = {
            "exhibits": [{"sha256": one, "name": "a.txt", "size": 1} for one in hashes],
        }
        target = 1 + (back % (seq - 1))
        if act in ("amendment", "addendum", "void") and (target == 1 or target in voided):
            act = "note"
        if made[target - 1].kind != "note" and act in ("amendment", "void", "addendum"):
            act = "note"
        if act == "amendment":
            data = {"changes": {"statement": f"Otherwise {seq}"}}
            made.append(entry(seq, act, back, data=data, link=("amends", target)))
        elif act == "addendum":
            made.append(entry(seq, act, back, link=("adds-to", target), **more))
        elif act == "void":
            voided.add(target)
            made.append(entry(seq, act, back, link=("voids", target)))
        else:
            seen = {"settled": "settlement", "internal": "internal"}.get(act, "record")
            made.append(entry(seq, "note", back, visibility=seen, **more))
    return made


def material(known: list[Entry], options: RecordOptions) -> Material:
    """Return what a record of these entries is made from."""
    lines = [Line(one.seq, one.fields(), "", "", one.hash) for one in known]
    docket = Docket.of("acme", known, TODAY)
    return gather(docket, lines, options, NOON, numbering(options))


KINDS_OF_RECORD = (
    RecordOptions("court", None, None, "Jo Ek"),
    RecordOptions("mediator", None, None, "Jo Ek"),
    RecordOptions("own", date(2026, 11, 5), date(2026, 11, 15), "Jo Ek"),
    RecordOptions("own", None, None, "Jo Ek", kinds=("thanks",)),
    RecordOptions("court", None, None, "Jo Ek", redact=("#2",)),
)


@examples(150)
@given(acts, st.integers(0, 14), st.sampled_from(KINDS_OF_RECORD))
def test_a_label_never_changes_whatever_is_logged_later_and_whoever_it_is_for(
    drawn: list[tuple[str, int, list[int]]], before: int, options: RecordOptions
) -> None:
    known = entries(drawn)
    whole = exhibit_numbers(known)
    assert list(whole.values()) == list(range(1, len(whole) + 1))
    earlier = known[: 1 + before]
    for some in (known, earlier):
        try:
            made = material(some, options)
        except (RecordError, UsageError):  # there is no entry 2, or its file goes with another
            assert options.redact
            continue
        labels = {sha256: one.label for sha256, one in made.exhibits.items()}
        assert labels == {sha256: f"JE-{whole[sha256]}" for sha256 in labels}
        every = sorted([*made.numbers.values(), *(one.number for one in made.not_shown)])
        assert every == list(range(1, len(exhibit_numbers(some)) + 1)), "no number is a gap"


def test_initials_are_those_of_the_author() -> None:
    assert [exhibit_label(initials_of(name), 3) for name in ("Jo Ek", "Émile", "李")] == [
        *("JE-3", "E-3", "EX-3"),
    ]


def case_with_six(root: Path) -> Case:
    """Return a case with six exhibits; a court is not shown the first, fourth and fifth."""
    case = Case(root)
    papers = [case.exhibit(b"paper %d" % number, f"{number}.txt") for number in range(1, 7)]
    day = "2026-09-01"
    case.log("note", day, "To myself", visibility="internal", exhibits=papers[:1])  # 2
    case.log("note", day, "The order and the plan", exhibits=papers[1:3])  # 3
    case.log("offer", day, "Half of it", visibility="settlement", exhibits=papers[3:5])  # 4
    case.log("note", day, "The plan again, and the last one", exhibits=[papers[2], papers[5]])  # 5
    return case


def test_what_is_left_out_is_named_in_the_list_of_exhibits_with_why(tmp_path: Path) -> None:
    case = case_with_six(tmp_path)
    whole = case.record("court")
    assert [one.label for one in whole.material.exhibits.values()] == ["AB-2", "AB-3", "AB-6"]
    said = "Three exhibits of the log are not in this document: AB-1 and AB-4 to AB-5 (withheld)."
    assert said in whole.markdown
    mediator = case.record("mediator").markdown
    assert "One exhibit of the log is not in this document: AB-1 (withheld)." in mediator
    assert "AB-6" in mediator
    redacted = case.record("court", redact=("#3.exhibits", "#5.exhibits")).markdown
    assert "AB-1 and AB-4 to AB-5 (withheld) and AB-2 to AB-3 and AB-6 (redacted)." in redacted
    period = case.record("court", since=date(2026, 10, 1)).markdown
    assert "AB-2 to AB-3 and AB-6 (outside the period)" in period
    extract = case.record("own", kinds=("thanks",)).markdown
    assert "AB-2 to AB-3 and AB-6 (not chosen)" in extract
    sheet = case.record("public").markdown
    assert re.search(r"exhibits of the log are not in this document: AB-1", sheet)


def test_a_number_that_cannot_be_is_found_by_the_check(tmp_path: Path) -> None:
    case = Case(tmp_path)
    for number in (1, 2, 3):
        paper = case.exhibit(b"paper %d" % number, f"{number}.txt")
        case.log("note", f"2026-09-0{number}", "A paper", exhibits=[paper])
    case.clock.now = NOW
    options = RecordOptions("court", None, None, "Ann Berg")
    folder = write_record(case.workspace, "acme", options, tmp_path / "out").folder
    path = folder / "manifest.json"
    honest = json.loads(path.read_bytes())

    def stated(**change: str) -> tuple[str, ...]:
        content = json.loads(json.dumps(honest))
        for one in content["exhibits"]:
            one["label"] = change.get(one["label"].replace("-", ""), one["label"])
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
        fix_manifest(folder)
        return verify_record(folder).findings

    assert stated() == ()
    swapped = stated(AB1="AB-2", AB2="AB-1")
    assert any("cannot have come in this place" in one for one in swapped), swapped
    assert "AB-2.txt: not the exhibit of its label" in run_script(folder).stdout
    assert any("not 1, 2, 3 and so on" in one for one in stated(AB3="AB-4"))
    assert any("not 1, 2, 3 and so on" in one for one in stated(AB3="AB-2"))
