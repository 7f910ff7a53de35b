"""Checks the record folder it stands in with nothing but Python 3 (see VERIFY.md)."""

import hashlib
import json
import pathlib
import re
import sys


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def sha_file(path: pathlib.Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def canon(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def chain(file: pathlib.Path, bad: list[str]) -> list[str]:
    """Recompute every hash from what the file shows; return them, the first one the genesis."""
    header, *rows = file.read_bytes().removesuffix(b"\n").split(b"\n")
    heads = [sha(b"docket-journal/1 header\0" + canon(json.loads(header)))]
    for count, row in enumerate(rows, start=1):
        item = json.loads(row)
        leaf = item.get("leaf")
        if leaf is None:
            digests = dict(item["withheld"])
            for name, value in item["fields"].items():
                salted = canon([item["salts"][name], name, value])
                digests[name] = sha(b"docket-journal/1 field\0" + salted)
            leaf = sha(b"\x00" + canon({"digests": digests, "seq": item["seq"]}))
        head = sha(b"\x01" + bytes.fromhex(heads[-1]) + bytes.fromhex(leaf))
        if (item["seq"], item["hash"]) != (count, head):
            bad.append(f"{file.name}: entry {count} is not what was recorded")
        heads.append(item["hash"])
    return heads


def anchors(folder: pathlib.Path, client: str, heads: list[str], bad: list[str]) -> int:
    """Hold the chain against each anchor: so many entries, the last of them with this hash."""
    files = sorted(folder.glob("*.json"))
    for file in files:
        try:
            noted = json.loads(file.read_bytes())
            count = noted["count"]
            fits = noted["docket"] == client and heads[count : count + 1] == [noted["head"]]
        except (ValueError, KeyError, TypeError):
            count, fits = 0, False
        if not fits:
            bad.append(f"anchors/{file.name}: entry {count} is not what was anchored")
    return len(files)


def main() -> int:
    here, bad = pathlib.Path(__file__).resolve().parent, list[str]()
    manifest = json.loads((here / "manifest.json").read_bytes())
    listed = {file["path"]: file for file in manifest["files"]}
    present = {p.relative_to(here).as_posix() for p in here.rglob("*") if not p.is_dir()}
    bad += [f"{name}: missing" for name in sorted(listed.keys() - present)]
    extra = present - listed.keys() - {"manifest.json", "manifest.json.sig"}
    bad += [f"{name}: not in the manifest" for name in sorted(extra)]
    hashes = {name: sha_file(here / name) for name in listed.keys() & present}
    bad += [f"{name}: changed" for name in hashes if hashes[name] != listed[name]["sha256"]]
    heads = chain(here / "chain.jsonl", bad)
    if "custody.jsonl" in present:
        chain(here / "custody.jsonl", bad)
    noted = anchors(here / "anchors", manifest["client"], heads, bad)
    count, head = len(heads) - 1, heads[-1]
    if manifest["head"] != {"count": count, "hash": head}:
        bad.append("manifest.json: its head is not that of chain.jsonl")
    text = (here / manifest["document"]).read_text(encoding="utf-8")
    if not re.search(rf'^entries: {count}$[^#]*^head: "{head}"$', text, re.M):
        bad.append(f"{manifest['document']}: its head is not that of chain.jsonl")
    whole = f"whole: {len(listed)} files, {count} entries, head {head}, anchors: {noted}"
    for line in bad or [whole]:
        print(line if line.isprintable() and line.isascii() else ascii(line))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
