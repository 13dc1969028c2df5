"""JSON Merge Patch, RFC 7386."""

from typing import Any


def merge(target: Any, patch: Any) -> Any:
    """A new value: null takes away, objects merge, all else replaces."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merge(result.get(key), value)
    return result
