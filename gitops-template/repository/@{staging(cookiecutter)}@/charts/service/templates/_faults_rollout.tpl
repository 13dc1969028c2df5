{{- define "service.faults.rollout" -}}
{{- $values := (first .).Values -}}
{{- $service := last . -}}
{{- $strategies := list $values.strategy $values.switchingTo -}}
{{- if and (eq $values.class "worker") (ne $values.strategy "rolling") }}
strategy: {{ $values.strategy }} switches requests, and a worker gets none. Write strategy: rolling.
{{- end }}
{{- if and (has "canary" $strategies) (ne $values.class "worker") }}
{{- include "service.faults.canary" . }}
{{- else if $values.canary }}
canary: is given, and the strategy is {{ $values.strategy }}. Take it away, or write strategy: canary.
{{- end }}
{{- if and (has "blueGreen" $strategies) (has $service.exposure.kind (list "none" "nodePort" "loadBalancer")) }}
strategy: blueGreen switches a Service inside the cluster or weights behind the ALB, and exposure.kind is {{ $service.exposure.kind }}. Write exposure.kind: internal or path, or strategy: rolling.
{{- end }}
{{- with $values.switchingTo }}
{{- if eq . $values.strategy }}
switchingTo: is the strategy that it has, {{ . }}. Take it away: the switch is done.
{{- else if not (has "rolling" $strategies) }}
switchingTo: from {{ $values.strategy }} to {{ . }} only the steps change. Take it away, and write strategy: {{ . }}.
{{- else if eq $values.class "worker" }}
switchingTo: a worker knows rolling only. Take it away.
{{- end }}
{{- end }}
{{- end -}}

{{- /* A canary needs an ALB that weighs requests, and requests that Prometheus knows. */ -}}
{{- define "service.faults.canary" -}}
{{- $service := last . -}}
{{- if ne $service.exposure.kind "path" }}
strategy: canary weighs requests at the ALB, and exposure.kind is {{ $service.exposure.kind }}. Write exposure.kind: path, or strategy: rolling or blueGreen.
{{- else if ne (first $service.ports | default dict).appProtocol "http" }}
strategy: canary counts HTTP requests, and the first port is {{ (first $service.ports | default dict).appProtocol | default "missing" }}. Write strategy: blueGreen.
{{- end }}
{{- if not $service.metrics.scrape }}
metrics.scrape: is false, and canary is judged by the service's metrics. Write true, or strategy: blueGreen.
{{- end }}
{{- $weights := include "service.weights" (first .) | fromYamlArray -}}
{{- $before := 0 -}}
{{- range $weights }}
{{- if le (int .) (int $before) }}
canary.weights: {{ . }} comes after {{ $before }}. Write them rising.
{{- end }}
{{- $before = . -}}
{{- end }}
{{- if ne (int (last $weights)) 100 }}
canary.weights: end at {{ last $weights }}. End them with 100.
{{- end }}
{{- end -}}
