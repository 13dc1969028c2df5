"""What is named is made somewhere, or a chart that is not here may make it."""

import pytest

from review.problem import Problem
from review.rules import defined, reached
from tests.review.rules.given import INGRESS_CLASS, ingress, missing_chart, objects, workload

SECRET = (
    "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: made}\nspec: {}"
)
SERVICE = """
---
apiVersion: v1
kind: Service
metadata: {name: orders}
spec: {selector: {app: orders}, ports: [{name: http, port: 80}]}
"""


def env(source: str) -> str:
    return f"""
        - name: main
          image: a
          env: [{{name: A, valueFrom: {{{source}}}}}]
"""


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        (workload(container=env("secretKeyRef: {name: token, key: a}")), "Secret token"),
        (workload(container=env("configMapKeyRef: {name: token, key: a}")), "ConfigMap token"),
        (workload(pod="imagePullSecrets: [{name: pull}]"), "Secret pull"),
        (workload(pod="serviceAccountName: orders"), "ServiceAccount orders"),
        (workload(pod="priorityClassName: first"), "PriorityClass first"),
        (workload(pod="volumes: [{name: a, secret: {secretName: tls}}]"), "Secret tls"),
        (workload(pod="volumes: [{name: a, configMap: {name: page}}]"), "ConfigMap page"),
        (
            workload(pod="volumes: [{name: a, projected: {sources: [{secret: {name: key}}]}}]"),
            "Secret key",
        ),
        (
            workload(pod="volumes: [{name: a, persistentVolumeClaim: {claimName: data}}]"),
            "PersistentVolumeClaim data",
        ),
        (
            workload(
                kind="StatefulSet",
                spec="volumeClaimTemplates: [{metadata: {name: a}, spec: {storageClassName: x}}]",
            ),
            "StorageClass x",
        ),
        (
            "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: a}\n"
            "spec: {secretStoreRef: {name: vault}}",
            "SecretStore vault",
        ),
        (
            "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: a}\n"
            "spec: {secretStoreRef: {name: vault, kind: ClusterSecretStore}}",
            "ClusterSecretStore vault",
        ),
        (
            "apiVersion: keda.sh/v1alpha1\nkind: ScaledJob\nmetadata: {name: a}\n"
            "spec: {triggers: [{authenticationRef: {name: sqs}}]}",
            "TriggerAuthentication sqs",
        ),
        (
            "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: a}\n"
            "spec: {scaleTargetRef: {name: gone}}",
            "Deployment gone",
        ),
        (
            "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: a}\n"
            "spec: {scaleTargetRef: {kind: StatefulSet, name: gone}, maxReplicas: 1}",
            "StatefulSet gone",
        ),
        (INGRESS_CLASS + ingress(service="gone"), "Service gone"),
        (ingress() + SERVICE, "IngressClass api"),
        (
            INGRESS_CLASS
            + SERVICE
            + ingress().replace("  rules:", "  tls: [{secretName: c}]\n  rules:"),
            "Secret c",
        ),
        (
            workload(kind="Rollout", spec="strategy: {blueGreen: {activeService: gone}}"),
            "Service gone",
        ),
        (
            workload(
                kind="Rollout",
                spec="strategy: {canary: {analysis: {templates: [{templateName: p95}]}}}",
            ),
            "AnalysisTemplate p95",
        ),
    ],
)
def test_what_is_missing_is_named(text: str, missing: str):
    (problem,) = defined.check(objects(text))
    assert f"there is no {missing}" in problem.message
    assert problem.severity == "error"
    assert problem.path


@pytest.mark.parametrize(
    "text",
    [
        workload(container=env("secretKeyRef: {name: token, key: a, optional: true}")),
        workload(container=env("secretKeyRef: {name: made, key: a}")) + "---\n" + SECRET,
        workload(container=env("secretKeyRef: {name: made, key: a}"))
        + "---\n"
        + SECRET.replace("kind: E", "kind: ClusterE"),
        workload(pod="serviceAccountName: default"),
        workload(pod="priorityClassName: system-node-critical"),
        workload(pod="volumes: [{name: a, configMap: {name: kube-root-ca.crt}}]"),
        INGRESS_CLASS + SERVICE + ingress(),
    ],
)
def test_what_is_made_optional_or_kubernetes_own_is_quiet(text: str):
    assert list(defined.check(objects(text))) == []


def test_a_secret_of_another_namespace_is_none():
    elsewhere = SECRET.replace("{name: made}", "{name: made, namespace: other}")
    text = workload(container=env("secretKeyRef: {name: made, key: a}"))
    assert len(list(defined.check(objects(text, elsewhere)))) == 1


def test_a_store_that_makes_nothing_is_no_secret():
    given = SECRET.replace("spec: {}", "spec: {target: {creationPolicy: None}}")
    text = workload(container=env("secretKeyRef: {name: made, key: a}"))
    assert len(list(defined.check(objects(text, given)))) == 1


def test_nothing_is_said_where_a_chart_that_is_not_here_may_make_it():
    text = workload(pod="serviceAccountName: orders")
    assert list(defined.check(objects(text, missing=[missing_chart()]))) == []


def test_but_classes_are_the_platforms_and_no_charts_of_others():
    text = workload(pod="priorityClassName: first")
    assert len(list(defined.check(objects(text, missing=[missing_chart()])))) == 1


def test_after_a_source_of_ours_failed_nothing_is_said_that_it_may_have_made():
    text = workload(pod="priorityClassName: first\n      serviceAccountName: orders")
    broken = [Problem(rule="helm", message="does not render")]
    assert list(defined.check(objects(text, problems=broken))) == []
    services = {"project": "services"}  # which may make nothing beyond their namespaces
    (problem,) = defined.check(objects(text, problems=broken, application=services))
    assert "PriorityClass first" in problem.message


def test_charts_of_others_are_warned_of():
    text = workload(pod="serviceAccountName: orders")
    assert [each.severity for each in defined.check(objects(text, own=False))] == ["warning"]


def test_a_service_without_pods_is_an_error():
    assert list(reached.check(objects(SERVICE, workload()))) == []
    (problem,) = reached.check(objects(SERVICE, workload("cart")))
    assert problem.path == "spec.selector"


@pytest.mark.parametrize(
    ("port", "number"),
    [("name: http", 0), ("number: 80", 0), ("name: use-annotation", 0), ("number: 8080", 1)],
)
def test_an_ingress_names_a_port_of_its_service(port: str, number: int):
    text = SERVICE + workload() + ingress(port=port)
    assert len(list(reached.check(objects(text)))) == number
