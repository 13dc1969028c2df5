"""A schema's complaints, kind by kind, in words that say what to write."""

from typing import Any

import jsonschema_rs
import pytest

from review.schemas.faults import FORMATS, explain


def told(schema: dict[str, Any], instance: Any, fields: tuple[str, ...] = ()) -> list[str]:
    validator = jsonschema_rs.validator_for(
        schema, validate_formats=True, formats={name: lambda _: False for name in FORMATS}
    )
    return [
        f"{problem.path}: {problem.message}" if problem.path else problem.message
        for error in validator.iter_errors(instance)
        for problem in explain(error, fields=list(fields))
    ]


CLOSED = {"additionalProperties": False, "properties": {"port": {}, "name": {}}}


@pytest.mark.parametrize(
    ("schema", "instance", "said"),
    [
        ({"const": "v1"}, "v2", 'must be v1, not the text "v2"'),
        ({"const": 1}, {}, "must be 1, not an object"),
        ({"type": "string"}, [], "must be a text, not a list"),
        ({"type": ["string", "integer"]}, {}, "must be a whole number or a text, not an object"),
        ({"maxLength": 3}, "four", "is too long: at most 3 characters"),
        ({"minLength": 1}, "", "must not be empty: at least 1"),
        ({"minProperties": 1}, {}, "takes exactly 1 of its fields, and has 0"),
        ({"maxProperties": 1}, {"a": 1, "b": 2}, "takes exactly 1 of its fields, and has 2"),
        ({"format": "date-time"}, "now", 'the text "now" is no time as 2026-01-31T12:00:00Z'),
        ({"enum": ["x" * 99]}, "y" * 99, f'must be one of {"x" * 99}, not the text "{"y" * 59}…'),
        ({"type": "object"}, None, "is null: leave the key out, or give it a value"),
        ({"multipleOf": 2}, 3, "3 is not a multiple of 2"),
    ],
)  # fmt: skip
def test_it_is_said_so(schema: dict[str, Any], instance: Any, said: str) -> None:
    assert told(schema, instance) == [said]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("prt", "prt: is no field here; did you mean port?"),
        ("zzz", "zzz: is no field here; there are port, name"),
    ],
)
def test_an_unknown_key_is_answered_with_what_there_is(key: str, said: str) -> None:
    assert told(CLOSED, {key: 1}, ("port", "name")) == [said]


def test_of_many_fields_none_is_listed() -> None:
    many = tuple(f"field{number}" for number in range(9))
    assert told(CLOSED, {"zzz": 1}, many) == ["zzz: is no field here"]
