"""What all settings share: frozen, closed to unknown fields, typed when they are made.

Plain data classes and not a validation library: importing one costs a tenth of the whole
synthesis, and the rules that matter here are about AWS, not about types.
"""

import dataclasses
import difflib
import types
from collections.abc import Callable
from typing import (
    Any,
    Literal,
    NoReturn,
    TypeVar,
    Union,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)

Settings = TypeVar("Settings")


class SettingsError(ValueError):
    """A setting is refused: the field, what is wrong with it, and what to write instead."""

    def __init__(self, field: str, problem: str, mend: str) -> None:
        super().__init__(f"{field}: {problem} {mend}")
        self.field = field
        self.problem = problem
        self.mend = mend


@dataclass_transform(kw_only_default=True, frozen_default=True)
def settings(cls: type[Settings]) -> type[Settings]:
    """Make `cls` a frozen data class that refuses unknown, missing and mistyped fields.

    A class states its own rules in `__post_init__`, by way of `refuse`.
    """
    record = dataclasses.dataclass(frozen=True, kw_only=True)(cls)  # type: ignore[call-overload]
    fields = {field.name: field for field in dataclasses.fields(record)}
    hints = get_type_hints(record)
    build: Callable[..., None] = record.__init__

    def __init__(self: Settings, /, **given: Any) -> None:
        for name in given:
            if name not in fields:
                near = difflib.get_close_matches(name, fields, n=1)
                mend = f"Did you mean {near[0]}?" if near else f"It has {', '.join(fields)}."
                raise SettingsError(f"{cls.__name__}.{name}", "is not a setting.", mend)
        for name, field in fields.items():
            if name not in given and _is_required(field):
                raise SettingsError(
                    f"{cls.__name__}.{name}",
                    "is missing.",
                    f"Give it a value ({_told(hints[name])}).",
                )
        for name, value in given.items():
            if not _conforms(value, hints[name]):
                problem = f"is {value!r}, which is not {_told(hints[name])}."
                raise SettingsError(
                    f"{cls.__name__}.{name}", problem, _type_mend(value, hints[name])
                )
        build(self, **given)

    record.__init__ = __init__  # type: ignore[method-assign]
    return record


def refuse(owner: object, field: str, problem: str, mend: str) -> NoReturn:
    """Refuse `field` of the settings object `owner`. Raises: SettingsError, always."""
    raise SettingsError(f"{type(owner).__name__}.{field}", problem, mend)


def _is_required(field: "dataclasses.Field[Any]") -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _conforms(value: object, hint: Any) -> bool:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return any(_conforms(value, option) for option in get_args(hint))
    if origin is Literal:
        return any(value == option and type(value) is type(option) for option in get_args(hint))
    if origin is tuple:
        return isinstance(value, tuple) and all(
            _conforms(each, get_args(hint)[0]) for each in value
        )
    if hint is int:
        return type(value) is int  # True is an int to isinstance, and never a size
    return isinstance(value, hint)


def _told(hint: Any) -> str:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return " or ".join(_told(option) for option in get_args(hint))
    if origin is Literal:
        return "one of " + ", ".join(repr(option) for option in get_args(hint))
    if origin is tuple:
        return f"a tuple of {_told(get_args(hint)[0])}"
    return "None" if hint is type(None) else str(hint.__name__)


def _type_mend(value: object, hint: Any) -> str:
    if get_origin(hint) is Literal and isinstance(value, str):
        near = difflib.get_close_matches(value, [str(option) for option in get_args(hint)], n=1)
        return f"Did you mean {near[0]!r}?" if near else "Choose one of these."
    if isinstance(value, float) and hint is str:
        return (
            'Write it as text, in quotes: a float drops the last zero, so that "1.30" becomes 1.3.'
        )
    if isinstance(value, int) and hint is str:
        return "Write it as text, in quotes: a number drops leading zeros."
    if isinstance(value, str) and get_origin(hint) is tuple:
        return f"Write ({value!r},) with the comma."
    if isinstance(value, list) and get_origin(hint) is tuple:
        return f"Write {tuple(value)!r}: a list could be changed after it was checked."
    return f"Write {_told(hint)}."
