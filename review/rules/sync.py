"""sync: who syncs what, as the environments promise.

dev and staging follow git by themselves; in prod a person syncs, and no ApplicationSet takes a
workload away: `automated.enabled: false` means off even with prune and selfHeal beside it
(https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/), and an ApplicationSet deletes what
its generator no longer yields unless it may only create and update
(https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Controlling-Resource-Modification/).
`missingkey=error` is held where ApplicationSets are expanded.
"""

from collections.abc import Iterator

from review.problem import Problem, Severity
from review.render import ROOT
from review.rules.fields import list_at, map_at, maps_at, number_at, text_at
from review.rules.objects import Objects
from review.rules.placed import Placed
from review.rules.stages import MANUAL
from review.sources import Application

RULE = "sync"
FINALIZER = "resources-finalizer.argocd.argoproj.io"
CREATE_UPDATE = "create-update"


def check(objects: Objects) -> Iterator[Problem]:
    for application in objects.rendering.applications:
        if application.name != ROOT:
            for path, message, severity in _application(application, objects.environment):
                yield _problem(application, path, message, severity)
    for each in objects.of("ApplicationSet"):
        if objects.environment == MANUAL:
            yield from _set(each)


Fault = tuple[str, str, Severity]


def _application(application: Application, environment: str) -> Iterator[Fault]:
    policy = map_at(application.spec, "syncPolicy")
    automated = policy.get("automated")
    path = "spec.syncPolicy.automated"
    on = isinstance(automated, dict) and automated.get("enabled") is not False
    if environment == MANUAL:
        if on:
            yield f"{path}.enabled", f"must be false: in {MANUAL} a person syncs.", "error"
        if FINALIZER in list_at(application.manifest, "metadata", "finalizers"):
            yield (
                "metadata.finalizers",
                f"holds {FINALIZER}: who deletes the application deletes its workloads. "
                "Take it away.",
                "error",
            )
    elif not on:
        yield path, f"is off: {environment} follows git by itself. Write enabled: true.", "warning"
    else:
        for field in ("prune", "selfHeal"):
            if map_at(policy, "automated").get(field) is not True:
                yield f"{path}.{field}", f"must be true: {environment} is what git says.", "warning"
    if map_at(policy, "automated").get("allowEmpty") is True:
        yield f"{path}.allowEmpty", "must be false: an empty source would delete all.", "error"
    if "retry" not in policy:
        yield "spec.syncPolicy.retry", "is missing: one failed call ends the sync.", "warning"
    elif number_at(policy, "retry", "limit", default=5) < 0:
        yield "spec.syncPolicy.retry.limit", "is unbounded. Write how often, such as 5.", "error"
    yield from _replicas(application, policy)


def _replicas(application: Application, policy: dict[str, object]) -> Iterator[Fault]:
    """Without the option, a difference is only not shown: the next sync writes it all the same.

    https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#respect-ignore-difference-configs
    """
    ignored = [
        pointer
        for each in maps_at(application.spec, "ignoreDifferences")
        for pointer in list_at(each, "jsonPointers")
    ]
    options = list_at(policy, "syncOptions")
    if "/spec/replicas" in ignored and "RespectIgnoreDifferences=true" not in options:
        yield (
            "spec.syncPolicy.syncOptions",
            "must hold RespectIgnoreDifferences=true: else each sync sets the replicas back.",
            "error",
        )


def _problem(application: Application, path: str, message: str, severity: Severity) -> Problem:
    return Problem(
        rule=RULE,
        message=message,
        severity=severity,
        path=path,
        document=f"Application {application.name}",
        file=application.file,
        line=application.line,
        application=application.name,
    )


def _set(placed: Placed) -> Iterator[Problem]:
    policy = map_at(placed.spec, "syncPolicy")
    if text_at(policy, "applicationsSync") != CREATE_UPDATE:
        yield placed.problem(
            RULE,
            f"must be {CREATE_UPDATE}: else a file that goes takes its workloads along.",
            steps=["spec", "syncPolicy", "applicationsSync"],
        )
    if policy.get("preserveResourcesOnDeletion") is not True:
        yield placed.problem(
            RULE,
            "must be true: else who deletes the ApplicationSet deletes every workload.",
            steps=["spec", "syncPolicy", "preserveResourcesOnDeletion"],
        )
    if "strategy" in placed.spec and text_at(placed.spec, "strategy", "type") == "RollingSync":
        yield placed.problem(
            RULE,
            f"is RollingSync, which syncs by itself: in {MANUAL} a person does.",
            steps=["spec", "strategy", "type"],
        )
