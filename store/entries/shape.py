"""A shape: named fields that are read as the journal spells them, and else judged by pydantic.

Loading pydantic takes longer than reading a screen of entries. So a shape is a class of its own
that reads what is plainly right, and refuses nothing: whatever else comes is left to a judge
(store/entries/judge.py), which is made of the same annotations, and only where it is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple, Self, dataclass_transform

from store.entries.plainly import ToJudgeError, reader_of
from store.errors import UsageError

if TYPE_CHECKING:
    from pydantic import ConfigDict

_REQUIRED: Final = object()
_OPTIONAL: Final = " | None"
_Reader = Callable[[Any], Any]


class ShapeField(NamedTuple):
    """A field of a shape: how it is annotated, and what stands for it where it is not given."""

    annotation: str
    default: Any

    def is_required(self) -> bool:
        """Whether it has to be given."""
        return self.default is _REQUIRED


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Shaped:
    """Base of what is made of fields: exact fields only, never changed once made.

    `__post_init__` may look at all of them together, and raises ValueError.
    """

    __pydantic_config__: ClassVar[ConfigDict] = {"extra": "forbid"}
    model_fields: ClassVar[dict[str, ShapeField]]
    _readers: ClassVar[dict[str, _Reader] | None]

    def __init_subclass__(cls) -> None:
        """Note the fields, those of bases first."""
        cls.model_fields = {
            name: ShapeField(said, vars(base).get(name, _REQUIRED))
            for base in reversed(cls.__mro__[:-1])
            for name, said in base.__annotations__.items()
            if not str(said).startswith("ClassVar")
        }
        cls._readers = None

    def __init__(self, **given: Any) -> None:
        """Take the fields by their names; ValidationError if they do not fit."""
        vars(self).update(vars(self.model_validate(given)))

    @classmethod
    def model_validate(cls, given: Any) -> Self:
        """Return the shape of `given`, one of it or its fields; ValidationError if it fits not."""
        if isinstance(given, Mapping) and (plain := cls.plain(given)) is not None:
            return plain
        from store.entries.judge import judge

        judged: Self = judge(cls).validate_python(given)
        return judged

    @classmethod
    def plain(cls, given: Mapping[str, Any]) -> Self | None:
        """Return what is made of fields that are plainly right; None where these must be judged."""
        readers = cls._readers or cls._made_readers()
        held = {name: field.default for name, field in cls.model_fields.items()}
        try:
            for name, value in given.items():
                held[name] = readers[name](value)
            if _REQUIRED in held.values():
                return None
            made = cls.model_construct(**held)
            made.__post_init__()
        except (KeyError, ToJudgeError, TypeError, UsageError, ValueError):
            return None
        return made

    @classmethod
    def model_construct(cls, **given: Any) -> Self:
        """Return one of fields that nobody judges; those that are not given are as by default."""
        made = cls.__new__(cls)
        held = vars(made)
        for name, field in cls.model_fields.items():
            value = given.get(name, field.default)
            if value is not _REQUIRED:
                held[name] = value
        return made

    @classmethod
    def model_json_schema(cls, *, ref_template: str = "#/$defs/{model}") -> dict[str, Any]:
        """Return the JSON Schema of what fits."""
        from store.entries.judge import judge

        return judge(cls).json_schema(ref_template=ref_template)

    @classmethod
    def _made_readers(cls) -> dict[str, _Reader]:
        fields = cls.model_fields.items()
        cls._readers = {
            name: reader_of(field.annotation.removesuffix(_OPTIONAL), cls) for name, field in fields
        }
        return cls._readers

    def __post_init__(self) -> None:
        """Look at all fields together: here there is nothing to refuse."""

    def model_dump(
        self, *, mode: str = "python", exclude_none: bool = False, exclude_defaults: bool = False
    ) -> dict[str, Any]:
        """Return the fields by their names, as JSON values for mode `json`."""
        from store.entries.judge import judge

        told: dict[str, Any] = judge(type(self)).dump_python(
            self,
            mode=mode,  # type: ignore[arg-type]
            exclude_none=exclude_none,
            exclude_defaults=exclude_defaults,
        )
        return told

    def model_copy(self, *, update: Mapping[str, Any]) -> Self:
        """Return the same with other values, which nobody judges."""
        return self.model_construct(**{**vars(self), **update})

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        """Yield each field with its value."""
        yield from vars(self).items()

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse any change."""
        raise AttributeError(f"{type(self).__name__} is never changed: {name}")

    def __eq__(self, other: object) -> bool:
        """Compare all fields."""
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        """Return the same of shapes that are equal."""
        return hash((type(self), *vars(self).values()))

    def __repr__(self) -> str:
        """Return all it says."""
        said = ", ".join(f"{name}={value!r}" for name, value in self)
        return f"{type(self).__name__}({said})"
