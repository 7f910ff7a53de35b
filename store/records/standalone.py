"""Checks the record folder it stands in with nothing but Python 3 (see VERIFY.md)."""

import sys

if not (sys.flags.isolated or getattr(sys.flags, "safe_path", False)):
    # Or a `json.py` that lies in this folder would be run in place of Python's own.
    sys.path[:] = [one for one in sys.path[1:] if one not in ("", ".")]

import base64
import collections.abc
import contextlib
import datetime
import hashlib
import html
import json
import pathlib
import re
import typing

LEAF = {"hash", "leaf", "seq"}  # an entry left out
SHOWN = {"fields", "hash", "salts", "seq", "withheld"}  # an entry, some fields of it withheld
PARTS = set(
    """VERIFY.md brief.html brief.md chain.jsonl check_sums.py custody.jsonl platform.txt
    verify.py""".split()
)
UNLISTED = ("manifest.json", "manifest.json.sig")  # each is made when the listed ones are
SIGNED = "signed with {}: NOT checked here, but by the ssh-keygen of VERIFY.md, step 5"
UNSIGNED = "not signed: whoever changed this folder and its manifest to fit is not found out here"
WORDS = "but for quotes, words are NOT compared: check_sums.py is for sums, docket verify for all"
WHOLE = ("court", "mediator", "own")  # whose record has a row for every entry shown
BESIDE = ("amendment", "addendum", "void")  # what is told in the row of another
SLACK = datetime.timedelta(minutes=5)  # so much may two clocks differ
DIGEST = re.compile(r"^\| (\d+)(?:-(\d+))? +\| ([^|]*[^| ]) +\| ([0-9a-f]{64}) \|$", re.M)
ANCHOR = re.compile(r"^\| +(\d+) \| (\S+Z) \| ([0-9a-f]{64}) \|$", re.M)
CUSTODY = re.compile("`custody.jsonl`.* ([0-9a-f]{64})")
QUOTE = re.compile(r"(?:^> ?.*\n)+|“[^“”]*", re.M)
LABEL = re.compile(r"exhibits/(\w+-\d+)(?:\.\w{1,8})?")


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
    extra = present - listed.keys() - {*UNLISTED, "SHA256SUMS"}
    bad += [f"{name}: not in the manifest" for name in sorted(extra)]
    bad += [f"{name}: missing" for name in sorted(listed.keys() - present)]
    for name in sorted(listed.keys() & present):
        with reading(name, bad), plain(here / name).open("rb") as file:
            digest = hashlib.sha256()
            while piece := file.read(1 << 20):
                digest.update(piece)
            if digest.hexdigest() != listed[name]:
                bad.append(f"{name}: changed")


def sums(here: pathlib.Path, listed: dict[str, str], bad: list[str]) -> None:
    """Hold SHA256SUMS, which is for `sha256sum -c`, against what the manifest lists."""
    if bad:  # it lists what was found wrong already
        return
    for name in UNLISTED:
        if (here / name).exists():
            listed = {**listed, name: sha(plain(here / name).read_bytes())}
    lines = "".join(f"{listed[name]}  {name}\n" for name in sorted(listed))
    if plain(here / "SHA256SUMS").read_bytes() != lines.encode():
        bad.append("SHA256SUMS: not what manifest.json lists")


def signer(here: pathlib.Path) -> str:
    """Return the key that a signature names, as ssh-keygen does, which says whether it holds."""
    if not (here / "manifest.json.sig").exists():
        return ""
    armor = plain(here / "manifest.json.sig").read_text("ascii").splitlines()[1:-1]
    blob = base64.b64decode("".join(armor))
    size = int.from_bytes(blob[10:14], "big")
    digest = hashlib.sha256(blob[14 : 14 + size]).digest()
    return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")


Shown = dict[int, dict[str, typing.Any]]  # the fields of the entries that are shown, by number


