"""A schema's complaints in plain words."""

import difflib
import json
from collections.abc import Iterator
from typing import Any

from jsonschema_rs import ValidationError

from review.problem import Problem, path_of

WORDS = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "object": "an object",
    "string": "a text",
    "null": "null",
}
LONGEST = 60


def explain(error: ValidationError, *, fields: list[str]) -> Iterator[Problem]:
    """The problems in one complaint of a schema.

    fields: which ones the object at the error's place may have, to guess what was meant.
    """
    steps = list(error.instance_path)
    what = error.kind.as_dict()
    match error.kind.name:
        case _ if error.instance is None:
            yield _problem(steps, "is null: leave the key out, or give it a value", rule="null")
        case "additionalProperties":
            for key in what["unexpected"]:
                near = difflib.get_close_matches(key, fields, n=1)
                hint = f"; did you mean {near[0]}?" if near else _known(fields)
                yield _problem([*steps, key], f"is no field here{hint}")
        case "required":
            yield _problem([*steps, what["property"]], "is missing")
        case "type":
            wanted = " or ".join(WORDS[kind] for kind in what["types"])
            yield _problem(steps, f"must be {wanted}, not {_shown(error.instance)}")
        case "oneOf" | "anyOf":
            yield _problem(steps, f"{_shown(error.instance)} is none of the forms allowed here")
        case "enum":
            options = ", ".join(str(each) for each in what["options"])
            yield _problem(steps, f"must be one of {options}, not {_shown(error.instance)}")
        case "const":
            yield _problem(steps, f"must be {what['expected_value']}, not {_shown(error.instance)}")
        case "pattern":
            yield _problem(steps, f"{_shown(error.instance)} is not of the form {what['pattern']}")
        case "format":
            yield _problem(steps, f"{_shown(error.instance)} is no {FORMATS[what['format']]}")
        case "minimum":
            yield _problem(steps, f"must be at least {what['limit']}, not {error.instance}")
        case "maximum":
            yield _problem(steps, f"must be at most {what['limit']}, not {error.instance}")
        case "minItems" | "minLength":
            yield _problem(steps, f"must not be empty: at least {what['limit']}")
        case "maxLength":
            yield _problem(steps, f"is too long: at most {what['limit']} characters")
        case "minProperties" | "maxProperties":
            number = len(error.instance) if isinstance(error.instance, dict) else 0
            yield _problem(steps, f"takes exactly {what['limit']} of its fields, and has {number}")
        case _:
            yield _problem(steps, error.message)


FORMATS = {"byte": "base64", "date-time": "time as 2026-01-31T12:00:00Z"}


def _problem(steps: list[str | int], message: str, *, rule: str = "schema") -> Problem:
    return Problem(rule=rule, path=path_of(steps), message=message)


def _known(fields: list[str]) -> str:
    return f"; there are {', '.join(fields)}" if 0 < len(fields) <= 8 else ""


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    text = json.dumps(value, ensure_ascii=False)
    if isinstance(value, str):
        return f"the text {text if len(text) <= LONGEST else text[:LONGEST] + '…'}"
    return text
