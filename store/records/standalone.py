"""Checks the record folder it stands in with nothing but Python 3 (see VERIFY.md)."""

import collections.abc
import contextlib
import hashlib
import json
import pathlib
import re
import sys

LEAF = {"hash", "leaf", "seq"}  # an entry left out
SHOWN = {"fields", "hash", "salts", "seq", "withheld"}  # an entry, some fields of it withheld


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def canon(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def plain(path: pathlib.Path) -> pathlib.Path:
    if path.is_symlink() or not path.is_file():
        raise OSError
    return path


@contextlib.contextmanager
def reading(name: str, bad: list[str]) -> collections.abc.Iterator[None]:
    """Make whatever keeps a file from being read one line that names it."""
    try:
        yield
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        if not any(line.startswith(f"{name}: ") for line in bad):
            bad.append(f"{name}: damaged, missing or not a plain file")


def files(here: pathlib.Path, listed: dict[str, str], bad: list[str]) -> None:
    """Compare what lies here with what the manifest lists."""
    there = [path for path in here.rglob("*") if path.is_symlink() or not path.is_dir()]
    present = {path.relative_to(here).as_posix() for path in there}
    extra = present - listed.keys() - {"manifest.json", "manifest.json.sig"}
    bad += [f"{name}: not in the manifest" for name in sorted(extra)]
    bad += [f"{name}: missing" for name in sorted(listed.keys() - present)]
    for name in sorted(listed.keys() & present):
        with reading(name, bad), plain(here / name).open("rb") as file:
            digest = hashlib.sha256()
            while piece := file.read(1 << 20):
                digest.update(piece)
            if digest.hexdigest() != listed[name]:
                bad.append(f"{name}: changed")


def chain(file: pathlib.Path, bad: list[str], named: set[str]) -> list[str]:
    """Recompute every hash from what the file shows; return them, the first one the genesis.

    Adds to `named` the SHA-256 of each exhibit that an entry shown names.
    """
    header, *rows = plain(file).read_bytes().removesuffix(b"\n").split(b"\n")
    heads = [sha(b"docket-journal/1 header\0" + header)]
    for count, row in enumerate(rows, start=1):
        item = json.loads(row)
        leaf, form = item.get("leaf"), LEAF
        if "fields" in item:
            form, fields, digests = SHOWN, item["fields"], dict(item["withheld"])
            if fields.keys() != item["salts"].keys() or fields.keys() & digests.keys():
                bad.append(f"{file.name}: entry {count} shows what is not in its hash")
            for name, value in fields.items():
                salted = canon([item["salts"][name], name, value])
                digests[name] = sha(b"docket-journal/1 field\0" + salted)
            leaf = sha(b"\x00" + canon({"digests": digests, "seq": item["seq"]}))
            named |= {one["sha256"] for one in fields.get("exhibits", [])}
        head = sha(b"\x01" + bytes.fromhex(heads[-1]) + bytes.fromhex(leaf))
        # Spelled again: nothing may stand in the row that the hash does not cover.
        if set(item) != form or canon({**item, "seq": count, "hash": head}) != row:
            bad.append(f"{file.name}: entry {count} is not what was recorded")
        heads.append(item["hash"])
    return heads


def anchors(folder: pathlib.Path, client: str, heads: list[str], bad: list[str]) -> int:
    """Hold the chain against each anchor: so many entries, the last of them with this hash."""
    found = sorted(folder.glob("*.json"))
    for file in found:
        with reading(f"anchors/{file.name}", bad):
            noted = json.loads(plain(file).read_bytes())
            count = noted["count"]
            if noted["docket"] != client or heads[count : count + 1] != [noted["head"]]:
                bad.append(f"anchors/{file.name}: entry {count} is not what was anchored")
    return len(found)


def check(here: pathlib.Path, bad: list[str]) -> str:
    """Compare everything with everything; return what to say where nothing is bad."""
    manifest = json.loads(plain(here / "manifest.json").read_bytes())
    listed = {file["path"]: file["sha256"] for file in manifest["files"]}
    client, document, noted = manifest["client"], manifest["document"], manifest["head"]
    files(here, listed, bad)
    named, heads, kept = set[str](), list[str](), 0
    with reading("chain.jsonl", bad):
        heads = chain(here / "chain.jsonl", bad, named)
        kept = anchors(here / "anchors", client, heads, bad)
    if "custody.jsonl" in listed:
        with reading("custody.jsonl", bad):
            chain(here / "custody.jsonl", bad, set())
    if not heads:
        return ""  # there is nothing to hold the rest against
    if noted != {"count": len(heads) - 1, "hash": heads[-1]}:
        bad.append("manifest.json: its head is not that of chain.jsonl")
    exhibits = [name for name in sorted(listed) if name.startswith("exhibits/")]
    bad += [f"{name}: no entry shown is of it" for name in exhibits if listed[name] not in named]
    printed = rf'^entries: {len(heads) - 1}$[^#]*^head: "{heads[-1]}"$'
    with reading(document, bad):
        if not re.search(printed, plain(here / document).read_text(encoding="utf-8"), re.M):
            bad.append(f"{document}: its head is not that of chain.jsonl")
    said = f"{len(listed)} files, {len(heads) - 1} entries, head {heads[-1]}"
    return f"whole: {said}, anchors: {kept}"


if __name__ == "__main__":
    wrong, whole = list[str](), ""
    with reading("manifest.json", wrong):
        whole = check(pathlib.Path(__file__).resolve().parent, wrong)
    for text in wrong or [whole]:
        print(text if text.isprintable() and text.isascii() else ascii(text))
    sys.exit(1 if wrong else 0)
