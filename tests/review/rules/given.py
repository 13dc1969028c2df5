"""Documents as an environment gives them, without a repository."""

from collections.abc import Iterable
from typing import Any

import yaml

from review.documents import Document
from review.environment import Environment
from review.problem import Problem
from review.render import Rendering
from review.rules.objects import Objects
from review.scope import CLUSTER_SCOPED
from review.sources import Application, NotRendered

NAMESPACE = "shop"

Content = dict[str, Any]


def read(text: str) -> list[Content]:
    """The documents of a text; those without a namespace that need one stand in `shop`."""
    found = [each for each in yaml.safe_load_all(text) if each]
    for each in found:
        if each["kind"] not in CLUSTER_SCOPED:
            each["metadata"].setdefault("namespace", NAMESPACE)
    return found


def objects(
    *texts: str,
    environment: str = "dev",
    facts: dict[str, str] | None = None,
    own: bool = True,
    application: Content | None = None,
    missing: Iterable[NotRendered] = (),
    problems: Iterable[Problem] = (),
) -> Objects:
    """One application's documents. application: its manifest's spec. missing: its sources that are
    not here. problems: why it does not render."""
    documents = [
        Document(content=each, file="all.yaml", own=own) for text in texts for each in read(text)
    ]
    spec = {"destination": {"namespace": NAMESPACE}, **(application or {})}
    manifest = {"metadata": {"name": "all"}, "spec": spec}
    return Objects(
        rendering=Rendering(
            environment=Environment(
                name=environment,
                folder=f"environments/{environment}",
                kubernetes_version="1.36",
                facts=facts or {},
            ),
            applications=[
                Application(
                    manifest=manifest,
                    file="app.yaml",
                    documents=documents,
                    not_rendered=list(missing),
                    problems=list(problems),
                )
            ],
        )
    )


def said(problems: Iterable[Problem]) -> list[tuple[str, str, str]]:
    """Severity, path and message of each."""
    return [(each.severity, each.path, each.message) for each in problems]


def missing_chart(name: str = "redis") -> NotRendered:
    return NotRendered(
        application="all", repository="https://charts.example.com", chart=name, version="1.0.0"
    )


CONTAINER = """
        - name: main
          image: registry/orders:1.0.0@sha256:5e5e
          resources:
            requests: {cpu: 250m, memory: 256Mi}
            limits: {cpu: 500m, memory: 512Mi}
"""


def workload(
    name: str = "orders",
    *,
    kind: str = "Deployment",
    spec: str = "replicas: 2",
    pod: str = "",
    container: str = CONTAINER,
) -> str:
    """A workload of one container. spec, pod: further lines of the workload's and of its pods'."""
    version = "argoproj.io/v1alpha1" if kind == "Rollout" else "apps/v1"
    return f"""
---
apiVersion: {version}
kind: {kind}
metadata: {{name: {name}}}
spec:
  {spec}
  selector: {{matchLabels: {{app: {name}}}}}
  template:
    metadata: {{labels: {{app: {name}}}}}
    spec:
      {pod or "restartPolicy: Always"}
      containers:{container}
"""


INGRESS_CLASS = """
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: api}
spec:
  controller: ingress.k8s.aws/alb
  parameters: {apiGroup: elbv2.k8s.aws, kind: IngressClassParams, name: api}
---
apiVersion: elbv2.k8s.aws/v1beta1
kind: IngressClassParams
metadata: {name: api}
spec: {group: {name: tribe-api}}
"""


def ingress(
    name: str = "orders",
    *,
    host: str = "api.example.com",
    path: str = "/orders",
    kind: str = "Prefix",
    service: str = "orders",
    port: str = "name: http",
    group: str = "api",
) -> str:
    return f"""
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {{name: {name}}}
spec:
  ingressClassName: {group}
  rules:
    - host: {host}
      http:
        paths:
          - path: {path}
            pathType: {kind}
            backend: {{service: {{name: {service}, port: {{{port}}}}}}}
"""
