"""The page `VERIFY.md`: how anybody checks a record folder without Docket, and what that shows."""

from __future__ import annotations

from importlib.resources import files

from store.anchors import NAMESPACE as ANCHOR_NAMESPACE
from store.journal import LIMITS
from store.records.folder.findings import SHOWN, TABLE

RECORD_NAMESPACE = "record@docket"
"""What the signature of a manifest is for."""


def script() -> bytes:
    """Return `verify.py`: a check with nothing but Python's standard library."""
    return files("store.records").joinpath("standalone.py").read_bytes()


def guide(document: str) -> bytes:
    """Return `VERIFY.md` for the folder of that document."""
    rows = [
        f"| {name} | {shows} | {does_not} |"
        for name, (shows, does_not) in SHOWN.items()
        if name in TABLE
    ]
    return _GUIDE.format(
        document=document,
        limits=LIMITS,
        namespace=RECORD_NAMESPACE,
        anchor_namespace=ANCHOR_NAMESPACE,
        table="\n".join(rows),
    ).encode()


_GUIDE = """\
# How to check this folder

Nothing here needs Docket. What is in the folder:

- `{document}`: the record; an `.html` file of the same name is the same text for printing
- `chain.jsonl`: every entry of the docket in order; what is left out or withheld shows only a hash
- `exhibits/`: the files kept as evidence, named by their labels in the record
- `custody.jsonl`: who added, looked at or handed over those files, in the same form
- `anchors/`: what was noted of the docket earlier: number of entries, last hash, moment
- `manifest.json`: SHA-256 and size of every file, number of entries and head hash
- `manifest.json.sig`: the signature of the manifest
- `verify.py`: the short script of step 2, readable in a few minutes

Not every record has all of them.

## 1. The files

    sha256sum {document} chain.jsonl exhibits/*

Each line should be the `sha256` that `manifest.json` has for that file.

## 2. The chain and the anchors

    python3 -I verify.py

It needs Python 3.9 or later and nothing else; `-I` keeps Python from running anything else that
lies in this folder. It hashes every file again, recomputes every entry
from what `chain.jsonl` shows and compares the head with `manifest.json` and with the first lines
of the record; then it compares each anchor with the entry of its number, and each exhibit with the
hash that the entry of its number names. It says `whole` and the head, or what is wrong.

`verify.py` came with this folder, so whoever made the folder could have changed it. To be sure,
read it, or compare its SHA-256 with that of `store/records/standalone.py` in the Docket whose
`format` and `layout` stand in `manifest.json`, or use Docket or a script of your own.

If you were given an anchor yourself, in a mail or on paper, compare it by eye: the `hash` of the
entry with its number in `chain.jsonl` must be the one you have. That is worth more than any anchor
in this folder.

## 3. The text

In `chain.jsonl` the `fields` of each entry are what was recorded. The numbers in the record are
the `seq` of the entries, so any fact can be looked up there. With Docket, `docket verify FOLDER`
makes the whole record again from `chain.jsonl` and compares every character.

If you are shown a withheld value later, the record says how to check it: with the salt that goes
with it, the digest must be the one in `withheld`.

## 4. The signature

Whether a key signed this very manifest, whoever holds that key:

    ssh-keygen -Y check-novalidate -n {namespace} -s manifest.json.sig < manifest.json

Whether it is the signer's key: put the public key, which you should have from the signer by
another way, into a file `allowed_signers` beside this folder, not in it, as
`SIGNER ssh-ed25519 AAAA...`, then

    ssh-keygen -Y verify -f ../allowed_signers -I SIGNER -n {namespace} \\
      -s manifest.json.sig < manifest.json

The anchors may have signatures too; theirs are for `{anchor_namespace}`. An answer of a time-stamp
authority (`.tsr`) is checked with its certificates:

    openssl ts -verify -data anchors/NAME.json -in anchors/NAME.tsr -CAfile CA.pem

## What this shows, and what it does not

| check | shows | does not show |
|---|---|---|
{table}

- {limits}
- It does not show that what was noted is true, nor who noted it.
- The time of recording is that of the writer's own computer.
- Step 2 does not compare the words of the record with the entries, nor hold what the manifest says
  of the purpose, the period and the files against the entries shown; step 3 with Docket does.
"""
