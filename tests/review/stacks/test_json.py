"""The review for tools."""

import json
from typing import Any

import pytest

from review.stacks import as_json
from review.stacks.change import Change
from tests.review.stacks.tiny import small


def test_the_json_has_the_shape_that_it_documents() -> None:
    content = json.loads(as_json.written(small()))
    assert content["version"] == 1
    assert list(content) == ["version", "base", "head", "provider", "environments", "findings"]
    [environment] = content["environments"]
    [network] = environment.pop("stacks")
    assert environment == {"name": "prod", "status": "changed"}
    assert {**network, "changes": None} == {
        "name": "prod-network",
        "status": "changed",
        "source": "synthesis",
        "dependencies": [],
        "resources": 3,
        "changes": None,
    }
    by_address = {each["address"]: each for each in network["changes"]}
    assert by_address["aws_subnet.a"] == {
        "address": "aws_subnet.a",
        "kind": "aws_subnet",
        "action": "replaced",
        "moved_from": "",
        "by_block": True,
        "because": "",
        "replacing_known": True,
        "arguments": [
            {
                "path": "availability_zone",
                "before": "1a",
                "after": "1b",
                "known_later": False,
                "replaces": True,
            }
        ],
    }
    assert [each["rule"] for each in content["findings"]] == ["stateful-goes", "production"]


def test_every_field_of_the_json_is_documented() -> None:
    def fields(value: Any) -> set[str]:
        match value:
            case dict():
                return set(value).union(*map(fields, value.values()))
            case list():
                return set().union(*map(fields, value))
        return set()

    documented = as_json.__doc__ or ""
    assert {each for each in fields(as_json.content(small())) if f'"{each}"' not in documented} == (
        set()
    )


def test_a_change_holds_nothing_that_a_page_could_change() -> None:
    with pytest.raises(AttributeError):
        next(small().changes).action = "added"  # ty: ignore[invalid-assignment]
    assert isinstance(next(small().changes), Change)
