{{- /* One measurement a minute. Arguments: the root, the analysis, the limit that may not be passed. */ -}}
{{- define "service.measurement" -}}
{{- $analysis := index . 1 -}}
{{- $limit := index . 2 -}}
initialDelay: 1m
interval: 1m
count: {{ $analysis.minutes }}
failureLimit: 0
inconclusiveLimit: {{ sub $analysis.minutes 1 }}
successCondition: len(result) > 0 && result[0] <= {{ $limit }}
failureCondition: len(result) > 0 && result[0] > {{ $limit }}
provider:
  prometheus:
    address: {{ (first .).Values.platform.prometheusAddress }}
{{- end -}}

{{- /* The share of requests that the new pods failed. Metric names are OpenTelemetry's. */ -}}
{{- define "service.errorRatio" -}}
{{- $count := include "service.requests" . -}}
{{- $failed := $count | replace "}[" ", http_response_status_code=~\"5..\"}[" -}}
(
  ({{ $failed }} or vector(0)) / {{ $count }}
)
and {{ $count }} >= {{ (last .).minimumRequests }}
{{- end -}}

{{- /* The time that 95% of the new pods' requests did not pass, in seconds. */ -}}
{{- define "service.latency" -}}
{{- $buckets := include "service.series" . -}}
histogram_quantile(0.95, sum by (le) (rate(http_server_request_duration_seconds_bucket{{ $buckets }})))
and {{ include "service.requests" . }} >= {{ (last .).minimumRequests }}
{{- end -}}

{{- define "service.requests" -}}
sum(increase(http_server_request_duration_seconds_count{{ include "service.series" . }}))
{{- end -}}

{{- /* Of the new pods alone: with ping-pong no target group says which version it stands for. */ -}}
{{- define "service.series" -}}
{{- with (first .).Values -}}
{namespace="{{ .namespace }}", service="{{ .name }}", rollouts_pod_template_hash="{{ `{{args.pod-template-hash}}` }}"}
{{- end -}}[{{ (last .).minutes }}m]
{{- end -}}
