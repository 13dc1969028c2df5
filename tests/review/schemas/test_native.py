"""Kubernetes' own kinds: strict, for the cluster's version."""

import copy
from typing import Any

import pytest

from review.schemas import native, validate
from review.schemas.pods import quantity

VERSION = "1.36"
Document = dict[str, Any]

POD = {
    "metadata": {"labels": {"app": "orders", "team": "shop"}},
    "spec": {
        "containers": [
            {
                "name": "orders",
                "image": "registry/orders:1",
                "env": [{"name": "A", "value": "1"}],
                "ports": [{"name": "http", "containerPort": 8080}],
                "livenessProbe": {"httpGet": {"path": "/", "port": "http"}},
                "resources": {"requests": {"memory": "256Mi"}, "limits": {"memory": "1Gi"}},
                "volumeMounts": [{"name": "scratch", "mountPath": "/tmp"}],
            }
        ],
        "volumes": [{"name": "scratch", "emptyDir": {}}],
    },
}
CONTAINER = "spec.template.spec.containers.0"


def document(api_version: str, kind: str, spec: Document) -> Document:
    return {"apiVersion": api_version, "kind": kind, "metadata": {"name": "orders"}, "spec": spec}


SELECTOR = {"matchLabels": {"app": "orders"}}
DEPLOYMENT = document("apps/v1", "Deployment", {"selector": SELECTOR, "template": POD})
SERVICE = document("v1", "Service", {"ports": [{"name": "http", "port": 80}]})
BUDGET = document("policy/v1", "PodDisruptionBudget", {"minAvailable": 1, "selector": SELECTOR})
SCALER = document(
    "autoscaling/v2",
    "HorizontalPodAutoscaler",
    {"scaleTargetRef": {"kind": "Deployment", "name": "orders"}, "maxReplicas": 3},
)
INGRESS = document(
    "networking.k8s.io/v1",
    "Ingress",
    {
        "rules": [
            {
                "http": {
                    "paths": [
                        {
                            "path": "/orders",
                            "pathType": "Prefix",
                            "backend": {"service": {"name": "orders", "port": {"number": 80}}},
                        }
                    ]
                }
            }
        ]
    },
)
POLICY = document(
    "networking.k8s.io/v1",
    "NetworkPolicy",
    {"podSelector": {}, "ingress": [{"from": [{"podSelector": {}}]}]},
)
CONFIG = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "data": {"a": "b"}}
SECRET = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "a"}, "data": {"a": "Yg=="}}
NAMESPACE = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "api-services"}}


def changed(given: Document, path: str, value: Any) -> Document:
    """The document with one field set; a value of ... takes it away."""
    result = copy.deepcopy(given)
    *steps, key = (int(step) if step.isdigit() else step for step in path.split("."))
    node: Any = result
    for step in steps:
        node = node.setdefault(step, {}) if isinstance(node, dict) else node[step]
    if value is ...:
        del node[key]
    else:
        node[key] = value
    return result


def problems(given: Document, version: str = VERSION) -> list[tuple[str, str]]:
    return [(each.path, each.message) for each in validate(given, kubernetes_version=version)]


@pytest.mark.parametrize("version", ["1.35", "1.36", "v1.36.3"])
@pytest.mark.parametrize(
    "given",
    [DEPLOYMENT, SERVICE, BUDGET, SCALER, INGRESS, POLICY, CONFIG, SECRET, NAMESPACE],
    ids=lambda each: each["kind"],
)
def test_what_is_right_is_accepted(given: Document, version: str) -> None:
    assert problems(given, version) == []


