"""Our own pods against the restricted Pod Security Standard, before anything is applied.

The namespaces enforce it (their label), and a Deployment or a Rollout is admitted all the same:
only its pods are refused. The controls are those of the review, which holds each pod to its
namespace's level. Here a pod is held to all of them wherever it stands, and nothing excuses it:
neither Windows nor a user namespace, of which no pod of ours has any.
"""

from collections.abc import Iterable
from typing import Any

from gates.pods import pods
from review.problem import path_of
from review.rules import baseline, restricted
from review.rules.pod import Pod

CONTROLS = {**baseline.CONTROLS, **restricted.CONTROLS}
"""Control → what breaks it. The ids of docs/security/pod-security.yaml, the standard's names."""

# What the standard lets a pod off some controls for.
EXCUSES = ("hostUsers", "os")


def unrestricted_pods(documents: Iterable[dict[str, Any]]) -> list[str]:
    """One sentence for each control that a pod breaks; empty where every pod would be admitted."""
    return [
        f"{place}: {path_of(breach.steps)} {breach.message} ({control})."
        for place, pod in pods(documents)
        for control, breaches in CONTROLS.items()
        for breach in breaches(_without_excuses(pod))
    ]


def _without_excuses(pod: Pod) -> Pod:
    spec = {field: value for field, value in pod.spec.items() if field not in EXCUSES}
    return Pod(template={**pod.template, "spec": spec})
