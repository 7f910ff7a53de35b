"""What is withheld is in no byte of a record, and the record still verifies to the same head."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import UsageError
from store.evidence.custody import Custody
from store.records import (
    PURPOSES,
    Purpose,
    RecordError,
    RecordOptions,
    WrittenRecord,
    verify_record,
    write_record,
)
from store.records.folder.exhibits import look
from store.records.redaction.needle import Needle
from tests.store.records.case import Case, full_case
from tests.store.records.test_verify import fix_manifest, run_script

MARK = "Zsófia Qvist"


def seeded(root: Path) -> Case:
    """Return the full case with a name in every place a person may write one."""
    case = full_case(root)
    case.log("client", "2026-09-13", data={"name": "Acme Média", "email": "qvist@acme.example"})
    case.log("complaint", "2026-09-14", f"{MARK} said so")  # 38
    case.log("blame", "2026-09-15", "Said on the phone", quotes=[{"text": "no", "by": MARK}])
    case.log("delivery", "2026-09-16", "Posts", data={"where": f"{MARK.upper()}'s desk"})  # 40
    paper = case.exhibit(b"a letter", "zsofia  qvist letter.txt")
    case.log("note", "2026-09-17", "A letter came", exhibits=[paper])  # 41
    case.log("excuse", "2026-09-18", "No money", refs={"project": f"for {MARK}"})  # 42
    case.log("complaint", "2026-09-19", "Too slow")  # 43
    fixed = {"changes": {"statement": f"Too slow, {MARK} said"}}
    case.log("amendment", "2026-09-20", data=fixed, link=("amends", 43), reason="fuller")
    case.log("complaint", "2026-09-21", "Too loud")  # 45
    case.log("void", "2026-09-22", link=("voids", 45), reason=f"{MARK} never said so")
    return case


def write(case: Case, root: Path, purpose: Purpose = "own", **options: Any) -> WrittenRecord:
    """Write a record with these options."""
    options = {"despite": ("AB-1",), **options}  # a PDF by its first letters, and no more
    chosen = RecordOptions(purpose, None, None, "Ann Berg", **options)
    return write_record(case.workspace, "acme", chosen, root / "out")


def all_bytes(written: WrittenRecord) -> bytes:
    """Return every byte of a record, names included."""
    files = [path for path in written.folder.rglob("*") if path.is_file()]
    return b"\n".join(path.name.encode() + b"\n" + path.read_bytes() for path in files)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_withheld_name_is_in_no_byte_and_the_record_verifies(
    tmp_path: Path, purpose: Purpose
) -> None:
    case = seeded(tmp_path)
    written = write(case, tmp_path, purpose, redact=(MARK, "qvist"), because="not a party")
    data = all_bytes(written)
    assert b"qvist" not in data.lower()
    assert "zsófia" not in data.decode("utf-8", "replace").casefold()
    assert verify_record(written.folder).findings == ()
    assert run_script(written.folder).returncode == 0
    manifest = json.loads((written.folder / "manifest.json").read_bytes())
    assert manifest["head"]["hash"] == case.workspace.file("acme").head[1]
    assert manifest["redacted"] == [45, 46]


def test_the_redaction_log_names_entry_field_digest_reason_and_who(tmp_path: Path) -> None:
    written = write(seeded(tmp_path), tmp_path, redact=(MARK, "qvist"), because="not a party")
    text = written.document.read_text("utf-8")
    annex = text[text.index("## Annex B") : text.index("## Annex C")]
    rows = [
        [cell.strip() for cell in row.split("|")[1:3]]
        for row in annex.split("\n")
        if row.startswith("| ")
    ]
    assert rows[2:] == [
        ["37", "data"],
        ["38", "statement"],
        ["39", "quotes"],
        ["40", "data"],
        ["41", "exhibits"],
        ["42", "refs"],
        ["44", "data"],
        ["45", "all of it"],
        ["46", "all of it"],
    ]
    assert "Withheld by Ann Berg; the reason given: not a party." in annex
    assert "withheld: not a party, digest " in text[: text.index("## Annex A")]
    assert "(Amended on 2026-09-20 by entry 44: \\[withheld: not a party" in text


def test_the_digest_that_is_printed_is_the_one_in_the_chain(tmp_path: Path) -> None:
    written = write(seeded(tmp_path), tmp_path, redact=("#38.statement",))
    rows = (written.folder / "chain.jsonl").read_bytes().splitlines()
    digest = json.loads(rows[38])["withheld"]["statement"]
    assert f"\\[withheld: privacy, digest {digest[:8]}]" in written.document.read_text("utf-8")


def test_a_forged_redaction_is_found(tmp_path: Path) -> None:
    written = write(seeded(tmp_path), tmp_path, redact=("#38.statement",))
    path = written.folder / "chain.jsonl"
    raw = path.read_bytes()
    digest = json.loads(raw.splitlines()[38])["withheld"]["statement"]
    other = ("0" if digest[0] != "0" else "1") + digest[1:]
    path.write_bytes(raw.replace(digest.encode(), other.encode()))
    fix_manifest(written.folder)
    assert any("entry 38 was changed" in what for what in verify_record(written.folder).findings)


def test_a_part_that_is_left_refuses_the_record(tmp_path: Path) -> None:
    case = seeded(tmp_path)
    case.log("note", "2026-09-23", "Wrote to Qvist again")
    with pytest.raises(RecordError, match="entry 37 still holds 'qvist'") as caught:
        write(case, tmp_path, redact=(MARK,))
    assert "--redact 'qvist'" in caught.value.remedy
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


def test_what_the_sums_need_cannot_be_withheld_in_part(tmp_path: Path) -> None:
    case = seeded(tmp_path)
    for what in ("INV-2", "#9.data"):
        with pytest.raises(RecordError, match=r"Entry 9 \(invoice\) cannot be withheld in part"):
            write(case, tmp_path, redact=(what,))
    with pytest.raises(RecordError, match="the account would be wrong"):
        write(case, tmp_path, redact=("#9",))


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("nobody at all", "stands in no entry"),
        ("#99", "no entry #99"),
        ("#0", "no entry #0"),
        ("#38.hash", "has no hash to withhold"),
        ("#38.quotes", "has no quotes to withhold"),
        ("ab", "too short"),
        ("...", "too short"),
    ],
)
def test_a_slip_in_what_to_withhold_is_refused(tmp_path: Path, what: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        write(seeded(tmp_path), tmp_path, redact=(what,))


def test_the_name_of_who_prepared_it_and_the_id_cannot_be_withheld(tmp_path: Path) -> None:
    case = seeded(tmp_path)
    with pytest.raises(RecordError, match="the name of who prepared it still holds"):
        write(case, tmp_path, redact=("Ann Berg",))
    with pytest.raises(RecordError, match="the docket's id still holds 'acme'"):
        write(case, tmp_path, redact=("Acme Média", "qvist@acme.example"))


@pytest.mark.parametrize(
    "content",
    [b"Dear QVIST,", "Szia qvist".encode("utf-16-le"), b"x" * (1 << 20) + b"qvist", b"\0 Qvist \0"],
)
def test_an_exhibit_that_holds_it_refuses_the_record(tmp_path: Path, content: bytes) -> None:
    case = seeded(tmp_path)
    case.log("note", "2026-09-24", "A file", exhibits=[case.exhibit(content, "file.bin")])  # 47
    with pytest.raises(RecordError, match="exhibit AB-3 holds 'qvist'") as caught:
        write(case, tmp_path, redact=(MARK, "qvist"))
    assert "--redact '#47.exhibits'" in caught.value.remedy
    written = write(case, tmp_path, redact=(MARK, "qvist", "#47.exhibits"))
    assert not list((written.folder / "exhibits").glob("AB-3*"))
    assert verify_record(written.folder).ok


MAILS = {
    "base64": "Content-Transfer-Encoding: base64\n\n"
    + base64.encodebytes(b"Hello from Qvist, at last.").decode(),
    "quoted-printable": "Content-Transfer-Encoding: quoted-printable\n\nHello from Qv=\nist.\n",
    "html": "Content-Type: text/html\n\n<p>Hello from Q<b>vis</b>&#116;</p>\n",
    "header": "Cc: =?utf-8?b?UXZpc3Q=?= <k@x.example>\n\nHello\n",
    "file name": 'MIME-Version: 1.0\nContent-Type: text/plain; name="qvist.txt"\n\nHello\n',
}


@pytest.mark.parametrize("coded", MAILS)
def test_a_mail_is_searched_as_it_is_read(tmp_path: Path, coded: str) -> None:
    case = seeded(tmp_path)
    raw = f"From: ann@x.example\nSubject: Hi\n{MAILS[coded]}".encode()
    case.log("note", "2026-09-24", "Mail", exhibits=[case.exhibit(raw, "m.eml")])  # 47
    with pytest.raises(RecordError, match="exhibit AB-3 holds 'qvist'"):
        write(case, tmp_path, redact=(MARK, "qvist"))


def test_a_mail_with_something_attached_cannot_be_searched_whole(tmp_path: Path) -> None:
    case = seeded(tmp_path)
    raw = (
        b"From: ann@x.example\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/mixed; boundary="b"\n\n--b\n\nHello\n--b\n'
        b"Content-Type: application/pdf\nContent-Disposition: attachment\n"
        b"Content-Transfer-Encoding: base64\n\nJVBERg==\n--b--\n"
    )
    case.log("note", "2026-09-24", "Mail", exhibits=[case.exhibit(raw, "m.eml")])
    with pytest.raises(RecordError, match=r"AB-3 \(m.eml\): a PDF that cannot be read"):
        write(case, tmp_path, redact=(MARK, "qvist"))


def test_a_withheld_file_goes_out_with_no_other_entry(tmp_path: Path) -> None:
    case = seeded(tmp_path)
    paper = case.exhibit(b"a letter of hers", "letter.txt")
    for _ in (47, 48):
        case.log("note", "2026-09-24", "Paper", exhibits=[paper])
    with pytest.raises(RecordError, match="withheld at entry 47 would go out with entry 48"):
        write(case, tmp_path, redact=("#47.exhibits",))
    written = write(case, tmp_path, redact=("#47.exhibits", "#48.exhibits"))
    assert b"a letter of hers" not in all_bytes(written)


def test_an_entry_withheld_whole_is_asked_for_no_more(tmp_path: Path) -> None:
    case = seeded(tmp_path)
    case.log("hours", "2026-09-24", "Call with Qvist", data={"hours": "1"})  # 47
    case.log("promise", "2026-09-25", "Later", data={"by": "client", "due": "2026-09-30"})
    written = write(case, tmp_path, redact=("Qvist", MARK, "#47"))
    assert verify_record(written.folder).ok


def test_an_export_that_fails_is_noted_as_recalled(tmp_path: Path) -> None:
    case = seeded(tmp_path)
    case.log("note", "2026-09-24", "Sent them a chronology")
    with pytest.raises(RecordError, match="would still hold 'chronology'"):
        write(case, tmp_path, redact=("chronology",))
    acts = [line.act for line in Custody(case.workspace, "acme").lines]
    assert acts.count("exported") == acts.count("recalled") == 2
    text = write(case, tmp_path).document.read_text("utf-8")
    assert "; one export not completed; last on " in text


def test_all_files_that_hold_it_are_named_at_once(tmp_path: Path) -> None:
    case = seeded(tmp_path)
    for number in (47, 48):
        paper = case.exhibit(f"Qvist {number}".encode(), f"{number}.txt")
        case.log("note", "2026-09-24", "Paper", exhibits=[paper])
    with pytest.raises(RecordError) as caught:
        write(case, tmp_path, redact=(MARK, "qvist"))
    assert "--redact '#47.exhibits' --redact '#48.exhibits'" in caught.value.remedy


def test_what_cannot_be_read_refuses_the_record_unless_it_is_to_go_out_despite_that(
    tmp_path: Path,
) -> None:
    case = seeded(tmp_path)
    case.log("note", "2026-09-24", "Shot", exhibits=[case.exhibit(b"\x89PNG\0", "a.png")])
    with pytest.raises(RecordError, match=r"AB-3 \(a.png\): a picture") as caught:
        write(case, tmp_path, redact=(MARK, "qvist"))
    assert "add --despite AB-3; or leave it out with --redact '#47.exhibits'" in str(caught.value)
    written = write(case, tmp_path, redact=(MARK, "qvist"), despite=("ab-1", "A.PNG"))
    assert [one.label for one in written.unsearched] == ["AB-1", "AB-3"]
    manifest = json.loads((written.folder / "manifest.json").read_bytes())
    assert manifest["options"]["despite"] == ["AB-1", "AB-3"]
    annex = written.document.read_text("utf-8").partition("## Annex B")[2]
    assert "they are shown because Ann Berg chose so: AB-1 and AB-3." in annex
    assert verify_record(written.folder).findings == ()
    assert run_script(written.folder).returncode == 0
    for purpose in ("platform", "public"):
        text = write(
            case, tmp_path, purpose, redact=(MARK, "qvist"), despite=("AB-1", "a.png")
        ).document.read_text("utf-8")
        assert "Ann Berg chose so: AB-1" in text


def test_without_words_to_withhold_no_file_is_refused(tmp_path: Path) -> None:
    case = seeded(tmp_path)
    case.log("note", "2026-09-24", "Shot", exhibits=[case.exhibit(b"\x89PNG\0", "a.png")])
    for redact in ((), ("#38.statement",)):
        written = write(case, tmp_path, redact=redact, despite=())
        assert written.unsearched == ()
        manifest = json.loads((written.folder / "manifest.json").read_bytes())
        assert "despite" not in manifest["options"]


def test_a_name_that_no_file_has_lets_none_go_out(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="--despite AB-1"):
        write(seeded(tmp_path), tmp_path, redact=(MARK, "qvist"), despite=("b.png", "#38"))


@pytest.mark.parametrize(
    "text",
    ["Qv\ufe0fist rang", "Q\u034fvist", "Qvi\u3164st", "Qv&#105;st", "Qv%69st", "Q\\x76ist"],
)
def test_an_entry_is_read_through_what_hides_a_name(tmp_path: Path, text: str) -> None:
    case = seeded(tmp_path)
    case.log("note", "2026-09-24", text)  # 47
    written = write(case, tmp_path, redact=(MARK, "qvist"))
    assert 47 in {one.seq for one in written.material.withheld}


@pytest.mark.parametrize("text", ["Qvіst rang", "Qv ist rang", "Qv-\nist rang", "QV1ST"])
def test_an_entry_that_looks_like_it_is_asked_about(tmp_path: Path, text: str) -> None:
    case = seeded(tmp_path)
    case.log("note", "2026-09-24", text)  # 47
    with pytest.raises(RecordError, match=r"entry 47 may hold '.*' in other letters") as caught:
        write(case, tmp_path, redact=(MARK, "qvist"))
    assert "--redact '#47', or show it all the same with --despite '#47'" in str(caught.value)
    assert write(case, tmp_path, redact=(MARK, "qvist", "#47")).material.redacted == (45, 46, 47)
    shown = write(case, tmp_path, redact=(MARK, "qvist"), despite=("AB-1", "#47"))
    assert shown.material.options.despite == ("AB-1", "#47")
    assert verify_record(shown.folder).findings == ()


@given(st.text(min_size=3, max_size=40), st.text(max_size=10), st.text(max_size=10))
def test_a_text_is_found_however_it_is_cased_and_spaced(name: str, one: str, two: str) -> None:
    try:
        needle = Needle.of(name)
    except UsageError:
        return
    for spelled in (needle.typed, needle.typed.upper(), needle.typed.replace(" ", "  \n")):
        if Needle.of(spelled).folded == needle.folded:  # some capitals have no way back
            assert needle.whole_in(f"{one} {spelled} {two}")


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("+49 30 1234567", "ring (030) +49-30-123.45.67 now"),
        ("DE89 3704 0044 0532 0130 00", "to DE89370400440532013000, please"),
        ("jo.smith@acme.example", "from JO.SMITH@acme.example"),
        ("Łukasz Ødegård", "lukasz odegard"),
    ],
)
def test_numbers_and_addresses_are_found_in_other_spellings(typed: str, text: str) -> None:
    assert Needle.of(typed).whole_in(text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("jonas brunner", "Brunner left early"),
        ("Jonas Brunner", "offer_Jonas_Brunner_v2.txt"),
        ("Jonas Brunner", "write to jonasbrunner@acme.example"),
        ("Jonas Brunner", "Jonas Brun\u00adner and Jo\u200bnas"),
        ("Jonas Brunner", "Jonas\nBrunner"),
        ("ចាន់ សុខា", "សុខាមកដល់"),
        ("अनिता शर्मा", "अनिता ने कहा"),
        ("王明", "王明先生"),
        ("Björn Svärd", "BJO\u0308RN SVA\u0308RD"),
    ],
)
def test_a_name_is_found_in_disguise(typed: str, text: str) -> None:
    assert Needle.of(typed).part_in(text)


@pytest.mark.parametrize(
    "content",
    [
        "Jonas\nBrunner was here",
        "BJÖRN BRUNNER",
        '{"by": "J\\u00f6nas Br\\u0075nner"}',
        "<p>Bru<b>nn</b>er</p>",
        "<p>Bru<span style='display: none'>x</span>nner</p>",
        "<a href='data:text/plain,%42%72%75%6e%6e%65%72'>",
        "<a><![CDATA[Bru]]><![CDATA[nner]]></a>",
        "<bdo dir='rtl'>rennurB</bdo>",
        "X-Folder: &AEIAcgB1AG4AbgBlAHI-",
        "=42=72unn=\ner",
        "\\102\\162unner",
        "B&amp;#114;unner",
        '{"a": "eCBCcnVubmVyIGNhbWU="}',
        "\ufeffBrunner".encode("utf-16"),
    ],
)
def test_a_file_of_text_is_searched_as_it_is_read(tmp_path: Path, content: str | bytes) -> None:
    raw = content if isinstance(content, bytes) else content.encode()
    (tmp_path / "file").write_bytes(raw)
    assert look(tmp_path / "file", [Needle.of("Jonas Brunner")]).found


def test_a_file_that_is_text_only_at_first_is_not_taken_for_searched(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"text " * 30_000 + b"\0\xff")
    assert not look(tmp_path / "file", [Needle.of("Jonas Brunner")]).sure


def test_parts_are_words_of_three_letters_and_the_name_of_an_address() -> None:
    needle = Needle.of("Jo van Smith")
    assert needle.part_in("the Smith file") == "smith"
    assert needle.part_in("the blacksmith") == ""
    assert needle.part_in("Jo came in a van") == "", "too short, and no name"
    address = Needle.of("jo.smith@acme.example")
    assert address.part_in("smith") == "smith"
    assert address.part_in("acme example") == ""
