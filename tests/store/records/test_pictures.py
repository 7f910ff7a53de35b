"""How large a picture is, as its first bytes say; nothing of what is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.records.review.pictures import picture_size
from tests.examples import examples

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (240).to_bytes(4, "big") + (80).to_bytes(4, "big")
JPEG = (
    b"\xff\xd8\xff\xe0\0\x10" + b"JFIF\0" + bytes(9) + b"\xff\xc0\0\x11\x08\x04\0\x06\0" + bytes(9)
)


@pytest.mark.parametrize(
    ("data", "size", "small"),
    [
        (PNG, (240, 80), True),
        (JPEG, (1536, 1024), False),
        (PNG[:20], None, None),
        (JPEG[:21], None, None),
        (b"%PDF-1.7", None, None),
        (b"", None, None),
    ],
)
def test_a_picture_says_how_large_it_is(
    tmp_path: Path, data: bytes, size: tuple[int, int] | None, small: bool | None
) -> None:
    path = tmp_path / "x"
    path.write_bytes(data)
    found = picture_size(path)
    assert found == size
    assert (found.too_small if found else None) == small


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where a file may stand."""
    return tmp_path_factory.mktemp("pictures") / "x"


@examples(100)
@given(st.binary(max_size=60), st.sampled_from([b"", PNG[:8], b"\xff\xd8"]))
def test_no_bytes_break_it(file: Path, data: bytes, begins: bytes) -> None:
    file.write_bytes(begins + data)
    found = picture_size(file)
    assert found is None or min(found) >= 0
    assert picture_size(file.with_name("nowhere")) is None
