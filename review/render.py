"""An environment as Argo CD would make it: `render(repository, "dev")`.

It begins with what the root application of the environment's cluster syncs, the manifests directly
in `environments/<environment>/`, expands the ApplicationSets among them, and renders every
Application; Applications in those are rendered too. Revisions are not looked at: what is rendered
is the checkout.
"""

from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from review import applicationsets
from review.documents import Document
from review.environment import Environment, environment_of
from review.problem import Problem
from review.repository import Repository
from review.schemas import validate
from review.sources import Application, NotRendered, directory, render_sources
from review.sources.charts import Charts
from review.sources.cluster import Cluster
from review.urls import own_url

ROOT = "root"
# What is held to its schema before it is expanded or rendered.
CHECKED = {"Application", "ApplicationSet"}
# As the root application says; a test holds the two together.
DIRECTORY = {"exclude": "{facts.yaml,values.yaml}"}
# Applications whose releases are rendered in one go: more of them take more memory, not less time.
AT_ONCE = 50
ARGO = "argoproj.io/v1alpha1"


@dataclass(kw_only=True)
class Rendering:
    """applications: in the order in which they were found; the first is the root application, whose
    documents are the manifests of the environment's folder.
    problems: of everything: what does not render, and not yet what is wrong with what does."""

    environment: Environment
    applications: list[Application] = field(default_factory=list)

    @property
    def kubernetes_version(self) -> str:
        return self.environment.kubernetes_version

    @property
    def documents(self) -> list[Document]:
        return [each for application in self.applications for each in application.documents]

    @property
    def not_rendered(self) -> list[NotRendered]:
        return [each for application in self.applications for each in application.not_rendered]

    @property
    def problems(self) -> list[Problem]:
        return [each for application in self.applications for each in application.problems]

    def application(self, name: str) -> Application:
        """Raises: KeyError."""
        for each in self.applications:
            if each.name == name:
                return each
        raise KeyError(f"{self.environment.name} has no application {name}")


def render(
    repository: Path | Repository,
    environment: str,
    *,
    charts: Path | None = None,
    kubernetes_version: str | None = None,
    url: str = "",
) -> Rendering:
    """Everything that the environment's root application brings into its cluster.

    repository: the GitOps repository's folder.
    charts: a folder with third-party charts (see review.sources.charts); those that are not in it
        are listed in `not_rendered`.
    kubernetes_version: as "1.36"; without it, the facts' one.
    url: what Argo CD calls this repository; without it, the one its git generators read.
    Raises: review.environment.UnknownEnvironment; review.repository.FileProblem, where the facts
        are broken or say no version.
    """
    checkout = repository if isinstance(repository, Repository) else Repository(root=repository)
    facts = environment_of(checkout, environment, kubernetes_version=kubernetes_version)
    root = Application(
        manifest={
            "apiVersion": ARGO,
            "kind": "Application",
            "metadata": {"name": ROOT, "namespace": applicationsets.NAMESPACE},
            "spec": {"destination": {"namespace": applicationsets.NAMESPACE}},
        },
        file=facts.folder,
    )
    for each in directory.render(facts.folder, DIRECTORY, repository=checkout):
        if isinstance(each, Problem):
            root.problems.append(each.at(application=ROOT))
        else:
            root.documents.append(each.into(applicationsets.NAMESPACE))
    checkout.url = url or own_url([each.content for each in root.documents])
    if not checkout.url and root.documents:
        root.problem("repository-url", "cannot tell this repository from others: say its URL")
    rendering = Rendering(environment=facts, applications=[root])
    _follow(rendering, root, checkout=checkout, charts=Charts(charts))
    return rendering


def _follow(
    rendering: Rendering, root: Application, *, checkout: Repository, charts: Charts
) -> None:
    """Render the applications in applications, each name once."""
    cluster = Cluster(rendering.kubernetes_version)
    seen = {ROOT: root}
    waiting = deque([root])
    while waiting:
        parent = waiting.popleft()
        fit = []
        for child in _children(parent, rendering, checkout=checkout):
            if child.name in seen:
                other = seen[child.name].file
                parent.problem(
                    "application", f"{child.file} and {other} both make application {child.name}"
                )
                continue
            seen[child.name] = child
            rendering.applications.append(child)
            child.problems += _refused(child.manifest, child, rendering)
            if not child.problems:
                fit.append(child)
        for first in range(0, len(fit), AT_ONCE):
            some = fit[first : first + AT_ONCE]
            render_sources(some, repository=checkout, charts=charts, cluster=cluster)
        waiting += fit


def _refused(
    manifest: dict[str, Any], place: Application | Document, rendering: Rendering
) -> list[Problem]:
    """What the API server would refuse is neither expanded nor rendered."""
    faults = validate(manifest, kubernetes_version=rendering.kubernetes_version)
    name = place.name if isinstance(place, Application) else ""
    return [fault.at(application=name, file=place.file, line=place.line) for fault in faults]


def _children(
    parent: Application, rendering: Rendering, *, checkout: Repository
) -> list[Application]:
    children = []
    for document in parent.documents:
        if document.content["apiVersion"] != ARGO:
            continue
        made: list[dict[str, Any]] = []
        if document.kind == "Application":
            made = [document.content]
        elif document.kind == "ApplicationSet":
            problems = _refused(document.content, document, rendering)
            if not problems:
                made, problems = applicationsets.expand(document, repository=checkout)
            parent.problems += [problem.at(application=parent.name) for problem in problems]
        children += [
            Application(manifest=each, file=document.file, line=document.line) for each in made
        ]
    return children
