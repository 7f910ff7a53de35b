"""Checks the record folder it stands in with nothing but Python 3 (see VERIFY.md)."""

import hashlib
import json
import pathlib
import re
import sys


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def canon(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def chain(data: bytes, bad: list[str]) -> tuple[int, str]:
    """Recompute every hash of chain.jsonl from what it shows; return its count and head."""
    header, *rows = data.removesuffix(b"\n").split(b"\n")
    head, count = sha(b"docket-journal/1 header\0" + canon(json.loads(header))), 0
    for count, row in enumerate(rows, start=1):
        item = json.loads(row)
        leaf = item.get("leaf")
        if leaf is None:
            digests = dict(item["withheld"])
            for name, value in item["fields"].items():
                salted = canon([item["salts"][name], name, value])
                digests[name] = sha(b"docket-journal/1 field\0" + salted)
            leaf = sha(b"\x00" + canon({"digests": digests, "seq": item["seq"]}))
        head = sha(b"\x01" + bytes.fromhex(head) + bytes.fromhex(leaf))
        if (item["seq"], item["hash"]) != (count, head):
            bad.append(f"chain.jsonl: entry {count} is not what was recorded")
            head = item["hash"]
    return count, head


def main() -> int:
    here, bad = pathlib.Path(__file__).resolve().parent, list[str]()
    manifest = json.loads((here / "manifest.json").read_bytes())
    listed = {file["path"]: file for file in manifest["files"]}
    present = {p.relative_to(here).as_posix() for p in here.rglob("*") if not p.is_dir()}
    bad += [f"{name}: missing" for name in sorted(listed.keys() - present)]
    extra = present - listed.keys() - {"manifest.json", "manifest.json.sig"}
    bad += [f"{name}: not in the manifest" for name in sorted(extra)]
    hashes = {name: sha((here / name).read_bytes()) for name in listed.keys() & present}
    bad += [f"{name}: changed" for name in hashes if hashes[name] != listed[name]["sha256"]]
    count, head = chain((here / "chain.jsonl").read_bytes(), bad)
    if manifest["head"] != {"count": count, "hash": head}:
        bad.append("manifest.json: its head is not that of chain.jsonl")
    text = (here / manifest["document"]).read_text(encoding="utf-8")
    if not re.search(rf'^entries: {count}$[^#]*^head: "{head}"$', text, re.M):
        bad.append(f"{manifest['document']}: its head is not that of chain.jsonl")
    for line in bad or [f"whole: {len(listed)} files, {count} entries, head {head}"]:
        print(line if line.isprintable() and line.isascii() else ascii(line))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
