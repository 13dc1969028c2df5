"""An Argo CD Application, and what came of it."""

from dataclasses import dataclass, field
from typing import Any

from review.documents import Document, text
from review.problem import Problem


@dataclass(frozen=True, kw_only=True)
class NotRendered:
    """A source that needs what is not here: `chart` and `version` of a repository of charts, or a
    `path` of another git repository."""

    application: str
    repository: str
    chart: str = ""
    version: str = ""
    path: str = ""

    def __str__(self) -> str:
        what = f"{self.chart} {self.version}" if self.chart else f"{self.path} at {self.version}"
        return f"not rendered: {what} ({self.repository})"


@dataclass(kw_only=True)
class Application:
    """An Application as it is given, and the documents it syncs.

    manifest: the Application itself. file: the file that holds it or the ApplicationSet it is from.
    documents: what it syncs, in order; namespaced kinds name their namespace.
    """

    manifest: dict[str, Any]
    file: str
    line: int | None = None
    documents: list[Document] = field(default_factory=list)
    not_rendered: list[NotRendered] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def name(self) -> str:
        return text(self.manifest["metadata"].get("name"))

    @property
    def spec(self) -> dict[str, Any]:
        return self.manifest.get("spec") or {}

    @property
    def namespace(self) -> str:
        """Where documents go that name no namespace."""
        return text((self.spec.get("destination") or {}).get("namespace"))

    @property
    def sources(self) -> list[dict[str, Any]]:
        """`sources`, where there are any; Argo CD then ignores `source`."""
        return self.spec.get("sources") or [
            source for source in [self.spec.get("source")] if source
        ]

    def problem(self, rule: str, message: str, *, path: str = "") -> None:
        """Note a fault of the Application itself."""
        self.problems.append(
            Problem(
                rule=rule, message=message, path=path, file=self.file, line=self.line,
                document=f"Application {self.name}",
            )
        )  # fmt: skip
