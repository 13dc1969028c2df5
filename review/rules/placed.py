"""A document and where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from review.documents import Document
from review.problem import Problem, Severity, path_of
from review.rules.fields import Object, map_at
from review.sources import Application


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A document and the application that syncs it."""

    document: Document
    application: Application

    @property
    def content(self) -> Object:
        return self.document.content

    @property
    def spec(self) -> Object:
        return map_at(self.content, "spec")

    @property
    def name(self) -> str:
        return self.document.name

    @property
    def namespace(self) -> str:
        return self.document.namespace

    @property
    def kind(self) -> str:
        return self.document.kind

    @property
    def own(self) -> bool:
        return self.document.own

    def __str__(self) -> str:
        return str(self.document)

    def problem(
        self,
        rule: str,
        message: str,
        *,
        steps: Iterable[str | int] = (),
        severity: Severity = "error",
    ) -> Problem:
        """A fault of this document."""
        return Problem(
            rule=rule,
            message=message,
            severity=severity,
            path=path_of(list(steps)),
            document=str(self.document),
            file=self.document.file,
            line=self.document.line,
            application=self.application.name,
        )
