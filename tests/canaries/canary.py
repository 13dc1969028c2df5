"""One entry of the catalogue: a bad thing, and the gates that must reject it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import FunctionType
from typing import Any

Gate = FunctionType
"""The very function that guards the real thing."""


@dataclass(frozen=True, kw_only=True)
class Canary:
    """Something bad that must not get through.

    claim: what is wrong, as a noun.
    bad: the thing, in the form that the judges of its gates take (see judges.py).
    rejected_by: gate → what its rejection must name.
    """

    claim: str
    bad: Any
    rejected_by: Mapping[Gate, str]
