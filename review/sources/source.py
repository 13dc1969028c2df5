"""One source of an Application after the other; the last one wins where two give the same thing.

https://argo-cd.readthedocs.io/en/stable/user-guide/multiple_sources/
"""

from collections.abc import Iterable, Sequence
from typing import Any

from review.documents import Document
from review.globs import BadGlob
from review.helm import engine
from review.problem import Problem
from review.repository import FileProblem, Repository
from review.scope import CLUSTER_SCOPED
from review.sources import directory, helm
from review.sources.application import Application, NotRendered
from review.sources.charts import Charts
from review.sources.cluster import Cluster

KUSTOMIZATION = {"kustomization.yaml", "kustomization.yml", "Kustomization"}
UNKNOWN_TOOLS = ("kustomize", "plugin")


Identity = tuple[str, str, str, str]
Found = Iterable[Document | Problem]


def render_sources(
    applications: Sequence[Application],
    *,
    repository: Repository,
    charts: Charts,
    cluster: Cluster,
) -> None:
    """Fill the applications' documents, problems and what is not rendered.

    All at once, for releases of the same chart are rendered together.
    """
    planned = [
        (application, _planned(application, repository=repository, charts=charts, cluster=cluster))
        for application in applications
    ]
    releases = [each for _, steps in planned for each in steps if isinstance(each, helm.Planned)]
    rendered = engine().render_all([each.release for each in releases])
    for application, steps in planned:
        found: dict[Identity, Document] = {}
        for each in steps:
            made = each.documents(next(rendered)) if isinstance(each, helm.Planned) else each
            _take(made, application, found)
        application.documents = list(found.values())
        application.problems = [
            problem.at(application=application.name, file=application.file)
            for problem in dict.fromkeys(application.problems)
        ]


def _planned(
    application: Application, *, repository: Repository, charts: Charts, cluster: Cluster
) -> list[Found | helm.Planned]:
    """What each source gives, or what Helm is to make of it."""
    planned: list[Found | helm.Planned] = []
    if not application.sources:
        application.problem("application", "has no source", path="spec.source")
    for source in application.sources:
        try:
            planned.append(
                _plan(source, application, repository=repository, charts=charts, cluster=cluster)
            )
        except FileProblem as broken:
            application.problems.append(broken.problem)
        except BadGlob as error:
            application.problem("glob", str(error))
    return planned


def _take(made: Found, application: Application, found: dict[Identity, Document]) -> None:
    try:
        for each in made:
            if isinstance(each, Problem):
                application.problems.append(each)
            else:
                _add(each, application, found)
    except FileProblem as broken:
        application.problems.append(broken.problem)
    except BadGlob as error:
        application.problem("glob", str(error))


def _add(document: Document, application: Application, found: dict[Identity, Document]) -> None:
    if document.kind not in CLUSTER_SCOPED:
        document = document.into(application.namespace)
    before = found.pop(document.identity, None)
    if before:
        application.problems.append(
            Problem(
                rule="repeated-resource",
                message=f"is made twice, also by {before.file}; Argo CD takes this one",
                document=str(document),
                file=document.file,
                line=document.line,
            )
        )
    found[document.identity] = document


def _plan(
    source: dict[str, Any],
    application: Application,
    *,
    repository: Repository,
    charts: Charts,
    cluster: Cluster,
) -> Found | helm.Planned:
    url, version = source.get("repoURL", ""), str(source.get("targetRevision", ""))
    if "chart" in source:
        if "ref" in source:
            application.problem("application", "a chart cannot be a ref", path="spec.sources")
            return []
        chart = charts.find(source["chart"], version)
        if chart is None:
            application.not_rendered.append(
                NotRendered(
                    application=application.name, repository=url, chart=source["chart"],
                    version=version,
                )
            )  # fmt: skip
            return []
        return helm.plan(
            chart, source, application, repository=repository, cluster=cluster, own=False
        )
    if not repository.owns(url):
        if "ref" not in source or "path" in source:
            application.not_rendered.append(
                NotRendered(
                    application=application.name, repository=url, version=version,
                    path=source.get("path", ""),
                )
            )  # fmt: skip
        return []
    if "path" not in source:
        if "ref" not in source:
            application.problem("application", "has a source without path, chart or ref")
        return []  # only value files come from it
    return _of_repository(source, application, repository=repository, cluster=cluster)


def _of_repository(
    source: dict[str, Any], application: Application, *, repository: Repository, cluster: Cluster
) -> Found | helm.Planned:
    path = source["path"]
    folder = repository.inside(path)
    if not folder.is_dir():
        raise FileProblem(
            Problem(rule="file", file=path, message=f"is no folder; {application.name} syncs it")
        )
    overrides = [".argocd-source.yaml", f".argocd-source-{application.name}.yaml"]
    refused = [tool for tool in UNKNOWN_TOOLS if tool in source]
    refused += [name for name in [*KUSTOMIZATION, *overrides] if (folder / name).is_file()]
    if refused:
        raise FileProblem(
            Problem(
                rule="unsupported",
                file=path,
                message=f"{refused[0]} is not rendered here: plain files and Helm charts are",
            )
        )
    if "directory" not in source and ("helm" in source or (folder / "Chart.yaml").is_file()):
        return helm.plan(
            folder, source, application, repository=repository, cluster=cluster, own=True
        )
    return directory.render(path, source.get("directory") or {}, repository=repository)
