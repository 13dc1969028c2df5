{{- define "service.faults.exposure" -}}
{{- $values := (first .).Values -}}
{{- $service := last . -}}
{{- $kind := $service.exposure.kind -}}
{{- if not (or $service.mayExpose (eq $kind "none")) }}
exposure.kind: is {{ $kind }}, and a worker is called by nobody. Take exposure away, or change the class.
{{- end }}
{{- if and (ne $kind "none") (not $service.ports) }}
ports: are missing, and exposure.kind is {{ $kind }}. Name the port that the container listens on.
{{- end }}
{{- range tuple (list "path" "path") (list "nodePort" "nodePort") (list "loadBalancer" "loadBalancer") }}
{{- $key := last . -}}
{{- if and (hasKey $service.exposure $key) (ne $kind (first .)) }}
exposure.{{ $key }}: is given, and exposure.kind is {{ $kind }}. Take it away, or write exposure.kind: {{ first . }}.
{{- end }}
{{- end }}
{{- if and (eq $kind "path") (not (hasKey $service.exposure "path")) }}
exposure.path: is missing. Write the path that the service owns at its host, such as /{{ $values.name }}.
{{- end }}
{{- if and (eq $kind "nodePort") (not (hasKey $service.exposure "nodePort")) }}
exposure.nodePort: is missing. Write a port of 30000 to 32767 that no other service has.
{{- end }}
{{- $balancer := dig "loadBalancer" dict $service.exposure -}}
{{- if and (not (dig "internal" true $balancer)) (not (dig "sourceRanges" list $balancer)) }}
exposure.loadBalancer.sourceRanges: are missing, and the load balancer is not internal. Name who may reach it; WAF does not stand before it.
{{- end }}
{{- if and (eq $kind "path") (lt (int $values.terminationGracePeriodSeconds) 50) }}
terminationGracePeriodSeconds: {{ $values.terminationGracePeriodSeconds }} ends before the load balancer has let go: it needs 20 seconds to know and 30 for what is under way. Write 50 or more.
{{- end }}
{{- include "service.faults.ports" . }}
{{- end -}}

{{- /* Over a namespace's border go only the ways that the platform opens (borders.yaml). */ -}}
{{- define "service.faults.calls" -}}
{{- $values := (first .).Values -}}
{{- $borders := (first .).Files.Get "borders.yaml" | fromYaml -}}
{{- if and $values.callers (eq (last .).exposure.kind "none") }}
callers: nobody can call a service whose exposure.kind is none. Take them away{{ if (last .).mayExpose }}, or write exposure.kind: internal{{ end }}.
{{- end }}
{{- range $values.callers }}
{{- $from := contains "/" . | ternary (splitList "/" . | first) $values.namespace -}}
{{- if not (has $values.namespace (get $borders $from)) }}
callers: {{ . }} may not call into {{ $values.namespace }}. From {{ $from }} the platform opens {{ get $borders $from | join ", " }} (borders.yaml).
{{- end }}
{{- end }}
{{- range $values.calls }}
{{- $to := contains "/" . | ternary (splitList "/" . | first) $values.namespace -}}
{{- if not (has $to (get $borders $values.namespace)) }}
calls: {{ . }} is out of reach of {{ $values.namespace }}. From there the platform opens {{ get $borders $values.namespace | join ", " }} (borders.yaml).
{{- end }}
{{- end }}
{{- $self := list $values.name (printf "%s/%s" $values.namespace $values.name) -}}
{{- range concat $values.callers $values.calls }}
{{- if has . $self }}
calls: {{ . }} is the service itself. Take it away.
{{- end }}
{{- end }}
{{- end -}}
