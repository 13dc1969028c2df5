{{- /* The pods of a Deployment or a Rollout. Arguments: the root, the settled service, the label of a version. */ -}}
{{- define "service.pod" -}}
{{- $root := index . 0 -}}
{{- $service := index . 1 -}}
{{- $version := index . 2 -}}
metadata:
  labels:
    {{- include "service.labels" $root | nindent 4 }}
  annotations:
    {{- include "service.podAnnotations" (list $root $service) | nindent 4 }}
spec:
  serviceAccountName: {{ $root.Values.name }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  priorityClassName: {{ $service.priority }}
  terminationGracePeriodSeconds: {{ $root.Values.terminationGracePeriodSeconds }}
  securityContext:
    {{- include "service.podSecurity" $root | nindent 4 }}
  nodeSelector:
    tribe/workload: {{ $service.nodes }}
  {{- if ne $service.nodes "application" }}
  tolerations:
    - key: tribe/workload
      operator: Equal
      value: {{ $service.nodes }}
      effect: NoSchedule
  {{- end }}
  {{- include "service.spread" (list $root $version) | nindent 2 }}
  containers:
    - {{ include "service.container" (list $root $service) | nindent 6 | trim }}
  {{- with include "service.volumes" $root | trim }}
  volumes:
    {{- . | nindent 4 }}
  {{- end }}
{{- end -}}

{{- /* A change of settings changes the checksum, and so the pods; Prometheus scrapes by the others. */ -}}
{{- define "service.podAnnotations" -}}
{{- $root := first . -}}
{{- $service := last . -}}
tribe/config-checksum: {{ printf "%s%s" (toJson $root.Values.config) (toJson $root.Values.files) | sha256sum }}
{{- with $service.metrics }}
prometheus.io/scrape: {{ .scrape | quote }}
{{- if .scrape }}
{{- range $service.ports }}
{{- if eq .name $service.metrics.port }}
prometheus.io/port: {{ .containerPort | quote }}
{{- end }}
{{- end }}
prometheus.io/path: {{ .path | quote }}
{{- end }}
{{- end }}
{{- end -}}

{{- /*
Over zones and nodes as evenly as there is room; never a reason not to start. Only pods of one
version are counted against each other, or a new one would be put where old ones are about to go.
*/ -}}
{{- define "service.spread" -}}
{{- $root := first . -}}
topologySpreadConstraints:
  - topologyKey: topology.kubernetes.io/zone
    maxSkew: 1
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "service.selector" $root | nindent 8 }}
    matchLabelKeys: [{{ last . }}]
affinity:
  podAntiAffinity:
    preferredDuringSchedulingIgnoredDuringExecution:
      - weight: 100
        podAffinityTerm:
          topologyKey: kubernetes.io/hostname
          labelSelector:
            matchLabels:
              {{- include "service.selector" $root | nindent 14 }}
{{- end -}}
