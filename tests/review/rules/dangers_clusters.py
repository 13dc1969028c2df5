"""Planted dangers in what the clusters are given: an edit, and the rule that must find it."""

from tests.review.rules.complete import add, change
from tests.review.rules.planting import CHART, GATEWAY, MODEL, POD, WAY_IN, WORKER, Danger, agent

DANGERS = {
    "more ways in than a load balancer has": Danger(
        edits=agent(
            "".join(WAY_IN.format(number=number) for number in range(100)),
            namespace="frontend-services",
        ),
        rule="target-groups",
        says="gets 101 target groups, and may have 100",
    ),
    "a budget that is gone": Danger(
        edits={f"{CHART}/poddisruptionbudget.yaml": None},
        rule="disruption",
        says="no PodDisruptionBudget",
    ),
    "a budget of every pod": Danger(
        edits={
            f"{CHART}/poddisruptionbudget.yaml": change(
                '{{ dig "minAvailable" 1 .Values.disruption }}', "100%"
            )
        },
        rule="disruption",
        says="no pod may ever be evicted",
    ),
    "a budget of nobody's pods": Danger(
        edits={
            f"{CHART}/poddisruptionbudget.yaml": change(
                '{{- include "service.selector" . | nindent 6 }}', "app: nobody"
            )
        },
        rule="disruption",
        says="selects no pod",
    ),
    "a quota that cannot hold its services": Danger(
        edits={"platform/values.yaml": change('requests.cpu: "8"', 'requests.cpu: "1"')},
        rule="quota",
        says="is 1 CPU, and at the smallest scale 1 CPU are needed, and 0.5 CPU more",
    ),
    "a quota that ends autoscaling": Danger(
        edits={"platform/values.yaml": change('requests.cpu: "8"', 'requests.cpu: "3"')},
        rule="quota",
        says="is 3 CPU, and at the largest scale 6.5 CPU are needed",
        severity="warning",
    ),
    "a service too large for its quota in prod": Danger(
        edits={f"{GATEWAY}/prod/values.yaml": "replicas: {min: 20, max: 40}\n"},
        rule="quota",
        says="at the smallest scale 5.5 CPU are needed, and 5 CPU more while api-gateway",
        environment="prod",
    ),
    "a container over the namespace's most": Danger(
        edits={
            f"{WORKER}/dev/values.yaml": (
                "resources:\n  requests: {cpu: 500m, memory: 512Mi}\n"
                "  limits: {cpu: 2, memory: 1Gi}\n"
            )
        },
        rule="limits",
        says="is 2 CPU, and the namespace's LimitRange has the max 1.5 CPU",
    ),
    "a path that another service owns": Danger(
        edits={
            f"{MODEL}/values.yaml": lambda text: (
                change("blueGreen", "rolling")(text) + "exposure: {kind: path, path: /}\n"
            )
        },
        rule="hosts",
        says="is owned by Ingress",
    ),
    "a host with two load balancers": Danger(
        edits={
            f"{CHART}/ingress.yaml": change(
                '(printf "%s.%s" $service.host .Values.facts.domain)', ".Values.facts.domain"
            )
        },
        rule="hosts",
        says="a host has one load balancer",
    ),
    "a secret that nobody makes": Danger(
        edits={
            f"{GATEWAY}/values.yaml": add("secrets: [TOKEN]\n"),
            f"{CHART}/externalsecret.yaml": None,
        },
        rule="defined",
        says="there is no Secret api-gateway in api-services",
    ),
    "a secret store that is gone": Danger(
        edits={
            f"{GATEWAY}/values.yaml": add("secrets: [TOKEN]\n"),
            "platform/values.yaml": change("secretStore: true", "secretStore: false"),
        },
        rule="defined",
        says="there is no SecretStore secrets-manager in api-services",
    ),
    "a priority class that is renamed": Danger(
        edits={"platform/values.yaml": change("  background: {value", "  later: {value")},
        rule="defined",
        says="there is no PriorityClass background",
    ),
    "a service account that is gone": Danger(
        edits={f"{CHART}/serviceaccount.yaml": None},
        rule="defined",
        says="there is no ServiceAccount",
    ),
    "an authentication that is gone": Danger(
        edits={f"{CHART}/triggerauthentication.yaml": None},
        rule="defined",
        says="there is no TriggerAuthentication notifications in api-services",
    ),
    "an autoscaler of nobody": Danger(
        edits={
            f"{CHART}/horizontalpodautoscaler.yaml": change(
                "    name: {{ .Values.name }}", "    name: {{ .Values.name }}-v2"
            )
        },
        rule="defined",
        says="there is no Rollout api-gateway-v2 in api-services",
    ),
    "an analysis that is gone": Danger(
        edits={f"{CHART}/analysistemplate.yaml": None},
        rule="defined",
        says="there is no AnalysisTemplate api-gateway in api-services",
    ),
    "a Service of nobody's pods": Danger(
        edits={
            f"{CHART}/service.yaml": change(
                '{{- include "service.selector" $ | nindent 4 }}', "app: nobody"
            )
        },
        rule="reached",
        says="selects no pod",
    ),
    "services that may gain privileges": Danger(
        edits={
            f"{CHART}/_security.tpl": change(
                "allowPrivilegeEscalation: false", "allowPrivilegeEscalation: true"
            )
        },
        rule="pod-security",
        says="must be false: api-services is restricted (Privilege Escalation)",
    ),
    "an agent that reads the node's disk": Danger(
        edits=agent(POD.replace("emptyDir: {}", "hostPath: {path: /var/log}")),
        rule="pod-security",
        says="is of the kind hostPath",
    ),
    "a level that there is not": Danger(
        edits={
            "platform/templates/namespaces.yaml": change(
                "enforce: {{ $namespace.podSecurity }}", "enforce: strict"
            )
        },
        rule="pod-security",
        says="must be one of privileged, baseline, restricted",
    ),
    "a namespace that nobody makes": Danger(
        edits=agent(POD, namespace="payments"),
        rule="namespaces",
        says="there is no namespace payments",
    ),
    "a namespace that is open": Danger(
        edits={
            "platform/templates/network-policies.yaml": change(
                "policyTypes: [Ingress, Egress]\n{{- if", "policyTypes: [Ingress]\n{{- if"
            )
        },
        rule="namespaces",
        says="no NetworkPolicy that denies everything",
    ),
    "everything for a controller": Danger(
        edits={
            "platform/templates/extra.yaml": (
                "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\n"
                "metadata: {name: extra}\n"
                "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole,"
                " name: cluster-admin}\n"
                "subjects: [{kind: ServiceAccount, name: keda-operator, namespace: tribe-system}]\n"
            )
        },
        rule="rights",
        says="gives cluster-admin",
    ),
    "a role with a wildcard": Danger(
        edits={"platform/templates/roles.yaml": change("verbs: [delete]", 'verbs: ["*"]')},
        rule="rights",
        says="whatever there will ever be",
    ),
}
