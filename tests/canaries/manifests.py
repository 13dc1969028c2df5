"""What stands beside pods: namespaces, policies, budgets, secrets, a chart's values."""

from typing import Any

from gates import accounts, namespaces
from review.schemas import validate
from tests.canaries.canary import Canary
from tests.canaries.document import Document, document
from tests.charts.known import unknown


def budget(**spec: Any) -> list[Document]:
    selector = {"matchLabels": {"app": "shop"}}
    return [document("policy/v1", "PodDisruptionBudget", spec={"selector": selector, **spec})]


MANIFESTS = (
    Canary(
        claim="a workload in the namespace default",
        bad=[document("v1", "ConfigMap", metadata={"namespace": "default"})],
        rejected_by={accounts.in_default_namespace: "ConfigMap shop stands in the namespace"},
    ),
    Canary(
        claim="an Application that leads to the namespace default",
        bad=[
            document(
                "argoproj.io/v1alpha1",
                "Application",
                metadata={"namespace": "argocd"},
                spec={"destination": {"namespace": "default"}},
            )
        ],
        rejected_by={accounts.in_default_namespace: "Application shop stands in the namespace"},
    ),
    Canary(
        claim="a namespace in which anything is admitted and everyone may talk",
        bad=[document("v1", "Namespace", metadata={"namespace": None})],
        rejected_by={
            namespaces.unrestricted_namespaces: "Namespace shop does not enforce",
            namespaces.open_namespaces: "Namespace shop has no network policy that denies all",
        },
    ),
    Canary(
        claim="a namespace that only warns",
        bad=[
            document(
                "v1",
                "Namespace",
                metadata={"labels": {"pod-security.kubernetes.io/warn": "restricted"}},
            )
        ],
        rejected_by={namespaces.unrestricted_namespaces: "Namespace shop does not enforce"},
    ),
    Canary(
        claim="a namespace that holds pods to the standard as it was years ago",
        bad=[
            document(
                "v1",
                "Namespace",
                metadata={
                    "labels": {
                        "pod-security.kubernetes.io/enforce": "restricted",
                        "pod-security.kubernetes.io/enforce-version": "v1.0",
                    }
                },
            )
        ],
        rejected_by={namespaces.unrestricted_namespaces: "Namespace shop does not enforce"},
    ),
    Canary(
        claim="a policy that denies all and then opens the way out",
        bad=[
            document("v1", "Namespace"),
            document(
                "networking.k8s.io/v1",
                "NetworkPolicy",
                metadata={"namespace": "shop"},
                spec={"podSelector": {}, "policyTypes": ["Ingress", "Egress"], "egress": [{}]},
            ),
        ],
        rejected_by={namespaces.open_namespaces: "Namespace shop has no network policy"},
    ),
    Canary(
        claim="a budget with a misspelt field, which would protect nothing",
        bad=budget(minAvailible=1),
        rejected_by={validate: "minAvailible"},
    ),
    Canary(
        claim="a budget that says two things at once",
        bad=budget(minAvailable=1, maxUnavailable=1),
        rejected_by={validate: "maxUnavailable"},
    ),
    Canary(
        claim="a budget that keeps broken pods from going, by a word that there is not",
        bad=budget(minAvailable=1, unhealthyPodEvictionPolicy="Always"),
        rejected_by={validate: "unhealthyPodEvictionPolicy"},
    ),
    Canary(
        claim="a secret of a version that External Secrets no longer serves",
        bad=[document("external-secrets.io/v1beta1", "ExternalSecret", spec={})],
        rejected_by={validate: "external-secrets.io/v1beta1"},
    ),
    Canary(
        claim="a kind that nobody here knows",
        bad=[document("example.org/v1", "Backdoor", spec={})],
        rejected_by={validate: "Backdoor"},
    ),
    Canary(
        claim="a null, which reads as left out",
        bad=[document("v1", "ConfigMap", data={"KEY": None})],
        rejected_by={validate: "data"},
    ),
    Canary(
        claim="Loki's limits one level too high, where Helm drops them without a word",
        bad=(
            {"limits_config": {"retention_period": "720h"}},
            {"loki": {"limits_config": {}, "compactor": {}}, "singleBinary": {}},
        ),
        rejected_by={unknown: "limits_config is not a value of the chart"},
    ),
)
