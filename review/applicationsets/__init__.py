"""ApplicationSets expanded into Applications, from the files of the repository.

As Argo CD's controller does it with `goTemplate: true` and `goTemplateOptions: [missingkey=error]`,
without which a set is refused: https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/
One set of parameters that fails stops the whole ApplicationSet, and so nothing of it is returned.
"""

from typing import Any

from review.applicationsets import generators, patch, templates
from review.applicationsets.refusal import Refused
from review.documents import Document
from review.globs import BadGlob
from review.problem import Problem
from review.repository import FileProblem, Repository

FINALIZER = "resources-finalizer.argocd.argoproj.io"
# What is neither for Argo CD's own: where the sets and the applications live.
NAMESPACE = "argocd"


def expand(
    document: Document, *, repository: Repository
) -> tuple[list[dict[str, Any]], list[Problem]]:
    """The Applications of an ApplicationSet; and, if there are problems, no Application."""
    try:
        _refuse(document.content)
        return _expand(document.content, repository=repository), []
    except Refused as refused:
        problems = [
            Problem(rule="applicationset", message=each.message, path=each.path)
            for each in refused.faults
        ]
    except FileProblem as broken:
        problems = [broken.problem]
    except BadGlob as error:
        problems = [Problem(rule="applicationset", message=str(error), path="spec.generators")]
    for_all = "; because of it the environment gets no change to any application of the set"
    return [], [
        _ending(problem, for_all).at(document=str(document), file=document.file, line=document.line)
        for problem in problems
    ]


def _ending(problem: Problem, words: str) -> Problem:
    return Problem(
        rule=problem.rule,
        message=f"{problem.message}{words}",
        path=problem.path,
        file=problem.file,
        line=problem.line,
    )


def _refuse(content: dict[str, Any]) -> None:
    spec = content.get("spec") or {}
    if spec.get("goTemplate") is not True:
        raise Refused.one("must be true: other templates are not rendered here", "spec.goTemplate")
    if "missingkey=error" not in spec.get("goTemplateOptions", []):
        raise Refused.one(
            "must hold missingkey=error: without it a missing key is nothing, silently",
            "spec.goTemplateOptions",
        )
    if not isinstance(spec.get("template"), dict):
        raise Refused.one("is missing", "spec.template")
    if not spec.get("generators"):
        raise Refused.one("is missing", "spec.generators")


def _expand(content: dict[str, Any], *, repository: Repository) -> list[dict[str, Any]]:
    spec = content["spec"]
    parameters = [
        each
        for number, generator in enumerate(spec["generators"])
        for each in generators.parameters(
            generator, path=f"spec.generators[{number}]", repository=repository
        )
    ]
    given = [each for each in parameters if each]
    rendered = iter(templates.render(spec["template"], given, path="spec.template"))
    # The controller leaves a template as it is where there are no parameters at all.
    made = [next(rendered) if each else spec["template"] for each in parameters]
    applications = [_application(template, content=content) for template in made]
    if "templatePatch" in spec:
        patches = templates.render(spec["templatePatch"], parameters, path="spec.templatePatch")
        applications = [
            patch.apply(application, text)
            for application, text in zip(applications, patches, strict=True)
        ]
    _unique(applications)
    return applications


def _application(template: dict[str, Any], *, content: dict[str, Any]) -> dict[str, Any]:
    preserve = (content["spec"].get("syncPolicy") or {}).get("preserveResourcesOnDeletion", False)
    metadata = dict(template.get("metadata") or {})
    if not preserve and not metadata.get("finalizers"):
        metadata["finalizers"] = [FINALIZER]
    metadata["namespace"] = content["metadata"].get("namespace", NAMESPACE)
    return {
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "Application",
        "metadata": metadata,
        "spec": template.get("spec") or {},
    }


def _unique(applications: list[dict[str, Any]]) -> None:
    seen: set[str] = set()
    for application in applications:
        name = application["metadata"].get("name", "")
        if name in seen:
            raise Refused.one(
                f"two applications would be called {name}", "spec.template.metadata.name"
            )
        seen.add(name)
