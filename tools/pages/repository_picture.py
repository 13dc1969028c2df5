"""The GitOps repository in one environment: what its root application makes, and where it lands."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from review.documents import Document
from review.render import ROOT, Rendering, render
from review.sources import Application
from tools.pages.flowchart import Flowchart, table

WORKLOADS = {"Deployment", "Rollout"}
STRATEGIES = {"canary": "canary", "blueGreen": "blue-green"}


class DoesNotRender(Exception):
    """The repository that the template makes has problems, so that there is nothing to draw."""


class NotOfOneShape(Exception):
    """The environments' root applications make different things: drawing one shows no other."""


def picture(repository: Path, *, environments: Sequence[str], shown: str) -> str:
    """The flowchart of the environment `shown`, and a table of who decides in each.

    Raises: DoesNotRender; NotOfOneShape.
    """
    found = {name: render(repository, name) for name in environments}
    problems = [str(problem) for each in found.values() for problem in each.problems]
    if problems:
        raise DoesNotRender("\n".join(problems))
    made = {name: _made_by_root(each) for name, each in found.items()}
    for name, each in made.items():
        if each != made[shown]:
            odd = ", ".join(sorted(each ^ made[shown]))
            raise NotOfOneShape(f"{shown} and {name} differ in {odd}: draw both")
    head = ("environment", "syncs by itself", "services in the picture's repository")
    return f"{_chart(found[shown])}\n{table(head, map(_row, found.values()))}"


def _made_by_root(rendering: Rendering) -> set[str]:
    return {
        f"{each.kind} {each.name} in {Path(each.file).name}"
        for each in rendering.application(ROOT).documents
    }


def _row(rendering: Rendering) -> tuple[str, str, str]:
    """Raises: KeyError, where an application does not say whether it syncs by itself."""
    made = [each for each in rendering.applications if each.name != ROOT]
    by_itself = {each.spec["syncPolicy"]["automated"]["enabled"] for each in made}
    services = sorted(each.name for each in made if each.spec["project"] == "services")
    words = {frozenset({True}): "all", frozenset({False}): "none"}
    decides = words.get(frozenset(by_itself), "some")
    return rendering.environment.name, decides, ", ".join(services) or "none"


def _chart(rendering: Rendering) -> str:
    by_file: dict[str, list[Application]] = defaultdict(list)
    for each in rendering.applications:
        by_file[each.file].append(each)
    chart = Flowchart()
    chart.node(ROOT, ROOT, "made by Terraform", shape="([])")
    makers = rendering.application(ROOT).documents
    with chart.group("environment", rendering.environment.folder):
        for maker in makers:
            chart.node(
                _file(maker), f"{Path(maker.file).name}: {maker.kind}", *_charts(maker, by_file)
            )
    chart.arrow(ROOT, "environment", "syncs")
    made = _namespaces(rendering)
    with chart.group("namespaces", "namespaces"):
        for namespace in made:
            chart.node(f"namespace {namespace}", namespace, shape="([])")
    for maker in makers:
        if maker.kind == "Application":
            _application(chart, maker, by_file[maker.file], made=made)
        else:
            _applications(chart, maker, _by_namespace(by_file[maker.file]))
    return chart.text()


def _application(
    chart: Flowchart, maker: Document, made_of_it: list[Application], *, made: list[str]
) -> None:
    """Arrows from the Application itself to where its documents land."""
    (application,) = made_of_it
    if any(document.kind == "Namespace" for document in application.documents):
        chart.arrow(_file(maker), "namespaces", "makes, with quotas, policies, rights")
        return
    landing = {document.namespace for document in application.documents} | {application.namespace}
    for namespace in sorted(landing & {*made}):
        chart.arrow(_file(maker), f"namespace {namespace}")


def _applications(
    chart: Flowchart, maker: Document, landing: Mapping[str, list[Application]]
) -> None:
    """A box for each namespace that the ApplicationSet's applications go to."""
    files = ", ".join(_globs(maker.content["spec"]["generators"]))
    for namespace, applications in landing.items():
        box = f"{maker.file} {namespace}"
        chart.node(box, *(_told(each) for each in applications))
        chart.arrow(_file(maker), box, files)
        chart.arrow(box, f"namespace {namespace}")


def _globs(generators: Any) -> Iterator[str]:
    """Patterns of files, of each of which the set makes an application. No file named whole."""
    if isinstance(generators, list):
        for each in generators:
            yield from _globs(each)
    elif isinstance(generators, dict):
        if "*" in generators.get("path", ""):
            yield generators["path"]
        for each in generators.values():
            yield from _globs(each)


def _told(application: Application) -> str:
    """Its name, and for a service how a new version reaches people."""
    for document in application.documents:
        if document.kind in WORKLOADS:
            strategy = document.content["spec"].get("strategy", {})
            ways = [words for way, words in STRATEGIES.items() if way in strategy]
            return f"{application.name}: {ways[0] if ways else 'rolling'}"
    return application.name


def _by_namespace(applications: list[Application]) -> dict[str, list[Application]]:
    found: dict[str, list[Application]] = defaultdict(list)
    for each in sorted(applications, key=lambda each: (each.namespace, each.name)):
        found[each.namespace].append(each)
    return found


def _namespaces(rendering: Rendering) -> list[str]:
    return sorted(each.name for each in rendering.documents if each.kind == "Namespace")


def _file(document: Document) -> str:
    return f"file {document.file}"


def _charts(maker: Document, made: Mapping[str, list[Application]]) -> list[str]:
    """The charts of others that an Application brings."""
    if maker.kind != "Application":
        return []
    return [source.chart for each in made[maker.file] for source in each.not_rendered]
