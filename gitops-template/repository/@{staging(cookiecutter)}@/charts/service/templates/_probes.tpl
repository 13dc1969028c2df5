{{- /*
Liveness and readiness with the platform's times, the same for every service (S5). A service that
loads for long gets a startup probe, until whose success the other two wait. Argument: its health.
*/ -}}
{{- define "service.probes" -}}
livenessProbe:
  {{- include "service.probe" (list . .path .command) | nindent 2 }}
  initialDelaySeconds: 30
  periodSeconds: 15
  timeoutSeconds: 5
readinessProbe:
  {{- include "service.probe" (list . .readyPath .readyCommand) | nindent 2 }}
  initialDelaySeconds: 10
  periodSeconds: 10
  timeoutSeconds: 3
{{- if .startSeconds }}
startupProbe:
  {{- include "service.probe" (list . .path .command) | nindent 2 }}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: {{ divf .startSeconds 10 | ceil | int }}
{{- end }}
{{- end -}}

{{- /* How to ask. Arguments: the health, the path, the command. */ -}}
{{- define "service.probe" -}}
{{- $health := index . 0 -}}
{{- if eq $health.probe "http" -}}
httpGet:
  path: {{ index . 1 | quote }}
  port: {{ $health.port }}
{{- else if eq $health.probe "grpc" -}}
grpc:
  port: {{ $health.containerPort }}
{{- else if eq $health.probe "tcp" -}}
tcpSocket:
  port: {{ $health.port }}
{{- else -}}
exec:
  command: {{ index . 2 | toJson }}
{{- end -}}
{{- end -}}
