"""Fields of documents that may be of any shape.

The rules read third-party documents, with nulls in them, and documents that their schema has found
to be wrong: what is not of the wanted shape is nothing to them.
"""

from decimal import Decimal, InvalidOperation
from typing import Any

from review.schemas.pods import quantity

Object = dict[str, Any]


def map_at(node: Any, *steps: str) -> Object:
    """The object at the path; empty where there is none."""
    for step in steps:
        node = node.get(step) if isinstance(node, dict) else None
    return node if isinstance(node, dict) else {}


def list_at(node: Any, *steps: str) -> list[Any]:
    """The list at the path; empty where there is none."""
    *above, last = steps
    found = map_at(node, *above).get(last)
    return found if isinstance(found, list) else []


def maps_at(node: Any, *steps: str) -> list[Object]:
    """The objects in the list at the path."""
    return [each for each in list_at(node, *steps) if isinstance(each, dict)]


def text_at(node: Any, *steps: str) -> str:
    """The text at the path; empty where there is none."""
    *above, last = steps
    found = map_at(node, *above).get(last)
    return found if isinstance(found, str) else ""


def number_at(node: Any, *steps: str, default: int) -> int:
    """The whole number at the path."""
    *above, last = steps
    found = map_at(node, *above).get(last)
    return found if isinstance(found, int) and not isinstance(found, bool) else default


def amount(value: Any) -> Decimal | None:
    """A quantity in cores, bytes or pieces; None where it is none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        return quantity(value)
    except InvalidOperation:
        return None


def share(value: Any, of: int) -> int:
    """A number, or a percentage of `of`, rounded up as Kubernetes does for surges and budgets."""
    if isinstance(value, str) and value.endswith("%") and value[:-1].isdigit():
        return -(-int(value[:-1]) * of // 100)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
