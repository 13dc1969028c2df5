"""One measured number beside what is wanted."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Figure:
    """value, wanted: in `unit`. at_least: whether more is better; else less is.

    wanted is None where the number is only to be known, and value where it could not be measured.
    """

    name: str
    value: float | None
    unit: str
    wanted: float | None = None
    at_least: bool = False

    @property
    def met(self) -> bool:
        if self.wanted is None or self.value is None:
            return True
        return self.value >= self.wanted if self.at_least else self.value <= self.wanted

    def __str__(self) -> str:
        value = "not measured" if self.value is None else f"{self.value:.2f} {self.unit}"
        bound = "at least" if self.at_least else "at most"
        wanted = "" if self.wanted is None else f"{bound} {self.wanted:g} {self.unit}"
        return f"{self.name:<58}{value:>14}  {wanted:<16}{'' if self.met else ' NOT MET'}".rstrip()


def table(figures: Iterable[Figure]) -> str:
    return "\n".join(str(each) for each in figures)
