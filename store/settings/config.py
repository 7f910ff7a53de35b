"""What the user may set, in `config.toml` of the workspace; a missing file means the defaults."""

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple

from store.errors import DocketError, UsageError
from store.files import locked, read_plain, write_atomic
from store.settings import rows
from store.settings.policy import Policy, policy_of
from store.settings.rows import Setting, Told, fitting, rows_of
from store.text import few
from store.working_days import WorkingDays, parse_week

if TYPE_CHECKING:
    from decimal import Decimal


class Config(NamedTuple):
    """User settings: every name is a key of `config.toml`, with its row and its default.

    Plain, not a model: `docket log` reads the author from here and must start fast.
    """

    author: Annotated[
        str,
        rows.text(
            120, "who writes the entries; records print it; default: the login name", '"Jo Ek"'
        ),
    ] = ""
    address: Annotated[str, rows.text(300, "your address", '"1 Main Street, Leeds"')] = ""
    email: Annotated[str, rows.text(120, "your e-mail address", '"jo@ek.example"')] = ""
    phone: Annotated[str, rows.text(60, "your telephone number", '"+44 113 496 0000"')] = ""
    tax_id: Annotated[str, rows.text(60, "your tax number", '"GB 123 4567 89"')] = ""
    currency: Annotated[
        str,
        rows.currency(
            'where a client\'s terms name none, and of the sums below; default "EUR"', '"EUR"'
        ),
    ] = "EUR"
    target_rate: Annotated[
        "Decimal | None", rows.amount("what an hour should earn; no default", "85")
    ] = None
    savings: Annotated[
        "Decimal | None",
        rows.amount("what you could live on if nothing came in; no default", "9000", none=True),
    ] = None
    monthly_costs: Annotated[
        "Decimal | None", rows.amount("what a month costs you; no default", "2400")
    ] = None
    payment_details: Annotated[
        str,
        rows.text(
            500,
            "how to pay you; statements of account print it; default: as the invoices say",
            '"Jo Ek, IBAN ..."',
        ),
    ] = ""
    mailer: Annotated[
        str,
        rows.text(300, "the command that opens a draft of a mail from its file", '"thunderbird"'),
    ] = ""
    ask_checkin: Annotated[
        bool,
        rows.flag(
            "whether the app now and then asks how a client makes you feel; default true", "true"
        ),
    ] = True
    working_days: Annotated[
        str, rows.week("the days you work, which your next steps fall on", '"mon-fri"')
    ] = "mon-fri"
    holidays: Annotated[
        str,
        rows.place_row("whose public holidays you keep; default: none", '"NO"'),
    ] = ""
    theme: Annotated[
        str,
        rows.choice(
            "the app's colours; default: as the terminal's ground is, or its own sixteen",
            "auto",
            "dark",
            "light",
            "contrast-dark",
            "contrast-light",
            "colour-blind-dark",
            "colour-blind-light",
            "ansi",
            "none",
        ),
    ] = "auto"
    ground: Annotated[
        str,
        rows.choice("whether the app paints a ground of its own", "terminal", "paint"),
    ] = "terminal"
    glyphs: Annotated[
        str,
        rows.choice(
            "the signs the app draws with; default: those the terminal can show",
            "auto",
            "full",
            "console",
            "ascii",
        ),
    ] = "auto"
    workspace: Annotated[
        str,
        rows.text(
            300,
            "in the config of the usual folder: the folder or the server that is meant where "
            "none is named",
            '"postgresql://jo@db.example/studio"',
        ),
    ] = ""
    policy: Annotated[
        Policy,
        rows.table_row(
            "The numbers of the assessment: chosen, not fitted to outcomes, and yours to set.",
            "a table of numbers; see `docket policy`",
            "reply_days = 5",
        ),
    ] = Policy()
    kinds: Annotated[
        Mapping[str, str],
        rows.table_row(
            "Words of your own for kinds of incident (`docket keys --kinds`). An entry logged by "
            "one counts as the kind it stands for. The word stays with you: a record shows the "
            "kind, and of the word only that there is one.",
            'a table of kinds of incident, such as seagull = "micro-change"',
            'seagull = "micro-change"',
        ),
    ] = MappingProxyType({})
    keys: Annotated[
        Mapping[str, str],
        rows.table_row(
            "Keys of your own, by what they do (`docket keys` lists the ids); `preset` is letters, "
            "the default, or vi, and your own go on top.",
            'a table of keys by what they do, such as log = "l"',
            'log = "l"',
        ),
    ] = MappingProxyType({})

    @property
    def working(self) -> WorkingDays:
        """The days that are worked on."""
        return WorkingDays(parse_week(self.working_days) or frozenset(), self.holidays)


ROWS: Final[Mapping[str, Setting]] = MappingProxyType(rows_of(Config))
_LONGEST = 1 << 20  # bytes: no settings are as long
# Names nested as deeply take tomllib for ever.
_NESTED = re.compile(rb"(?<![\w\"'-])(?:[\w\"'-]+[ \t]*\.[ \t]*){50}")
_OWN_KIND = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_SAID = 3


