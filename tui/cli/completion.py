"""`docket completion`: a script for bash, zsh or fish, made from the verbs' own parsers."""

from __future__ import annotations

import argparse
from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from store.docket.filter import FIELDS, VALUES_OF
from store.entries import KINDS
from store.places import Places
from store.settings.config import read_settings
from tui.cli.output import say
from tui.cli.parsing import Parser, Verb, parser_of
from tui.cli.verbs import VERBS as LISTED

if TYPE_CHECKING:
    from tui.cli.context import Context

_IDS = "$(docket clients --ids 2>/dev/null)"
_FILTERS = ("find", "show", "exhibits")
"""The verbs that take a filter."""
_FILES = ("--attach", "--eml", "--into", "--output", "-o", "--to", "--workspace")

_BASH = """\
# docket completion for bash; in ~/.bashrc: eval "$(docket completion bash)"
_docket() {{
    local cur="${{COMP_WORDS[COMP_CWORD]}}" prev="${{COMP_WORDS[COMP_CWORD-1]}}"
    local verb="${{COMP_WORDS[1]}}" words=""
    COMPREPLY=()
    if [[ " {filters} " == *" $verb "* ]]; then
        local field="" lead=""
        if [[ $cur == ":" ]]; then
            field="$prev" cur=""
        elif [[ $prev == ":" ]]; then
            field="${{COMP_WORDS[COMP_CWORD-2]}}"
        elif [[ $cur == *:* ]]; then
            field="${{cur%%:*}}" lead="${{cur%%:*}}:" cur="${{cur#*:}}"
        fi
        case "$field" in
            "") ;;
            client) words="$(docket clients --ids 2>/dev/null)" ;;
{values}
        esac
        if [[ -n $field ]]; then
            COMPREPLY=( $(compgen -P "$lead" -W "$words" -- "$cur") )
            return
        fi
    fi
    if [[ $COMP_CWORD -eq 1 ]]; then
        words="{verbs}"
    else
        case "$verb $prev" in
{choices}
{files}
        esac
        if [[ -z $words ]]; then
            case "$verb" in
{options}
            esac
            if [[ $cur != -* ]]; then
                words=""
                case "$verb $COMP_CWORD" in
                    {clients}) words="$(docket clients --ids 2>/dev/null)" ;;
                    "log 3") words="{kinds}" ;;
                    {filtered}) words="{fields}"; compopt -o nospace 2>/dev/null ;;
                esac
            fi
        fi
    fi
    COMPREPLY=( $(compgen -W "$words" -- "$cur") )
}}
complete -o default -F _docket docket"""

# zsh runs the same script once it has been told how.
_ZSH = """\
# docket completion for zsh; in ~/.zshrc: eval "$(docket completion zsh)"
autoload -U +X bashcompinit && bashcompinit
"""


def _arguments(parser: Parser) -> None:
    parser.add_argument("shell", choices=("bash", "zsh", "fish"), help="the shell it is for")


def _run(args: Namespace, context: Context) -> int:
    kinds = " ".join(_kinds(context))
    if args.shell == "fish":
        say("\n".join(_fish(kinds)))
    else:
        say((_ZSH if args.shell == "zsh" else "") + _bash(kinds))
    return 0


def _kinds(context: Context) -> list[str]:
    """Return every word for a kind; a config that is wrong must not keep a shell from starting."""
    own = read_settings(Places(context.root).config).config.kinds
    return list(dict.fromkeys((*KINDS, *own)))


def _actions(name: str) -> list[argparse.Action]:
    from tui.cli.verbs import load

    actions = parser_of(name, LISTED[name].line, load(name))._actions
    return [action for action in actions if action.help != argparse.SUPPRESS]


def _takes_client(name: str) -> bool:
    words = (action for action in _actions(name) if not action.option_strings)
    return any(str(action.metavar or "").startswith("CLIENT") for action in words)


def _bash(kinds: str) -> str:
    choices, options = [], []
    for name in LISTED:
        for action in _actions(name):
            for option in action.option_strings:
                if action.choices:
                    words = " ".join(map(str, action.choices))
                else:
                    words = {"CLIENT": _IDS, "K": kinds}.get(str(action.metavar), "")
                if words:
                    choices.append(f'            "{name} {option}") words="{words}" ;;')
        flags = " ".join(option for action in _actions(name) for option in action.option_strings)
        options.append(f'                {name}) words="{flags}" ;;')
    clients = "|".join(f'"{name} 2"' for name in LISTED if _takes_client(name))
    values = [
        f'            {name}) words="{" ".join(found)}" ;;'
        for name, found in _values(kinds).items()
    ]
    files = "|".join(f'*" {option}"' for option in _FILES)
    return _BASH.format(
        verbs=" ".join(LISTED),
        choices="\n".join(choices),
        files=f"            {files}) return ;;",
        options="\n".join(options),
        clients=clients,
        kinds=kinds,
        filters=" ".join(_FILTERS),
        filtered="|".join(f'"{name} "*' for name in _FILTERS),
        fields=" ".join(f"{name}:" for name in FIELDS),
        values="\n".join(values),
    )


def _values(kinds: str) -> dict[str, tuple[str, ...]]:
    """Return what those fields of a filter may be that are one of a few, the client aside."""
    return {"kind": tuple(kinds.split()), **VALUES_OF}


def _fish(kinds: str) -> Iterator[str]:
    yield "# docket completion for fish; in config.fish: docket completion fish | source"
    yield "complete -c docket -f -l workspace -r -F"
    for name, listed in LISTED.items():
        yield f"complete -c docket -f -n __fish_use_subcommand -a {name} -d {_quoted(listed.line)}"
        seen = f"-n '__fish_seen_subcommand_from {name}'"
        if _takes_client(name):
            yield f"complete -c docket {seen} -a '(docket clients --ids 2>/dev/null)'"
        for action in _actions(name):
            for option in action.option_strings:
                yield f"complete -c docket {seen} {_fish_option(option, action)}"
        if name in _FILTERS:
            said = [f"{field}:{one}" for field, values in _values(kinds).items() for one in values]
            said += [f"{field}:" for field in FIELDS if field not in _values(kinds)]
            yield f"complete -c docket {seen} -a '{' '.join(said)}'"
    yield f"complete -c docket -n '__fish_seen_subcommand_from log' -a '{kinds}'"


def _fish_option(option: str, action: argparse.Action) -> str:
    flag = f"-l {option[2:]}" if option.startswith("--") else f"-s {option[1:]}"
    if action.choices:
        flag += f" -x -a '{' '.join(map(str, action.choices))}'"
    elif action.metavar == "CLIENT":
        flag += f" -x -a '{_IDS[1:]}'"
    elif action.nargs != 0:
        flag += " -r -F" if option in _FILES else " -x"
    return f"{flag} -d {_quoted(action.help or '')}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


VERBS = {
    "completion": Verb(
        _arguments,
        _run,
        """\
eval "$(docket completion bash)"
docket completion fish | source""",
    )
}
