"""What the API server refuses where services live, however it came there."""

from tests.canaries.canary import Canary
from tests.canaries.document import document
from tests.platform.admission import refusals

REGISTRY = "111111111111.dkr.ecr.eu-central-1.amazonaws.com"

ADMISSION = (
    Canary(
        claim="a debug container from anywhere, put into a pod that runs",
        bad=document(
            "v1",
            "Pod",
            spec={
                "containers": [{"name": "c", "image": f"{REGISTRY}/tribe/shop@sha256:{'0' * 64}"}],
                "ephemeralContainers": [
                    {"name": "d", "image": f"docker.io/library/busybox@sha256:{'0' * 64}"}
                ],
            },
        ),
        rejected_by={refusals: "must come from"},
    ),
    Canary(
        claim="a registry whose name only begins like ours",
        bad=document(
            "v1",
            "Pod",
            spec={
                "containers": [
                    {"name": "c", "image": f"{REGISTRY}.evil.example/x@sha256:{'0' * 64}"}
                ]
            },
        ),
        rejected_by={refusals: "must come from"},
    ),
    Canary(
        claim="an Ingress for a host that only ends like ours",
        bad=document(
            "networking.k8s.io/v1",
            "Ingress",
            spec={"ingressClassName": "api", "rules": [{"host": "eviltribe.example.com"}]},
        ),
        rejected_by={refusals: "host of its class"},
    ),
    Canary(
        claim="a service's network policy that opens its neighbours",
        bad=document(
            "networking.k8s.io/v1",
            "NetworkPolicy",
            metadata={"labels": {"app": "shop"}},
            spec={"podSelector": {}, "policyTypes": ["Ingress"], "ingress": [{}]},
        ),
        rejected_by={refusals: "own pods"},
    ),
    Canary(
        claim="a service that fetches all secrets by a search",
        bad=document(
            "external-secrets.io/v1",
            "ExternalSecret",
            metadata={"labels": {"app": "shop"}},
            spec={
                "secretStoreRef": {"name": "secrets-manager"},
                "dataFrom": [{"find": {"name": {"regexp": ".*"}}}],
            },
        ),
        rejected_by={refusals: "dataFrom must extract"},
    ),
)
