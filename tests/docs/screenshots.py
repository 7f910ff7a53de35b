"""The pictures in `screenshots/`: `python -m tests.docs.screenshots` makes them all anew.

Each scene gives an SVG and a text twin in a folder for 80x24 and one for 120x40, and the text
alone for 60x20; the cast of a call and two printed pages lie beside them. The same program gives
the same bytes (but for the printed pages, which are held to their words), so the app is held to
them: `--check` names those that today's program would draw otherwise.
"""

from __future__ import annotations

import asyncio
import sys
from difflib import unified_diff
from pathlib import Path

from tests.docs.cast import cast, filmed, moving
from tests.docs.papers import PAPERS, draw_papers, written_papers
from tests.docs.scenes import SCENES, SIZES, Shown, played
from tests.docs.svg import page_of, picture, text_twin

FOLDER = Path(__file__).parents[2] / "screenshots"
CAST = "call"
_BESIDE = {"dark": "", "light": "-light", "none": "-plain"}
"""What a picture's name says of its theme."""
_NARROW = SIZES[0]


async def drawn_at(size: tuple[int, int]) -> dict[str, str]:
    """Return the pictures of that size, by their paths in the folder."""
    files = {}
    async for shown in played(SCENES, size):
        path = f"{folder_of(size)}{shown.scene.name}{_BESIDE[shown.theme]}"
        if size != _NARROW:
            files[f"{path}.svg"] = _svg(shown, size)
        if shown.theme == "dark":
            files[f"{path}.txt"] = text_twin(shown.rows)
    return files


def folder_of(size: tuple[int, int]) -> str:
    """Return where the pictures of a size lie."""
    return f"{size[0]}x{size[1]}/"


def _svg(shown: Shown, size: tuple[int, int]) -> str:
    title = f"Docket, {shown.scene.name} at {size[0]}x{size[1]}"
    return picture(shown.rows, size, page_of(shown.theme), title)


async def drawn_call() -> dict[str, str]:
    """Return the cast of a call, and the SVG of it, by file name."""
    frames = await filmed()
    return {f"{CAST}.cast": cast(frames), f"{CAST}.svg": moving(frames)}


def kept(begin: str = "") -> dict[str, str]:
    """Return the files that are kept, of those whose path in the folder begins so."""
    paths = {path.relative_to(FOLDER).as_posix(): path for path in sorted(FOLDER.rglob("*.*"))}
    return {
        name: path.read_text(encoding="utf-8", errors="replace")
        for name, path in paths.items()
        if name.startswith(begin) and not name.endswith(".png")
    }


def differences(files: dict[str, str], before: dict[str, str]) -> list[str]:
    """Return the names of files that are missing, differ or are no longer made, and how."""
    names = sorted(files.keys() | before.keys())
    stale = [name for name in names if files.get(name) != before.get(name)]
    return [line for name in stale for line in _told(name, files.get(name), before.get(name))]


def _told(name: str, now: str | None, before: str | None) -> list[str]:
    if now is None or before is None:
        return [f"{name}: {'no scene makes it' if now is None else 'missing'}"]
    if not name.endswith(".txt"):
        return [name]
    return list(unified_diff(before.splitlines(), now.splitlines(), name, "now", "", "", 1, ""))


async def drawn_all() -> dict[str, str]:
    """Return every file there should be."""
    files = {**await drawn_call(), **written_papers()}
    for size in SIZES:
        files |= await drawn_at(size)
    return files


def main() -> int:
    """Write the pictures, or with `--check` say which are stale and return 1."""
    files = asyncio.run(drawn_all())
    if "--check" in sys.argv[1:]:
        found = differences(files, kept())
        print("\n".join(found))
        return 1 if found else 0
    FOLDER.mkdir(exist_ok=True)
    before = kept()
    for name in before.keys() - files.keys():
        (FOLDER / name).unlink()
    for name, content in files.items():
        (FOLDER / name).parent.mkdir(exist_ok=True)
        (FOLDER / name).write_text(content, encoding="utf-8")
    papers = written_papers()
    if any(before.get(name) != words for name, words in papers.items()):
        for name in draw_papers(FOLDER):
            print(f"Nothing here draws {PAPERS}{name}.png: Chromium and pdftoppm do")
    print(f"{len(files)} files, {sum(map(len, files.values())) // 1024} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
