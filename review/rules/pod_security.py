"""pod-security: every pod, ours and those of charts of others, meets what its namespace enforces.

The API server takes a Deployment whose pods it will refuse: the sync is green and nothing runs.
https://kubernetes.io/docs/concepts/security/pod-security-admission/
Each level is judged by the controls of Kubernetes 1.36, whatever `enforce-version` says.
"""

from collections.abc import Callable, Iterator, Mapping

from review.problem import Problem, Unseen
from review.rules import baseline, restricted
from review.rules.fields import text_at
from review.rules.namespaces import OTHERS
from review.rules.objects import Objects
from review.rules.pod import Breach, Pod
from review.rules.workloads import OPERATED

RULE = "pod-security"
LABEL = "pod-security.kubernetes.io/enforce"
# What the API server enforces where a namespace says nothing.
DEFAULT = "privileged"
LEVELS: Mapping[str, Mapping[str, Callable[[Pod], Iterator[Breach]]]] = {
    "privileged": {},
    "baseline": baseline.CONTROLS,
    "restricted": restricted.CONTROLS,
}


def check(objects: Objects) -> Iterator[Problem]:
    levels = {name: _level(each.content) for name, each in objects.namespaces.items()}
    for name, level in levels.items():
        if level not in LEVELS:
            yield objects.namespaces[name].problem(
                RULE,
                f"is {level}, and must be one of {', '.join(LEVELS)}.",
                steps=["metadata", "labels", LABEL],
            )
    for workload in objects.workloads:
        level = levels.get(workload.placed.namespace, DEFAULT)
        pod = Pod(template=workload.template)
        for control, breaches in LEVELS.get(level, {}).items():
            for breach in breaches(pod):
                yield workload.placed.problem(
                    RULE,
                    f"{breach.message}: {workload.placed.namespace} is {level} ({control}).",
                    steps=[*workload.steps, *breach.steps],
                )


def unseen(objects: Objects) -> Iterator[Unseen]:
    """Pods that were not judged, and why."""
    there = {each.placed.namespace for each in objects.workloads} & set(OTHERS)
    for name in sorted(there):
        yield Unseen(
            what=f"Pod Security of the pods in {name}",
            why=f"{OTHERS[name]} makes the namespace, and its level is not in this repository",
        )
    for each in objects.of(*OPERATED):
        yield Unseen(
            what=f"the pods of {each}",
            why="its operator makes them in the cluster",
            application=each.application.name,
        )
    for missing in objects.rendering.not_rendered:
        source = f"{missing.chart} {missing.version}" if missing.chart else missing.path
        kind = "chart" if missing.chart else "path"
        yield Unseen(
            what=f"{kind} {source} ({missing.repository})",
            why="it is not here: nothing is said of its objects, and its pods were not judged",
            application=missing.application,
        )


def _level(namespace: dict[str, object]) -> str:
    return text_at(namespace, "metadata", "labels", LABEL) or DEFAULT