def chain(file: pathlib.Path, bad: list[str], shown: Shown) -> list[str]:
    """Recompute every hash from what the file shows; return them, the first one the genesis."""
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
            shown[count] = fields
        head = sha(b"\x01" + bytes.fromhex(heads[-1]) + bytes.fromhex(leaf))
        # Spelled again: nothing may stand in the row that the hash does not cover.
        if set(item) != form or canon({**item, "seq": count, "hash": head}) != row:
            bad.append(f"{file.name}: entry {count} is not what was recorded")
        heads.append(item["hash"])
    return heads


def anchors(
    folder: pathlib.Path, client: str, heads: list[str], shown: Shown, bad: list[str]
) -> set[tuple[str, str, str]]:
    """Hold the chain against each anchor: so many entries, the last of them with this hash.

    Return the count, the moment and the hash of each, as the record prints them.
    """
    found = set()
    for file in sorted(folder.glob("*.json")):
        with reading(f"anchors/{file.name}", bad):
            noted = json.loads(plain(file).read_bytes())
            count = noted["count"]
            if noted["docket"] != client or heads[count : count + 1] != [noted["head"]]:
                bad.append(f"anchors/{file.name}: entry {count} is not what was anchored")
            last = max((seq for seq in shown if seq <= count), default=0)
            if last and moment(noted["at"]) + SLACK < moment(shown[last]["recorded_at"]):
                bad.append(f"anchors/{file.name}: it is older than entry {last}, which it covers")
            found.add((str(count), noted["at"], noted["head"]))
    return found


def moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def printed(
    text: str, manifest: dict[str, typing.Any], heads: list[str], shown: Shown
) -> list[str]:
    """Hold what the record prints of itself, language aside, against manifest and chain."""
    bad = []
    front = dict(line.split(": ", 1) for line in text.partition("\n---\n")[0].split("\n")[1:])
    options, count = manifest["options"], len(heads) - 1
    purpose = options["purpose"]
    language = options.get("language", "en")
    for name, value in {
        "record": f"{manifest['client']} {manifest['made_at'][:10]} {purpose}",
        "prepared_at": manifest["made_at"],
        "entries": count,
        "entries_left_out": count - len(shown),
        "head": heads[-1],
        "language": "en" if language == "en" else language,
    }.items():
        if json.loads(front.get(name, '"en"')) != value:
            bad.append(f"it says otherwise than the manifest and the chain of its {name}")
    if sum(manifest["left_out"].values()) != count - len(shown):
        bad.append("the manifest counts other entries as left out")
    states = dict[str, bool]()
    for first, last, state, digest in DIGEST.findall(text):
        told = range(int(first), int(last or first) + 1)
        same = {states.setdefault(state, seq in shown) is (seq in shown) for seq in told}
        if heads[told[-1] : told[-1] + 1] != [digest] or same != {True}:
            bad.append(f"its list of entries is not that of the chain at {first}")
    if purpose in WHOLE and not options["kinds"]:
        rows = {int(one) for one in re.findall(r"^\| +(\d+) \|", text, re.M)}
        want = {seq for seq, one in shown.items() if one["kind"] not in BESIDE}
        bad += [f"it has no row for entry {seq}" for seq in sorted(want - rows)]
    return bad


def beside(text: str, kept: set[tuple[str, str, str]], custody: list[str]) -> list[str]:
    """Hold what the record prints of anchors, and of the last hash of custody, if there is one."""
    bad = []
    if set(ANCHOR.findall(text)) != kept:
        bad.append("its anchors are not those of the folder")
    if CUSTODY.findall(text) != custody:
        bad.append("the head it prints of custody.jsonl is another")
    return bad


def quoted(text: str, shown: Shown, options: object) -> list[str]:
    """Name the quotes, up to where one is cut, whose letters stand in no entry that is shown."""
    pool = letters("".join(strings([*shown.values(), options])))
    found = [re.sub("(?m)^> ?", "", one).split("…")[0] for one in QUOTE.findall(text)]
    wrong = [" ".join(one.split())[:40] for one in found if letters(one) not in pool]
    return [f"no entry has the words quoted: {one}" for one in wrong]


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", html.unescape(text.replace("\\", ""))).casefold()


