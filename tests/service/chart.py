"""The service chart, rendered with what Argo CD would give it."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from review.helm import ChartError, Release, engine

REPOSITORY = (
    Path(__file__).parents[2] / "gitops-template" / "repository" / "@{staging(cookiecutter)}@"
)
CHART = REPOSITORY / "charts" / "service"
KUBERNETES_VERSION = "1.36"
ENVIRONMENTS = ("dev", "staging", "prod")
NAMESPACES = {
    "api": "api-services",
    "frontend": "frontend-services",
    "ai": "ai-services",
    "worker": "api-services",
}

Object = dict[str, Any]
Values = dict[str, Any]


class Objects:
    """What the chart made of one service."""

    def __init__(self, documents: list[Object]) -> None:
        self.documents = documents

    def __iter__(self) -> Iterator[Object]:
        return iter(self.documents)

    def kinds(self) -> set[str]:
        return {document["kind"] for document in self}

    def all(self, kind: str) -> list[Object]:
        return [document for document in self if document["kind"] == kind]

    def one(self, kind: str, name: str | None = None) -> Object:
        """The object of that kind, and of that name where there are several."""
        found = [each for each in self.all(kind) if name in (None, each["metadata"]["name"])]
        assert len(found) == 1, f"{len(found)} objects of kind {kind} and name {name}"
        return found[0]

    @property
    def workload(self) -> Object:
        """The Deployment, or the Rollout."""
        (found,) = [*self.all("Deployment"), *self.all("Rollout")]
        return found

    @property
    def pod(self) -> Object:
        return self.workload["spec"]["template"]

    @property
    def container(self) -> Object:
        (container,) = self.pod["spec"]["containers"]
        return container

    @property
    def env(self) -> dict[str, str]:
        return {each["name"]: each["value"] for each in self.container.get("env", [])}


def service(service_class: str = "api", environment: str = "dev", **own: Any) -> Values:
    """The values of a service that says nothing but what it must, and `own`."""
    registry = "111111111111.dkr.ecr.eu-central-1.amazonaws.com"
    values: Values = {
        "name": "orders",
        "namespace": NAMESPACES[service_class],
        "environment": environment,
        "class": service_class,
        "team": "payments",
        "image": {
            "repository": f"{registry}/tribe/orders",
            "tag": "1.4.0",
            "digest": f"sha256:{'5e' * 32}",
        },
        "facts": {
            "environment": environment,
            "accountId": "222222222222",
            "region": "eu-central-1",
            "domain": "tribe.example.com",
            "vpcCidr": "10.10.0.0/16",
            "publicCidr": "10.10.192.0/19",
            "serviceCidr": "172.20.0.0/16",
            "certificateArn": "arn:aws:acm:eu-central-1:222222222222:certificate/1234",
            "registry": registry,
        },
        **_shared(environment),
    }
    if service_class == "worker":
        values |= {
            "queue": {"kind": "sqs"},
            "health": {"command": ["/app/healthy"]},
        }
    else:
        values |= {"ports": [{"name": "http", "containerPort": 8080}]}
    return merged(values, own)


def merged(values: Mapping[str, Any], over: Mapping[str, Any]) -> Values:
    """`over` on `values` as Helm lays value files: maps by key, all else whole, null takes away."""
    result = deepcopy(dict(values))
    for key, value in over.items():
        below = result.get(key)
        if value is None:
            result.pop(key, None)
        elif isinstance(below, dict) and isinstance(value, dict):
            result[key] = merged(below, value)
        else:
            result[key] = value
    return result


def render(values: Values) -> Objects:
    """Every object, parsed. Raises: ChartError, with the chart's own words."""
    release = Release(
        chart=CHART,
        name="service",  # the chart goes by its values alone
        namespace=values["namespace"],
        kubernetes_version=KUBERNETES_VERSION,
        values=values,
    )
    manifests = engine().render(release)
    documents = [each for manifest in manifests for each in yaml.safe_load_all(manifest.text)]
    return Objects([document for document in documents if document])


def refusal(values: Values) -> str:
    """Why the chart refuses these values. Raises: AssertionError where it does not."""
    try:
        render(values)
    except ChartError as refused:
        return str(refused)
    raise AssertionError("The chart rendered what it should refuse.")


@cache
def _shared(environment: str) -> Values:
    """The repository's own values of that environment."""
    return yaml.safe_load((REPOSITORY / "environments" / environment / "values.yaml").read_text())
