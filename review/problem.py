"""One fault, said so that its reader knows where it is and what to do."""

from dataclasses import dataclass, replace
from typing import Any, Literal, Self

Severity = Literal["error", "warning"]


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A fault in a file, a document or an application.

    rule: which check found it, in a word that stays the same ("schema", "null", "yaml" …).
    message: plain words; where there is one, the mend.
    severity: an error must not be merged; a warning is for a person to look at.
    path: where in the document, as `spec.ports[0].port`; empty for the document as a whole.
    document: `Kind namespace/name`, where the fault is in a Kubernetes document.
    file, line: where to look; relative to the repository, lines from 1.
    application: the Argo CD application that syncs it.
    environment: in whose rendering it was found; empty where it is in a file of all of them.
    """

    rule: str
    message: str
    severity: Severity = "error"
    path: str = ""
    document: str = ""
    file: str = ""
    line: int | None = None
    application: str = ""
    environment: str = ""

    def at(self, **place: Any) -> Self:
        """The same fault, with more said about its place; what is known already stays."""
        return replace(self, **{name: to for name, to in place.items() if not getattr(self, name)})

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.file and self.line else self.file
        return ": ".join(part for part in (place, self.document, self.path, self.message) if part)


@dataclass(frozen=True, kw_only=True)
class Unseen:
    """What a check could not look at: it says nothing of it, neither good nor bad.

    what: the thing, as "chart keda 2.20.2 (https://…)". why: what is not here.
    """

    what: str
    why: str
    application: str = ""
    environment: str = ""


def path_of(steps: list[str | int]) -> str:
    """`["spec", "ports", 0, "a.b"]` is `spec.ports[0]["a.b"]`."""
    path = ""
    for step in steps:
        if isinstance(step, int):
            path += f"[{step}]"
        elif step.replace("_", "").replace("-", "").isalnum():
            path += f".{step}" if path else step
        else:
            path += f'["{step}"]'
    return path


def named(document: object) -> str:
    """`Deployment api-services/orders`: how people call a document."""
    if not isinstance(document, dict):
        return type(document).__name__
    metadata = document.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    name = metadata.get("name") or metadata.get("generateName") or "(no name)"
    namespace = metadata.get("namespace")
    return f"{document.get('kind', '(no kind)')} {f'{namespace}/' if namespace else ''}{name}"
