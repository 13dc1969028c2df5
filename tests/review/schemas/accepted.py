"""Documents of every custom kind, as the platform writes them: all of them are right."""

from typing import Any

METADATA = {"name": "orders", "namespace": "api-services"}
URL = "https://git.example.com/tribe/gitops.git"
POD = {
    "metadata": {"labels": {"app": "orders"}},
    "spec": {
        "containers": [
            {
                "name": "orders",
                "image": "registry/orders@sha256:" + "0" * 64,
                "ports": [{"name": "http", "containerPort": 8080}],
                "readinessProbe": {"httpGet": {"path": "/health", "port": "http"}},
                "resources": {"requests": {"cpu": "250m"}, "limits": {"cpu": 1}},
            }
        ]
    },
}
METRIC = {
    "name": "errors",
    "interval": "1m",
    "count": 5,
    "failureLimit": 1,
    "inconclusiveLimit": 3,
    "successCondition": "result[0] < 0.05",
    "provider": {"prometheus": {"address": "http://prometheus:9090", "query": "up"}},
}
AWS = {"service": "SecretsManager", "region": "eu-central-1", "role": "arn:aws:iam::1:role/x"}
SECRET = {
    "refreshInterval": "1h",
    "secretStoreRef": {"kind": "SecretStore", "name": "api-services"},
    "target": {"name": "orders", "creationPolicy": "Owner", "deletionPolicy": "Retain"},
    "data": [{"secretKey": "URL", "remoteRef": {"key": "tribe/dev/x", "property": "url"}}],
}
AUTHENTICATION = {"podIdentity": {"provider": "aws"}}


def document(api_version: str, kind: str, spec: dict[str, Any]) -> dict[str, Any]:
    return {"apiVersion": api_version, "kind": kind, "metadata": METADATA, "spec": spec}


