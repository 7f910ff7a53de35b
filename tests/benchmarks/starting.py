"""`docket log` as a whole process, beside what any Python program takes, and other programs."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

from store.workspace import Workspace
from tests.benchmarks.figures import WITHIN, Claim, Figure, Section, interleaved
from tests.benchmarks.fixture import write_workspace
from tests.benchmarks.processes import Command, Docket, Run

_JRNL = """\
journals: {{default: {{journal: '{file}'}}}}
colors: {{body: none, date: none, tags: none, title: none}}
default_hour: 9
default_minute: 0
editor: ''
encrypt: false
highlight: true
indent_character: '|'
linewrap: 79
tagsymbols: '#@'
template: false
timeformat: '%F %r'
version: v4.3
"""
_CLIENTS = 200
_MANY = 100_000  # below this a bare interpreter weighs more than what is compared
_LOG = ("log", "acme", "late-payment", "INV-42 is still unpaid", "--severity", "2")


def starting(folder: Path, docket: Docket, many: int, rounds: int) -> Iterator[Section]:
    """Compare processes in CPU time and in peak memory; those not installed are left out."""
    python = docket.python
    empty = _begun(write_workspace(folder / "log-empty", {"acme": 0})).root
    full = _begun(write_workspace(folder / "log-full", {"acme": many}))
    home = str(_begun(write_workspace(folder / "home" / "docket", {"acme": 0})).root.parent)
    (full.root / "config.toml").write_text('author = "Ines"\n')
    long = f"docket log at {many:,}"
    commands = {
        "python -c pass": Command([python, "-c", "pass"]),
        "import pydantic": Command([python, "-c", "import pydantic"]),
        "docket log": docket.command(empty, *_LOG),
        long: docket.command(full.root, *_LOG),
        "docket log, no folder named": Command([*docket.start, *_LOG], {"XDG_DATA_HOME": home}),
        "docket --version": Command([*docket.start, "--version"]),
        "docket --help": Command([*docket.start, "--help"]),
        "docket log --json": docket.command(empty, *_LOG, "--json"),
        **_others(folder, many),
    }
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for command in commands.values():
        command.run()
    end = perf_counter() + WITHIN
    for number in range(rounds):
        if number and perf_counter() > end:
            break
        for name, command in commands.items():
            runs[name].append(command.run())
    yield _times(runs, long, many)
    yield _memory(runs, long, full.path("acme"), many)
    yield _by_name(folder, docket, many, rounds)
    yield _one_entry(folder, docket, many, rounds)
    yield _decided_again(folder, docket, many, rounds)


def _by_name(folder: Path, docket: Docket, many: int, rounds: int) -> Section:
    """Compare naming the client by a part of the name with naming it by its id."""
    shelf = {f"client-{number:03}": many // _CLIENTS for number in range(_CLIENTS)}
    clients = write_workspace(folder / "log-clients", shelf).root
    long = write_workspace(folder / "log-long", {"acme": many, "bolt": 10}).root
    among, on = f"among {_CLIENTS} clients", f"at {many:,}"
    commands = {
        f"by id {among}": docket.command(clients, "log", "client-117", *_LOG[2:]),
        f"by a part of the name {among}": docket.command(clients, "log", "ent-117", *_LOG[2:]),
        f"by id {on}": docket.command(long, *_LOG),
        f"by a part of the name {on}": docket.command(long, "log", "cme", *_LOG[2:]),
    }
    for command in commands.values():
        command.run()
    subjects = {name: command.cpu for name, command in commands.items()}
    claims = [Claim(f"by a part of the name {one}", f"by id {one}", 1.3) for one in (among, on)]
    return Section(
        "Log one entry, the client named by id or by a part of the name (CPU time)",
        interleaved(subjects, rounds),
        claims,
    )


def _one_entry(folder: Path, docket: Docket, many: int, rounds: int) -> Section:
    """Compare one entry of a long docket with one of a hundredth of it."""
    commands = {}
    for count in (many // 100, many):
        root = write_workspace(folder / f"show-{count}", {"acme": count}).root
        commands[f"docket show acme#5 at {count:,}"] = docket.command(root, "show", "acme#5")
    first = {f"{name}, the first time": Figure((one.cpu(),)) for name, one in commands.items()}
    few, all_ = commands
    figures = interleaved({name: one.cpu for name, one in commands.items()}, rounds)
    title = "Show one entry (CPU time of the process)"
    return Section(title, figures | first, [Claim(all_, few, 1.3)])


def _decided_again(folder: Path, docket: Docket, many: int, rounds: int) -> Section:
    """Compare deciding about a long docket once more, nothing having changed, with a bare start."""
    root = write_workspace(folder / "decide-again", {"acme": many}).root
    bare, again = "docket --version", f"docket decide at {many:,}, once more"
    commands = {
        bare: Command([*docket.start, "--version"]),
        again: docket.command(root, "decide", "acme"),
    }
    first = Figure((commands[again].cpu(),))
    figures = interleaved({name: one.cpu for name, one in commands.items()}, rounds)
    figures |= {f"docket decide at {many:,}, the first time": first}
    title = "Decide once more (CPU time of the process)"
    return Section(
        title,
        figures,
        [Claim(again, bare, 1.5), Claim(f"docket decide at {many:,}, the first time", bare)],
    )


def _begun(workspace: Workspace) -> Workspace:
    """Name the client, as `docket new` does of every docket."""
    workspace.log(workspace.draft("acme", "client", data={"name": "Acme Media"}))
    return workspace


def _times(runs: dict[str, list[Run]], long: str, many: int) -> Section:
    claims = [
        Claim("docket log", "import pydantic", 1.5),
        Claim("docket log, no folder named", "import pydantic", 1.5),
        Claim(long, "docket log", 1.2),
        Claim("docket log", "jrnl", 1),
        Claim(long, f"task add at {many:,}", 1 if many >= _MANY else None),
        Claim("docket log --json", "import pydantic"),
        Claim("docket --version", "docket --help", 1),
    ]
    figures = {name: Figure(tuple(run.cpu for run in taken)) for name, taken in runs.items()}
    return Section("Log one entry, the whole process (CPU time)", figures, claims)


def _memory(runs: dict[str, list[Run]], long: str, path: Path, many: int) -> Section:
    figures = {name: Figure(tuple(r.peak for r in taken), "MiB") for name, taken in runs.items()}
    figures["its journal file"] = Figure((path.stat().st_size / 2**20,), "MiB")
    claims = [
        Claim(long, "docket log", 1.05),
        Claim(long, "its journal file", 2 if many >= _MANY else None),
    ]
    return Section("Log one entry, the whole process (peak memory)", figures, claims)


def _others(folder: Path, many: int) -> dict[str, Command]:
    makers: dict[str, Callable[[Path, int], dict[str, Command]]] = {"jrnl": _jrnl, "task": _task}
    commands: dict[str, Command] = {}
    for name, make in makers.items():
        if shutil.which(name):
            commands |= make(folder, many)
    return commands


def _jrnl(folder: Path, _many: int) -> dict[str, Command]:
    config, file = folder / "jrnl.yaml", folder / "jrnl.txt"
    config.write_text(_JRNL.format(file=file))
    file.touch()
    words = ["jrnl", "--config-file", str(config), "INV-42 is still unpaid"]
    return {"jrnl": Command(words)}


def _task(folder: Path, many: int) -> dict[str, Command]:
    commands = {}
    for name, count in (("task add", 0), (f"task add at {many:,}", many)):
        data = folder / f"task-{count}"
        data.mkdir()
        (data / "rc").write_text(f"data.location={data}\nconfirmation=no\n")
        with (data / "pending.data").open("w") as file:
            for number in range(count):
                file.write(
                    f'[description:"INV-{number} is still unpaid" entry:"1763800000" '
                    f'modified:"1763800000" status:"pending" '
                    f'uuid:"{number:08x}-0000-4000-8000-000000000000"]\n'
                )
        words = ["task", "add", "INV-42", "is", "still", "unpaid"]
        commands[name] = Command(words, {"TASKRC": str(data / "rc")})
    return commands