class Settings(NamedTuple):
    """What a `config.toml` says: all that is right in it, and what else there is to say.

    An update takes no word away: what it does not know is `passed` over, and only what is
    `wrong` is an error.
    """

    config: Config = Config()
    passed: tuple[str, ...] = ()
    wrong: DocketError | None = None

    def checked(self) -> Config:
        """Return the config, or raise DocketError naming the file and the key that is wrong."""
        if self.wrong is not None:
            raise DocketError(self.wrong.what, self.wrong.why, self.wrong.remedy)
        return self.config


def load_config(path: Path) -> Config:
    """Read the config at `path`; DocketError names the file and the key that is wrong."""
    return read_settings(path).checked()


def read_settings(path: Path) -> Settings:
    """Return what the config at `path` says, whatever is wrong with it."""
    try:
        found = _toml(path)
    except DocketError as error:
        return Settings(wrong=error)
    told = Told()
    values = fitting(found, ROWS, told)
    for name, read in (("policy", policy_of), ("kinds", _kinds), ("keys", _keys)):
        if name in values:
            values[name] = read(values[name], told)
    why = "; ".join(told.wrong)
    wrong = DocketError(f"{path} has a wrong setting", why, "Correct or remove it") if why else None
    return Settings(Config(**values), tuple(told.passed), wrong)


def passed_over(passed: tuple[str, ...], wrong: DocketError | None = None) -> str:
    """Return on one line what of the settings was passed over, or nothing."""
    if not passed and wrong is None:
        return ""
    said = few(passed, _SAID, "; ")
    if wrong is None:
        return f"In config.toml, {said}. All else in it holds; `docket doctor` lists this."
    why = "; ".join(filter(None, (wrong.why, said)))
    return f"{wrong.what}: {why}. A default holds in its place until you correct it."


def _toml(path: Path) -> dict[str, Any]:
    try:
        raw = read_plain(path, _LONGEST)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise DocketError(
            f"{path} cannot be read", error.strerror or str(error), "Check its rights"
        ) from error
    import tomllib

    try:
        if _NESTED.search(raw):
            raise RecursionError
        return tomllib.loads(raw.decode("utf-8"))
    except RecursionError:
        why = "it nests too deeply"
        raise DocketError(f"{path} is not valid TOML", why, "Correct that line") from None
    except ValueError as error:  # neither TOML, nor UTF-8, nor a number anybody could mean
        raise DocketError(f"{path} is not valid TOML", str(error), "Correct that line") from error


def check_texts(texts: Mapping[str, str]) -> None:
    """Raise UsageError for a text that the config cannot hold."""
    told = Told()
    fitting({name: said for name, said in texts.items() if said.strip()}, ROWS, told)
    if told.wrong:
        raise UsageError("That cannot be set", told.wrong[0], "Shorten it")


def set_texts(path: Path, texts: Mapping[str, str]) -> None:
    """Set texts in the config at `path`, blank ones to nothing; all else in it stays as it is.

    Raises UsageError for one that does not fit, DocketError where the file cannot be read or
    written.
    """
    from tomlkit import parse

    check_texts(texts)
    if path.is_symlink():
        raise DocketError(f"{path} is a symbolic link", "", "Edit the file it points to")
    with locked(path):
        load_config(path)  # what is wrong in it already is said first
        document = parse(read_plain(path, _LONGEST) if path.exists() else b"")
        for name, said in texts.items():
            if said.strip():
                document[name] = said
            else:
                document.pop(name, None)
        write_atomic(path, document.as_string().encode())


def _kinds(given: Mapping[str, Any], told: Told) -> dict[str, str]:
    """Return the own kinds: new words for a kind of incident there is, which says what it weighs.

    A word that a kind of Docket's has meanwhile got is the user's still.
    """
    from store.entries import KINDS, kind_named

    kept = {}
    for word, like in given.items():
        called = f"kinds.{word[:40]}"
        known = KINDS.get(like) if isinstance(like, str) else None
        if not _OWN_KIND.fullmatch(word) or len(word) > 40:
            told.wrong.append(f"{called}: write it in small letters, with hyphens between words")
        elif known is None or known.group != "incident":
            told.wrong.append(f"{called}: '{str(like)[:40]}' is no kind of incident")
        else:
            kept[word] = known.id
            if theirs := kind_named(word):
                told.passed.append(
                    f"{called}: {theirs.id} is a kind of Docket's by that word, and yours stands"
                )
    return kept


def _keys(given: Mapping[str, Any], told: Told) -> dict[str, str]:
    """Return the own keys that are texts; the app knows what they do."""
    if all(isinstance(key, str) for key in given.values()):
        return dict(given)
    told.wrong.append(f"keys: it is not {ROWS['keys'].fits}")
    return {}
