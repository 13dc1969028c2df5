{{- define "service.faults.ports" -}}
{{- $service := last . -}}
{{- range tuple "name" "containerPort" "port" }}
{{- $key := . -}}
{{- $seen := list -}}
{{- range $service.ports }}
{{- $one := get . $key | toString -}}
{{- if has $one $seen }}
ports.{{ $key }}: two ports have {{ $one }}. Give each its own.
{{- end }}
{{- $seen = append $seen $one -}}
{{- end }}
{{- end }}
{{- end -}}

{{- define "service.faults.health" -}}
{{- $service := last . -}}
{{- $health := $service.health -}}
{{- $names := list -}}
{{- range $service.ports -}}{{- $names = append $names .name -}}{{- end -}}
{{- if eq $health.probe "command" }}
{{- if not $health.command }}
health.command: is missing{{ if not $service.ports }}, and without a port nothing else can be asked{{ end }}. Write the command that tells whether the service is well.
{{- end }}
{{- else if not (has $health.port $names) }}
health.port: {{ default "(none)" $health.port }} is none of the ports {{ join ", " $names }}. Name one of them.
{{- end }}
{{- if and (ne $health.probe "command") (or $health.command $health.readyCommand) }}
health.command: is given, and health.probe is {{ $health.probe }}. Take it away, or write health.probe: command.
{{- end }}
{{- if and $service.metrics.scrape (not (has $service.metrics.port $names)) }}
metrics.port: {{ default "(none)" $service.metrics.port }} is none of the ports {{ join ", " $names }}. Name one of them, or write metrics.scrape: false.
{{- end }}
{{- $spoken := (first $service.ports | default (dict "appProtocol" "http")).appProtocol -}}
{{- if eq $service.exposure.kind "path" }}
{{- if eq $spoken "tcp" }}
ports.appProtocol: the first port's is tcp, and the ALB speaks http or grpc. Write one of them, or exposure.kind: loadBalancer.
{{- else if ne $health.probe $spoken }}
health.probe: is {{ $health.probe }}, and the ALB asks as it speaks, {{ $spoken }}. Write health.probe: {{ $spoken }}.
{{- end }}
{{- end }}
{{- end -}}
