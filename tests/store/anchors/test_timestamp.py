"""The RFC 3161 query is one that OpenSSL reads, byte for byte the one it would write."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.anchors.timestamp import is_about, query

needs_openssl = pytest.mark.skipif(
    shutil.which("openssl") is None, reason="openssl is not installed"
)


def openssl(*words: str) -> str:
    """Run openssl, which must succeed, and return what it printed."""
    done = subprocess.run(["openssl", *words], capture_output=True, text=True, check=True)
    return done.stdout


@needs_openssl
@pytest.mark.parametrize("nonce", [1, 0x7F, 0x80, 0xFF00, 2**63 - 1, 2**63, 2**64 - 1])
def test_openssl_reads_the_query(tmp_path: Path, nonce: int) -> None:
    file = tmp_path / "x.tsq"
    file.write_bytes(query(b"an anchor", nonce))
    said = openssl("ts", "-query", "-in", str(file), "-text")
    assert "Version: 1" in said
    assert "Hash Algorithm: sha256" in said
    assert "Certificate required: yes" in said
    assert int(said.split("Nonce: ")[1].split()[0], 0) == nonce
    rows = [row.split(" - ")[1][:47] for row in said.splitlines() if " - " in row]
    digest = "".join(rows).replace(" ", "").replace("-", "")
    assert digest == hashlib.sha256(b"an anchor").hexdigest()


@needs_openssl
def test_it_is_the_query_that_openssl_writes(tmp_path: Path) -> None:
    data, file = tmp_path / "data", tmp_path / "theirs.tsq"
    data.write_bytes(b"an anchor")
    openssl("ts", "-query", "-data", str(data), "-sha256", "-cert", "-out", str(file))
    said = openssl("ts", "-query", "-in", str(file), "-text")
    nonce = int(said.split("Nonce: ")[1].split()[0], 0)
    assert query(b"an anchor", nonce) == file.read_bytes()


@given(st.binary(max_size=99), st.integers(1, 2**64 - 1))
def test_a_query_is_about_its_data_only(data: bytes, nonce: int) -> None:
    raw = query(data, nonce)
    assert raw[1] == len(raw) - 2
    assert is_about(raw, data)
    assert not is_about(raw, data + b"x")


@pytest.mark.parametrize("nonce", [0, -1, 2**64])
def test_a_wrong_nonce_is_refused(nonce: int) -> None:
    with pytest.raises(ValueError, match="64 bits"):
        query(b"", nonce)
