"""What is planted into a repository, and where."""

from dataclasses import dataclass

from review.problem import Severity
from tests.review.rules.complete import Edits

GATEWAY = "services/api-services/api-gateway"
FRONTEND = "services/frontend-services/web-frontend"
MODEL = "services/ai-services/recommendations"
WORKER = "services/api-services/notifications"
CHART = "charts/service/templates"
OTHER = f"sha256:{'a1' * 32}"

# An application of the environment's own, with whatever pod it is given.
AGENT = """\
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {{name: agent, namespace: argocd}}
spec:
  project: platform
  destination: {{server: https://kubernetes.default.svc, namespace: {namespace}}}
  source:
    repoURL: https://github.com/tribe-example/gitops.git
    targetRevision: main
    path: agent
    directory: {{}}
  syncPolicy:
    automated: {{enabled: true, prune: true, selfHeal: true}}
    retry: {{limit: 5}}
"""
POD = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: agent}
spec:
  replicas: 1
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
      volumes:
        - name: logs
          emptyDir: {}
      containers:
        - name: agent
          image: quay.io/example/agent:1.0.0@sha256:5e5e
          resources:
            requests: {cpu: 10m, memory: 32Mi}
            limits: {cpu: 20m, memory: 64Mi}
          securityContext:
            allowPrivilegeEscalation: false
            capabilities: {drop: [ALL]}
"""


def agent(pod: str, *, namespace: str = "tribe-system") -> Edits:
    """An application of dev with this manifest."""
    return {
        "environments/dev/agent.yaml": AGENT.format(namespace=namespace),
        "agent/agent.yaml": pod,
    }


WAY_IN = """\
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {{name: way-{number}}}
spec:
  ingressClassName: web
  rules:
    - host: dev.tribe.example.com
      http:
        paths:
          - path: /way-{number}
            pathType: Prefix
            backend: {{service: {{name: web-frontend, port: {{number: 80}}}}}}
"""


@dataclass(frozen=True, kw_only=True)
class Danger:
    """edits: what is done. rule, severity: as whose finding. says: a part of the message."""

    edits: Edits
    rule: str
    says: str
    environment: str = "dev"
    severity: Severity = "error"
