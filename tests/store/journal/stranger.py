"""Verify a journal or a disclosed journal: `stranger.py FILE`; written from FORMAT.md alone."""

import hashlib
import hmac
import json
import pathlib
import sys
from typing import Any

HEADER = {"created", "docket", "format", "nonce"}
ENTRY = {"fields", "hash", "prev", "seed", "seq"}
SHOWN = {"fields", "hash", "salts", "seq", "withheld"}
LEAF = {"hash", "leaf", "seq"}


def canon(value: Any) -> bytes:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8")


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def unhex(text: str, length: int) -> bytes:
    assert len(text) == 2 * length and bytes.fromhex(text).hex() == text, "bad hex digits"
    return bytes.fromhex(text)


def leaf(item: dict[str, Any]) -> str:
    if item.keys() == LEAF:
        return str(item["leaf"])
    fields, digests = item["fields"], dict(item.get("withheld", {}))
    salts = item.get("salts", {})
    if item.keys() == ENTRY:
        seed = unhex(item["seed"], 16)
        salts = {name: hmac.digest(seed, name.encode("ascii"), "sha256").hex() for name in fields}
    assert salts.keys() == fields.keys() and not fields.keys() & digests.keys(), "fields"
    for name, value in fields.items():
        digests[name] = sha(b"docket-journal/1 field\0" + canon([salts[name], name, value]))
    return sha(b"\0" + canon({"digests": digests, "seq": item["seq"]}))


def verify(data: bytes) -> tuple[int, str]:
    first, *lines = data.removesuffix(b"\n").split(b"\n")
    header = json.loads(first)
    assert data.endswith(b"\n") and canon(header) == first and header.keys() == HEADER, "header"
    head = sha(b"docket-journal/1 header\0" + first)
    for seq, line in enumerate(lines, start=1):
        item = json.loads(line.decode("utf-8"))
        assert canon(item) == line and item.keys() in (ENTRY, SHOWN, LEAF), f"form of {seq}"
        assert item["seq"] == seq and item.get("prev", head) == head, f"place of entry {seq}"
        head = sha(b"\1" + unhex(head, 32) + unhex(leaf(item), 32))
        assert item["hash"] == head, f"content of entry {seq}"
    return len(lines), head


if __name__ == "__main__":
    print(*verify(pathlib.Path(sys.argv[1]).read_bytes()))
