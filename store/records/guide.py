"""The page `VERIFY.md`: how anybody checks a record folder without Docket, and what that shows."""

from __future__ import annotations

from importlib.resources import files

from store.journal import LIMITS


def script() -> bytes:
    """Return `verify.py`: a check with nothing but Python's standard library."""
    return files("store.records").joinpath("standalone.py").read_bytes()


def guide(document: str) -> bytes:
    """Return `VERIFY.md` for the folder of that document."""
    return _GUIDE.format(document=document, limits=LIMITS).encode()


_GUIDE = """\
# How to check this folder

Nothing here needs Docket. What is in the folder:

- `{document}`: the record
- `chain.jsonl`: every entry of the docket in order; entries left out show only a hash
- `exhibits/`: the files kept as evidence, named by their labels in the record
- `manifest.json`: SHA-256 and size of every file, number of entries and head hash
- `verify.py`: the short script of step 2, readable in a few minutes

## 1. The files

    sha256sum {document} chain.jsonl exhibits/*

Each line should be the `sha256` that `manifest.json` has for that file.

## 2. The chain

    python3 verify.py

It needs Python 3.9 or later and nothing else. It hashes every file again, recomputes every entry
from what `chain.jsonl` shows and compares the head with `manifest.json` and with the first lines
of the record. It says `whole` and the head, or what is wrong.

## 3. The text

In `chain.jsonl` the `fields` of each entry are what was recorded. The numbers in the record are
the `seq` of the entries, so any fact can be looked up there. With Docket, `docket verify FOLDER`
makes the whole record again from `chain.jsonl` and compares every character.

## 4. A signature, if there is one

If the folder has `manifest.json.sig`, it is checked against the signer's public key, which
should come from the signer by another way:

    ssh-keygen -Y verify -f allowed_signers -I SIGNER -n docket -s manifest.json.sig < manifest.json

## What this does not show

- {limits}
- It does not show that what was noted is true, nor who noted it.
- The time of recording is that of the writer's own computer.
- Step 2 does not compare the words of the record with the entries; step 3 does.
"""
