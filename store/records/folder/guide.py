"""The page `VERIFY.md`: how anybody checks a record folder without Docket, and what that shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from store.anchors import NAMESPACE as ANCHOR_NAMESPACE
from store.languages import ENGLISH
from store.records.dispute.material import Material
from store.records.folder.findings import TABLE, what_it_shows
from store.records.markdown import Md, bullets
from store.records.texts import Texts

RECORD_NAMESPACE = "record@docket"
"""What the signature of a manifest is for."""

_PARTS: Final = {
    "brief": "brief.md",
    "platform": "platform.txt",
    "chain": "chain.jsonl",
    "exhibits": "exhibits/",
    "custody": "custody.jsonl",
    "anchors": "anchors/",
    "manifest": "manifest.json",
    "signature": "manifest.json.sig",
    "sums": "SHA256SUMS",
    "script": "verify.py",
    "check-sums": "check_sums.py",
}
_WINDOWS: Final = """\
Get-Content SHA256SUMS -Encoding UTF8 | ForEach-Object {
  $sum, $name = $_ -split '  ', 2
  if ((Get-FileHash -Algorithm SHA256 -LiteralPath $name).Hash -ne $sum) { "changed: $name" }
}"""
_SIGNED: Final = f"ssh-keygen -Y check-novalidate -n {RECORD_NAMESPACE} -s manifest.json.sig"
_SIGNER: Final = f"""\
ssh-keygen -Y verify -f ../allowed_signers -I signer -n {RECORD_NAMESPACE} \\
  -s manifest.json.sig < manifest.json"""
_ANCHORS: Final = f"""\
for one in anchors/*.json.sig; do
  [ -e "$one" ] && ssh-keygen -Y check-novalidate -n {ANCHOR_NAMESPACE} \\
    -s "$one" < "${{one%.sig}}"
done"""
_STAMP: Final = "openssl ts -verify -data anchors/NAME.json -in anchors/NAME.tsr -CAfile CA.pem"


def guide(material: Material, document: str) -> bytes:
    """Return `VERIFY.md` for the folder of that document; it names what is in it, and no more."""
    texts = Texts(material.options.language, "verify")
    blocks = [
        f"# {texts.say('verify.title')}",
        *_contents(texts, material, document),
        *_numbered(texts, material),
        f"## {texts.say('verify.heading.shows')}",
        *_limits(texts),
    ]
    return ("\n\n".join(blocks) + "\n").encode()


def _contents(texts: Texts, material: Material, document: str) -> Iterator[str]:
    yield texts.say("verify.without-docket")
    page = _code(f"{document.removesuffix('.md')}.html") if material.options.html else None
    told = [f"{_code(document)}: {texts.say('verify.document', html=page)}"]
    told += [
        f"{_code(file)}: {texts.say(f'verify.part.{part}')}"
        for part, file in _PARTS.items()
        if _is_here(part, material)
    ]
    yield bullets(map(Md, told))
    yield texts.say("verify.pdf")
    yield texts.say("verify.two-words")


def _is_here(part: str, material: Material) -> bool:
    """Whether a part is in the folder of a record."""
    options = material.options
    there = {
        "brief": options.has_brief,
        "platform": options.has_pack,
        "exhibits": bool(material.exhibits) and options.purpose != "public",
        "custody": bool(material.custody.head),
        "anchors": bool(material.anchors),
        "signature": bool(options.signed),
    }
    return there.get(part, True)


def _numbered(texts: Texts, material: Material) -> Iterator[str]:
    options = material.options
    steps = {
        "files": _files(texts),
        "chain": _chain(texts),
        "sums": _sums(texts, english=options.language == ENGLISH),
        "text": _text(texts),
        "signature": _signature(texts, options.signed, anchored=bool(material.anchors)),
    }
    for number, (name, blocks) in enumerate(steps.items(), start=1):
        yield f"## {number}. {texts.say(f'verify.heading.{name}')}"
        yield from blocks


def _files(texts: Texts) -> Iterator[str]:
    yield texts.say("verify.files-open")
    yield texts.say("verify.files-linux")
    yield _command("sha256sum -c SHA256SUMS")
    yield texts.say("verify.files-mac")
    yield _command("shasum -a 256 -c SHA256SUMS")
    yield texts.say("verify.files-windows")
    yield _command(_WINDOWS)
    yield texts.say("verify.files-one", sums=_code("SHA256SUMS"))
    yield _command("certutil -hashfile chain.jsonl SHA256")
    yield texts.say("verify.files-good")


def _chain(texts: Texts) -> Iterator[str]:
    whole = _code("whole")
    yield _command("python3 -I verify.py")
    yield texts.say("verify.chain-needs", isolated=_code("-I"), windows=_code("py -I"))
    chain, manifest = _code("chain.jsonl"), _code("manifest.json")
    yield texts.say("verify.chain-does", chain=chain, manifest=manifest, whole=whole)
    yield texts.say("verify.chain-unsigned", whole=whole)
    sums_script = _code("check_sums.py")
    yield texts.say("verify.chain-itself", script=_code("verify.py"), sums_script=sums_script)
    yield texts.say("verify.anchor-yourself", hash=_code("hash"), chain=chain)


def _sums(texts: Texts, *, english: bool) -> Iterator[str]:
    yield _command("python3 -I check_sums.py")
    yield texts.say("verify.sums-does", chain=_code("chain.jsonl"))
    if not english:
        yield texts.say("verify.sums-language")


def _text(texts: Texts) -> Iterator[str]:
    yield texts.say(
        "verify.text-fields",
        chain=_code("chain.jsonl"),
        fields=_code("fields"),
        seq=_code("seq"),
        command=_code("docket verify FOLDER"),
    )
    yield texts.say("verify.text-withheld", withheld=_code("withheld"))


def _signature(texts: Texts, signed: str, *, anchored: bool) -> Iterator[str]:
    if signed:
        yield texts.say("verify.signature-by", key=_code(signed))
        yield texts.say("verify.signature-any")
        yield _command(f"{_SIGNED} < manifest.json")
        yield texts.say("verify.signature-windows")
        yield texts.say(
            "verify.signature-signer",
            signers=_code("allowed_signers"),
            signer=_code("signer"),
            line=_code("signer ssh-ed25519 AAAA..."),
        )
        yield _command(_SIGNER)
    else:
        yield texts.say("verify.signature-none")
    if not anchored:
        return
    yield texts.say("verify.signature-anchors")
    yield _command(_ANCHORS)
    yield texts.say("verify.signature-stamp", answer=_code(".tsr"))
    yield _command(_STAMP)


def _limits(texts: Texts) -> Iterator[str]:
    rows = [
        f"| {' | '.join((texts.say(f'verify.check.{name}'), *what_it_shows(name, texts)))} |"
        for name in TABLE
    ]
    head = " | ".join(texts.columns("verify.table"))
    yield "\n".join([f"| {head} |", "|---|---|---|", *rows])
    told = ("truth", "time", "steps")
    yield bullets([texts.say("words.limits"), *(texts.say(f"verify.shows-{one}") for one in told)])


def _command(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())


def _code(text: str) -> Md:
    return Md(f"`{text}`")