@pytest.mark.parametrize(
    ("given", "path", "value", "said"),
    [
        (DEPLOYMENT, "spec.replica", 2, "spec.replica: is no field here; did you mean replicas?"),
        (DEPLOYMENT, "spec.replicas", "2", 'must be a whole number, not the text "2"'),
        (DEPLOYMENT, "spec.replicas", 2**40, "spec.replicas: must be at most 2147483647"),
        (DEPLOYMENT, "spec.replicas", -1, "spec.replicas: must be at least 0, not -1"),
        (DEPLOYMENT, "spec.replicas", None, "spec.replicas: is null: leave the key out"),
        (DEPLOYMENT, "spec.template.metadata.labels.app", 1, "labels.app: must be a text, not 1"),
        (DEPLOYMENT, "spec.selector", ..., "spec.selector: is missing"),
        (DEPLOYMENT, "metadata.annotations", {"a/b": 1}, 'annotations["a/b"]: must be a text'),
        (DEPLOYMENT, f"{CONTAINER}.image", ..., "containers[0].image: is missing"),
        (DEPLOYMENT, f"{CONTAINER}.imagePullPolicy", "Alway", "one of Always, IfNotPresent, Never"),
        (DEPLOYMENT, f"{CONTAINER}.ports.0.containerPort", 70000, "at most 65535"),
        (DEPLOYMENT, f"{CONTAINER}.ports.0.name", "Http", "is not of the form"),
        (DEPLOYMENT, f"{CONTAINER}.resources.limits", {"memory": "1 GB"}, "none of the forms"),
        (DEPLOYMENT, f"{CONTAINER}.resources.limits", {"memory": "64Mi"}, "above its limit, 64Mi"),
        (DEPLOYMENT, f"{CONTAINER}.livenessProbe.exec", {"command": ["a"]}, "exactly one of"),
        (DEPLOYMENT, f"{CONTAINER}.livenessProbe.successThreshold", 2, "must be 1 here"),
        (DEPLOYMENT, f"{CONTAINER}.livenessProbe.httpGet.port", "web", "has no port web"),
        (DEPLOYMENT, f"{CONTAINER}.volumeMounts.0.name", "data", "there is no volume data"),
        (DEPLOYMENT, f"{CONTAINER}.env", [{"name": "A"}, {"name": "A"}], "A is there twice"),
        (DEPLOYMENT, "spec.template.spec.restartPolicy", "always", "must be one of"),
        (DEPLOYMENT, "spec.template.metadata.labels.app", "other", "the pods' label is other"),
        (DEPLOYMENT, "spec.template.metadata.labels.team", "a b", "is no label's value"),
        (DEPLOYMENT, "spec.template.metadata.labels.team", "a" * 64, "is no label's value"),
        (
            DEPLOYMENT,
            "spec.strategy",
            {"type": "Recreate", "rollingUpdate": {}},
            "does not go with Recreate",
        ),
        (
            DEPLOYMENT,
            "spec.strategy",
            {"rollingUpdate": {"maxSurge": 0, "maxUnavailable": "0%"}},
            "both shares at 0",
        ),
        (SERVICE, "spec.type", "Loadbalancer", "must be one of"),
        (SERVICE, "spec.ports", [{"port": 80, "name": "a"}, {"port": 81}], "one of several ports"),
        (SERVICE, "spec.ports", [], "spec.ports: is missing"),
        (SERVICE, "metadata.name", "a.b", "is no name of a Service: at most 63"),
        (BUDGET, "spec.maxUnavailable", 1, "minAvailable or maxUnavailable, not both"),
        (BUDGET, "spec.minAvailable", "half", "neither a number nor a percentage"),
        (BUDGET, "spec.unhealthyPodEvictionPolicy", "Always", "must be one of AlwaysAllow"),
        (SCALER, "spec.minReplicas", 4, "is 4, above maxReplicas, 3"),
        (INGRESS, "spec.rules.0.http.paths.0.path", "orders", "does not begin with /"),
        (INGRESS, "spec.rules.0.http.paths.0.path", ..., "is missing, and pathType is Prefix"),
        (INGRESS, "spec.rules.0.http.paths.0.pathType", "prefix", "must be one of"),
        (POLICY, "spec.ingress.0.from.0.ipBlock", {"cidr": "0.0.0.0/0"}, "an ipBlock or selectors"),
        (POLICY, "spec.ingress.0.from.0", {}, "is empty"),
        (POLICY, "spec.policyTypes", ["ingress"], "must be one of Ingress, Egress"),
        (CONFIG, "data", None, "data: is null"),
        (CONFIG, "data.a", None, "data.a: is null"),
        (CONFIG, "data.a", True, "data.a: must be a text, not true"),
        (CONFIG, "metadata.name", "Orders", "is no name of a ConfigMap"),
        (CONFIG, "metadata.name", "a..b", "is no name of a ConfigMap"),
        (CONFIG, "metadata.name", ..., "metadata.name: is missing"),
        (CONFIG, "metadata.namespace", "a.b", "is no namespace's name"),
        (CONFIG, "metadata.labels", {"a/b/c": "d"}, "is no key"),
        (CONFIG, "metadata.annotations", {"a": "x" * 300_000}, "at most 256 KiB"),
        (SECRET, "data.a", "no base64!", "is no base64"),
        (NAMESPACE, "metadata.name", "a" * 64, "is no name of a Namespace"),
        (CONFIG, "apiVersion", "v2", "no schema of v2 ConfigMap (Kubernetes 1.36); there is v1"),
        (CONFIG, "kind", "Configmap", "no schema of v1 Configmap"),
        (CONFIG, "kind", ..., "kind is missing"),
        (CONFIG, "metadata", ..., "metadata is missing"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_in_plain_words(
    given: Document, path: str, value: Any, said: str
) -> None:
    found = problems(changed(given, path, value))
    assert len(found) == 1, found
    assert said in ": ".join(found[0])


def test_all_problems_are_said_at_once() -> None:
    broken = changed(changed(DEPLOYMENT, "spec.replicas", "2"), "spec.paused", "no")
    assert sorted(path for path, _ in problems(broken)) == ["spec.paused", "spec.replicas"]


def test_a_problem_names_its_document() -> None:
    (problem,) = validate(
        {**changed(CONFIG, "data.a", 1), "metadata": {"name": "a", "namespace": "b"}},
        kubernetes_version=VERSION,
    )
    assert problem.document == "ConfigMap b/a"


@pytest.mark.parametrize("given", [None, [], "text", 1])
def test_what_is_no_document_is_refused(given: Any) -> None:
    assert [each.rule for each in validate(given, kubernetes_version=VERSION)] == ["not-a-document"]


def test_a_gone_version_of_a_kind_is_refused() -> None:
    old = {**BUDGET, "apiVersion": "policy/v1beta1"}
    assert problems(old)[0][1].endswith("there is policy/v1")


def test_an_unknown_kubernetes_version_is_an_error() -> None:
    with pytest.raises(native.UnknownKubernetesVersion, match=r"2\.0; there are those of"):
        validate(CONFIG, kubernetes_version="2.0")


def test_every_rule_over_the_api_names_a_field_that_is_there() -> None:
    definitions = native.definitions(VERSION)
    for name, rules in native.RULES.items():
        known = set(definitions[name].get("properties", {})) | {""}
        assert set(rules) <= known, name


def test_a_stateful_sets_claims_are_volumes() -> None:
    template = copy.deepcopy(POD)
    del template["spec"]["volumes"]
    claim = {"metadata": {"name": "scratch"}, "spec": {"accessModes": ["ReadWriteOnce"]}}
    spec = {"selector": SELECTOR, "template": template, "volumeClaimTemplates": [claim]}
    assert problems(document("apps/v1", "StatefulSet", spec)) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [("250m", "0.25"), ("1Gi", "1073741824"), ("1.5", "1.5"), (2, "2"), ("1e3", "1000"),
     ("2E", "2e18"), ("100M", "1e8"), ("0.5Ki", "512")],
)  # fmt: skip
def test_quantities_are_numbers(text: str | int, value: str) -> None:
    assert quantity(text) == quantity(value)
