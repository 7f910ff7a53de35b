"""A name that is planted in a file is found or the file is named, however it is put together."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.records.folder.exhibits import Looked, look, look_in
from store.records.redaction.needle import Needle
from tests.store.records.planted import NAMES, ordinary, planted

AGAIN = (59, 887, 1344, 1467, 1899, 2035)  # went out without a word once
FILES = Path(__file__).parent / "files"


@pytest.mark.parametrize("file", sorted(FILES.glob("f01*")), ids=lambda path: path.stem)
def test_a_mail_that_once_went_out_without_a_word_is_found(file: Path) -> None:
    name = "林喆" if file.name.startswith("f01a") else "Kari Nordmann"
    assert look(file, [Needle.of(name)]).found == name
    assert look(file, [Needle.of("Nobody Atall")]) == Looked(
        read=look(file, [Needle.of("Nobody Atall")]).read
    )


def test_there_are_five_of_them() -> None:
    assert len(list(FILES.glob("f01*"))) == 5


@pytest.mark.parametrize("start", range(6))
def test_no_planted_name_goes_out_unannounced(start: int) -> None:
    found = 0
    for number in (*range(start, 300, 30), *AGAIN[start::6]):
        case = planted(number)
        looked = look_in(case.data, [Needle.of(case.name)])
        assert looked.found or not looked.sure, f"{number}: {case.name} in {case.what}"
        found += bool(looked.found)
    assert found >= 6, "most are found, not only named"


def test_ordinary_files_are_read_to_their_last_byte() -> None:
    needles = [Needle.of(name) for name in list(NAMES)[:4]]
    for number in range(16):
        case = ordinary(number)
        looked = look_in(case.data, needles)
        assert not looked.found
        assert looked.sure, f"{number}: {looked.why} in {case.what}"


def test_it_is_told_what_was_read_and_in_which_charset() -> None:
    case = (FILES / "f01a-redact-gb2312.eml").read_bytes()
    read = look_in(case, [Needle.of("王小明")]).read
    assert {"utf-8", "gb18030"} <= {part.charset for part in read}
    assert (0, len(case)) in {(part.start, part.end) for part in read}