ACCEPTED = [
    document(
        "argoproj.io/v1alpha1",
        "Application",
        {
            "project": "services",
            "sources": [
                {
                    "repoURL": URL,
                    "path": "charts/service",
                    "targetRevision": "HEAD",
                    "helm": {"valueFiles": ["/a.yaml"], "valuesObject": {"a": {"b": 1}}},
                }
            ],
            "destination": {"server": "https://kubernetes.default.svc", "namespace": "x"},
            "syncPolicy": {
                "automated": {"enabled": False, "prune": True, "selfHeal": True},
                "retry": {"limit": 5, "refresh": True, "backoff": {"duration": "5s", "factor": 2}},
                "syncOptions": ["ServerSideApply=true"],
            },
            "ignoreDifferences": [
                {"group": "apps", "kind": "Deployment", "jsonPointers": ["/spec/replicas"]}
            ],
        },
    ),
    document(
        "argoproj.io/v1alpha1",
        "ApplicationSet",
        {
            "goTemplate": True,
            "goTemplateOptions": ["missingkey=error"],
            "generators": [
                {"git": {"repoURL": URL, "revision": "HEAD", "files": [{"path": "a/*/b.yaml"}]}},
                {"list": {"elements": [{"any": {"thing": [1]}}]}},
            ],
            "syncPolicy": {
                "applicationsSync": "create-update",
                "preserveResourcesOnDeletion": True,
            },
            "template": {
                "metadata": {"name": "{{ .path.basename }}"},
                "spec": {
                    "project": "services",
                    "source": {"repoURL": URL, "path": "{{ .path.path }}"},
                    "destination": {"name": "in-cluster", "namespace": "x"},
                },
            },
        },
    ),
    document(
        "argoproj.io/v1alpha1",
        "AppProject",
        {
            "sourceRepos": [URL],
            "destinations": [{"server": "*", "namespace": "api-services"}],
            "namespaceResourceWhitelist": [{"group": "*", "kind": "*"}],
            "syncWindows": [
                {
                    "kind": "deny",
                    "schedule": "* * * * *",
                    "duration": "24h",
                    "applications": ["*"],
                    "manualSync": True,
                }
            ],
        },
    ),
    document(
        "argoproj.io/v1alpha1",
        "Rollout",
        {
            "selector": {"matchLabels": {"app": "orders"}},
            "rollbackWindow": {"revisions": 3},
            "progressDeadlineAbort": True,
            "strategy": {
                "canary": {
                    "pingPong": {"pingService": "a", "pongService": "b"},
                    "trafficRouting": {"alb": {"ingress": "orders", "servicePort": 80}},
                    "steps": [
                        {"setWeight": 5},
                        {"pause": {"duration": "5m"}},
                        {"setCanaryScale": {"weight": 100}},
                        {"analysis": {"templates": [{"templateName": "errors"}]}},
                    ],
                }
            },
            "template": POD,
        },
    ),
    document("argoproj.io/v1alpha1", "AnalysisTemplate", {"metrics": [METRIC]}),
    document("argoproj.io/v1alpha1", "ClusterAnalysisTemplate", {"metrics": [METRIC]}),
    document("external-secrets.io/v1", "ExternalSecret", SECRET),
    document("external-secrets.io/v1", "SecretStore", {"provider": {"aws": AWS}}),
    document("external-secrets.io/v1", "ClusterSecretStore", {"provider": {"aws": AWS}}),
    document(
        "external-secrets.io/v1",
        "ClusterExternalSecret",
        {"externalSecretSpec": SECRET, "namespaceSelectors": [{"matchLabels": {"a": "b"}}]},
    ),
    document(
        "keda.sh/v1alpha1",
        "ScaledObject",
        {
            "scaleTargetRef": {"name": "orders"},
            "minReplicaCount": 1,
            "maxReplicaCount": 8,
            "advanced": {"horizontalPodAutoscalerConfig": {"name": "orders"}},
            "triggers": [
                {
                    "type": "aws-sqs-queue",
                    "metadata": {"queueLength": "100", "awsRegion": "eu-central-1"},
                    "authenticationRef": {"name": "orders"},
                }
            ],
        },
    ),
    document(
        "keda.sh/v1alpha1",
        "ScaledJob",
        {
            "jobTargetRef": {
                "template": {"spec": {**POD["spec"], "restartPolicy": "Never"}},
            },
            "triggers": [{"type": "cron", "metadata": {"start": "0 0 * * *"}}],
        },
    ),
    document("keda.sh/v1alpha1", "TriggerAuthentication", AUTHENTICATION),
    document("keda.sh/v1alpha1", "ClusterTriggerAuthentication", AUTHENTICATION),
    document(
        "monitoring.coreos.com/v1",
        "PrometheusRule",
        {
            "groups": [
                {
                    "name": "orders",
                    "rules": [
                        {
                            "alert": "OrdersDown",
                            "expr": "up == 0",
                            "for": "5m",
                            "labels": {"severity": "page"},
                        },
                        {"record": "orders:up", "expr": 1},
                    ],
                }
            ]
        },
    ),
    document(
        "monitoring.coreos.com/v1",
        "ServiceMonitor",
        {
            "selector": {"matchLabels": {"app": "orders"}},
            "endpoints": [{"port": "http", "interval": "30s", "path": "/metrics"}],
        },
    ),
    document(
        "monitoring.coreos.com/v1",
        "PodMonitor",
        {"selector": {}, "podMetricsEndpoints": [{"port": "http", "interval": "30s"}]},
    ),
    document(
        "monitoring.coreos.com/v1",
        "Probe",
        {"prober": {"url": "x:9115"}, "targets": {"staticConfig": {"static": ["a"]}}},
    ),
    document(
        "monitoring.coreos.com/v1alpha1",
        "ScrapeConfig",
        {"staticConfigs": [{"targets": ["a:9090"]}], "scrapeInterval": "30s"},
    ),
    document("monitoring.coreos.com/v1", "Alertmanager", {"replicas": 2, "retention": "120h"}),
    document(
        "monitoring.coreos.com/v1",
        "Prometheus",
        {"replicas": 1, "retention": "15d", "ruleSelector": {}, "evaluationInterval": "30s"},
    ),
    document(
        "elbv2.k8s.aws/v1beta1",
        "IngressClassParams",
        {
            "scheme": "internet-facing",
            "group": {"name": "api"},
            "certificateArn": ["arn:aws:acm:eu-central-1:1:certificate/x"],
            "wafv2AclArn": "arn:aws:wafv2:eu-central-1:1:regional/webacl/x/y",
            "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
            "sslRedirectPort": "443",
            "ipAddressType": "ipv4",
            "targetType": "ip",
            "listeners": [{"protocol": "HTTPS", "port": 443}],
            "loadBalancerAttributes": [{"key": "access_logs.s3.enabled", "value": "true"}],
            "subnets": {"tags": {"kubernetes.io/role/elb": ["1"]}},
            "tags": [{"key": "a", "value": "b"}],
            "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "x"}},
        },
    ),
    document(
        "elbv2.k8s.aws/v1beta1",
        "TargetGroupBinding",
        {
            "serviceRef": {"name": "orders", "port": "http"},
            "targetGroupARN": "arn:aws:elasticloadbalancing:eu-central-1:1:targetgroup/x/y",
            "targetType": "ip",
            "networking": {
                "ingress": [
                    {
                        "from": [{"securityGroup": {"groupID": "sg-1"}}],
                        "ports": [{"protocol": "TCP", "port": 8080}],
                    }
                ]
            },
        },
    ),
]
