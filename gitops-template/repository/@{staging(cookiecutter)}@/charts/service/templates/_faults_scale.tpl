{{- define "service.faults.scale" -}}
{{- $values := (first .).Values -}}
{{- $service := last . -}}
{{- $replicas := $service.replicas -}}
{{- if gt (int $replicas.min) (int $replicas.max) }}
replicas.min: {{ $replicas.min }} is more than replicas.max, {{ $replicas.max }}. Write it at most as large.
{{- end }}
{{- $kept := dig "minAvailable" 0 $values.disruption | int -}}
{{- if and $kept (ge $kept (int $replicas.min)) }}
disruption.minAvailable: {{ $kept }} of {{ $replicas.min }} replicas would hold up every drain. Write less than replicas.min, or raise that.
{{- end }}
{{- range tuple "cpu" "memory" }}
{{- $request := get $service.resources.requests . -}}
{{- $limit := get $service.resources.limits . -}}
{{- if lt (include "service.quantity" $limit | int64) (include "service.quantity" $request | int64) }}
resources.limits.{{ . }}: {{ $limit }} is below the request, {{ $request }}. Write at least as much.
{{- end }}
{{- end }}
{{- if and (eq $values.class "worker") $values.scaling }}
scaling: a worker is scaled by its queue. Take it away, and write queue.depth.
{{- end }}
{{- end -}}

{{- define "service.faults.queue" -}}
{{- $values := (first .).Values -}}
{{- $queue := $values.queue -}}
{{- $kind := dig "kind" "" $queue -}}
{{- if and $queue (ne $values.class "worker") }}
queue: only a worker has one, and the class is {{ $values.class }}. Take it away, or write class: worker.
{{- end }}
{{- if and (eq $values.class "worker") (not $kind) }}
queue.kind: is missing, and a worker is scaled by its queue. Write sqs, or prometheus with queue.query.
{{- end }}
{{- if and (eq $kind "prometheus") (not (hasKey $queue "query")) }}
queue.query: is missing. Write the PromQL that gives how many wait, as one number.
{{- end }}
{{- if and (eq $kind "sqs") (hasKey $queue "query") }}
queue.query: is given, and queue.kind is sqs. Take it away, or write queue.kind: prometheus.
{{- end }}
{{- end -}}

{{- /* Thousandths of a core, or MiB, as a number; the schema lets only these units through. */ -}}
{{- define "service.quantity" -}}
{{- $quantity := toString . -}}
{{- if hasSuffix "Mi" $quantity -}}
{{- trimSuffix "Mi" $quantity -}}
{{- else if hasSuffix "Gi" $quantity -}}
{{- mul 1024 (trimSuffix "Gi" $quantity | int64) -}}
{{- else if hasSuffix "m" $quantity -}}
{{- trimSuffix "m" $quantity -}}
{{- else -}}
{{- mul 1000 (int64 $quantity) -}}
{{- end -}}
{{- end -}}
