"""RFC 3161 time-stamp queries: the bytes to send to an authority, written and never sent here."""

from __future__ import annotations

import hashlib
from typing import Final

_INTEGER, _BOOLEAN, _OCTETS, _NULL, _OID, _SEQUENCE = 0x02, 0x01, 0x04, 0x05, 0x06, 0x30
_SHA256: Final = bytes.fromhex("608648016503040201")  # 2.16.840.1.101.3.4.2.1
_NONCE_BITS: Final = 64


def query(data: bytes, nonce: int) -> bytes:
    """Return the DER of a TimeStampReq (RFC 3161 section 2.4.1) for the SHA-256 of `data`.

    It asks for the authority's certificates. `nonce` is random, 1 to 2**64 - 1; the answer must
    repeat it. ValueError for any other.
    """
    if not 0 < nonce < 2**_NONCE_BITS:
        raise ValueError("the nonce has 1 to 64 bits")
    algorithm = _der(_SEQUENCE, _der(_OID, _SHA256) + _der(_NULL, b""))
    imprint = _der(_SEQUENCE, algorithm + _der(_OCTETS, hashlib.sha256(data).digest()))
    certificates = _der(_BOOLEAN, b"\xff")
    return _der(_SEQUENCE, _integer(1) + imprint + _integer(nonce) + certificates)


def is_about(stamp: bytes, data: bytes) -> bool:
    """Tell whether a query or an answer can be about `data`: whether it holds its SHA-256.

    That alone proves nothing; `openssl ts -verify` does.
    """
    return hashlib.sha256(data).digest() in stamp


def _integer(value: int) -> bytes:
    return _der(_INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def _der(tag: int, content: bytes) -> bytes:
    if len(content) > 127:
        raise ValueError("only the short form of lengths is needed here")
    return bytes((tag, len(content))) + content
