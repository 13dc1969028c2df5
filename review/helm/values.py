"""Values as Helm lays one over the other."""

from collections.abc import Mapping
from typing import Any


def merged(base: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Objects key by key, and all else is replaced. null stays: what it takes
    away is Helm's to say."""
    result = dict(base)
    for key, value in other.items():
        before = result.get(key)
        both = isinstance(before, dict) and isinstance(value, dict)
        result[key] = merged(before, value) if both else value
    return result
