"""Why an ApplicationSet is not expanded."""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class Reason:
    message: str
    path: str = ""


class Refused(Exception):
    """What Argo CD would not expand, or what is not expanded here."""

    def __init__(self, faults: list[Reason]) -> None:
        super().__init__("; ".join(f"{each.path}: {each.message}" for each in faults))
        self.faults = faults

    @classmethod
    def one(cls, message: str, path: str) -> Self:
        return cls([Reason(message, path)])
