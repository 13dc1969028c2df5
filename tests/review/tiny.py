"""A GitOps repository as small as one can be: one environment, one of each kind of application."""

URL = "https://git.example.com/tribe/gitops.git"

SERVICES = """
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: services
spec:
  goTemplate: true
  goTemplateOptions: ["missingkey=error"]
  generators:
    - git:
        repoURL: https://git.example.com/tribe/gitops.git
        revision: HEAD
        files:
          - path: services/*/*/dev/image.yaml
  template:
    metadata:
      name: "{{ index .path.segments 2 }}"
    spec:
      project: services
      source:
        repoURL: https://git.example.com/tribe/gitops.git
        targetRevision: HEAD
        path: charts/service
        helm:
          valueFiles:
            - /environments/dev/values.yaml
            - "/services/{{ index .path.segments 1 }}/{{ index .path.segments 2 }}/values.yaml"
            - "/{{ .path.path }}/values.yaml"
            - "/{{ .path.path }}/image.yaml"
      destination:
        server: https://kubernetes.default.svc
        namespace: "{{ index .path.segments 1 }}"
      syncPolicy: {automated: {prune: true, selfHeal: true}, retry: {limit: 5}}
"""

PLATFORM = """
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: platform
spec:
  project: platform
  source:
    repoURL: https://git.example.com/tribe/gitops.git
    targetRevision: HEAD
    path: platform
    helm:
      valueFiles:
        - values-dev.yaml
        - /environments/dev/facts.yaml
  destination:
    server: https://kubernetes.default.svc
    namespace: tribe-system
  syncPolicy: {automated: {prune: true, selfHeal: true}, retry: {limit: 5}}
"""

MONITORING = """
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: monitoring
spec:
  project: monitoring
  sources:
    - repoURL: https://charts.example.com/monitoring
      chart: stack
      targetRevision: 1.2.3
      helm:
        valueFiles:
          - $values/monitoring/stack.yaml
    - repoURL: https://git.example.com/tribe/gitops.git
      targetRevision: HEAD
      ref: values
    - repoURL: https://git.example.com/tribe/gitops.git
      targetRevision: HEAD
      path: monitoring/rules
  destination:
    server: https://kubernetes.default.svc
    namespace: monitoring
  syncPolicy: {automated: {prune: true, selfHeal: true}, retry: {limit: 5}}
"""

TINY = {
    "environments/dev/facts.yaml": """
        facts:
          kubernetesVersion: "1.36"
          domain: dev.example.com
        """,
    "environments/dev/values.yaml": "team: none\nlevel: info\n",
    "environments/dev/services.yaml": SERVICES,
    "environments/dev/platform.yaml": PLATFORM,
    "environments/dev/monitoring.yaml": MONITORING,
    "platform/Chart.yaml": "apiVersion: v2\nname: platform\nversion: 0.1.0\n",
    "platform/values.yaml": "namespaces: []\nfacts: {}\n",
    "platform/values-dev.yaml": "namespaces: [api-services]\n",
    "platform/templates/namespaces.yaml": """
        {{- range .Values.namespaces }}
        ---
        apiVersion: v1
        kind: Namespace
        metadata:
          name: {{ . }}
          annotations: {domain: {{ $.Values.facts.domain }}}
        {{- end }}
        """,
    "monitoring/stack.yaml": "days: 15\n",
    "monitoring/rules/orders.yaml": """
        apiVersion: monitoring.coreos.com/v1
        kind: PrometheusRule
        metadata:
          name: orders
        spec:
          groups:
            - name: orders
              rules:
                - alert: OrdersDown
                  expr: up{app="orders"} == 0
        """,
    "charts/service/Chart.yaml": "apiVersion: v2\nname: service\nversion: 0.1.0\n",
    "charts/service/values.yaml": "level: debug\nteam: nobody\nport: 8080\n",
    "charts/service/values.schema.json": """
        {
          "type": "object",
          "additionalProperties": false,
          "properties": {
            "level": {"enum": ["debug", "info", "warn"]},
            "team": {"type": "string"},
            "port": {"type": "integer"},
            "image": {"type": "string"}
          }
        }
        """,
    "charts/service/templates/configmap.yaml": """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: {{ .Release.Name }}
        data:
          level: {{ .Values.level }}
          team: {{ .Values.team }}
          port: {{ .Values.port | quote }}
          image: {{ .Values.image }}
        """,
    "services/api-services/orders/values.yaml": "team: shop\n",
    "services/api-services/orders/dev/values.yaml": "port: 9090\n",
    "services/api-services/orders/dev/image.yaml": "image: registry/orders:1.2.3\n",
}

STACK = {
    "charts/stack/Chart.yaml": "apiVersion: v2\nname: stack\nversion: 1.2.3\n",
    "charts/stack/values.yaml": "days: 10\n",
    "charts/stack/templates/configmap.yaml": """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: {{ .Release.Name }}-stack
        data:
          days: {{ .Values.days | quote }}
          unset: "{{ .Values.unset }}"
        """,
}