def strings(value: object) -> collections.abc.Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from strings(one)


def exhibits(
    listed: dict[str, str], labels: dict[str, str], shown: Shown, public: bool
) -> list[str]:
    """Hold each exhibit against its label and the entries, and the other way round."""
    bad = []
    named = {s: [one["sha256"] for one in f.get("exhibits", [])] for s, f in shown.items()}
    of_entries = {digest for hashes in named.values() for digest in hashes}
    for name in sorted(one for one in listed if one.startswith("exhibits/")):
        label = LABEL.fullmatch(name)
        if not label or listed[name] != labels.get(label[1]) or listed[name] not in of_entries:
            bad.append(f"{name}: not the exhibit of its label")
    here = set(listed.values())
    for seq, hashes in named.items():
        if not public and not here.issuperset(hashes):
            bad.append(f"entry {seq}: an exhibit that it names is not here")
    return bad


def strangers(listed: dict[str, str], document: str) -> list[str]:
    """Name what the manifest lists and no record has."""
    known = PARTS | {document, document.removesuffix(".md") + ".html"}
    return [
        f"{name}: no part of a record"
        for name in sorted(listed.keys() - known)
        if not re.fullmatch(r"(exhibits|anchors)/[^/]+", name)
    ]


def check(here: pathlib.Path, bad: list[str]) -> str:
    """Compare everything with everything; return what to say where nothing is bad."""
    manifest = json.loads(plain(here / "manifest.json").read_bytes())
    listed = {file["path"]: file["sha256"] for file in manifest["files"]}
    client, document, noted = manifest["client"], manifest["document"], manifest["head"]
    files(here, listed, bad)
    key, paper = "", str(manifest["options"].get("signed", ""))
    with reading("manifest.json.sig", bad):
        key = signer(here)
    if key != paper.rpartition(" ")[2]:
        bad.append(f"manifest.json.sig: by {key or 'nobody'}, the record names {paper or 'nobody'}")
    shown, heads, kept, handled = Shown(), list[str](), set[tuple[str, str, str]](), list[str]()
    with reading("chain.jsonl", bad):
        heads = chain(here / "chain.jsonl", bad, shown)
        kept = anchors(here / "anchors", client, heads, shown, bad)
    if "custody.jsonl" in listed:
        with reading("custody.jsonl", bad):
            handled = chain(here / "custody.jsonl", bad, {})
    if not heads:
        return ""  # there is nothing to hold the rest against
    if noted != {"count": len(heads) - 1, "hash": heads[-1]}:
        bad.append("manifest.json: its head is not that of chain.jsonl")
    bad += strangers(listed, document)
    labels = {one["label"]: one["sha256"] for one in manifest["exhibits"]}
    bad += exhibits(listed, labels, shown, manifest["options"]["purpose"] == "public")
    with reading(document, bad):
        text = plain(here / document).read_text(encoding="utf-8")
        told = printed(text, manifest, heads, shown) + quoted(text, shown, manifest["options"])
        damaged = "custody.jsonl" in listed and not handled  # which is said already
        told += beside(text, kept, CUSTODY.findall(text) if damaged else handled[-1:])
        bad += [f"{document}: {one}" for one in told]
        if key not in text:
            bad.append(f"{document}: it does not name the key of manifest.json.sig")
    with reading("SHA256SUMS", bad):
        sums(here, listed, bad)
    said = f"{len(listed)} files, {len(heads) - 1} entries, head {heads[-1]}"
    return (
        f"whole: {said}, anchors: {len(kept)}\n{SIGNED.format(key) if key else UNSIGNED}\n{WORDS}"
    )


if __name__ == "__main__":
    wrong, whole = list[str](), ""
    with reading("manifest.json", wrong):
        whole = check(pathlib.Path(__file__).resolve().parent, wrong)
    for text in wrong or whole.split("\n"):
        print(text if text.isprintable() and text.isascii() else ascii(text))
    sys.exit(1 if wrong else 0)
