{{- /*
Of all rules of a host the load balancer takes the first that fits, ordered by group.order: longer
paths come first. Arguments: the root, the settled service.
*/ -}}
{{- define "service.ingressAnnotations" -}}
{{- $service := last . -}}
{{- $annotation := "alb.ingress.kubernetes.io" -}}
{{ $annotation }}/group.order: {{ sub 500 (len $service.exposure.path) | quote }}
{{ $annotation }}/target-group-attributes: deregistration_delay.timeout_seconds=30
{{- $first := first $service.ports -}}
{{- if eq $first.appProtocol "grpc" }}
{{ $annotation }}/backend-protocol-version: GRPC
{{ $annotation }}/healthcheck-path: /grpc.health.v1.Health/Check
{{ $annotation }}/success-codes: "0"
{{- else }}
{{ $annotation }}/healthcheck-path: {{ $service.health.readyPath | quote }}
{{- end }}
{{- if ne $service.health.port $first.name }}
{{ $annotation }}/healthcheck-port: {{ $service.health.containerPort | quote }}
{{- end }}
{{- end -}}

{{- /*
Where requests go: to the one Service there is, or by the weights in an annotation. That is Argo
Rollouts' alone, from its first look at the Ingress: written here too, each sync would set the
weights back, and so send requests to pods that are gone.
*/ -}}
{{- define "service.backendPort" -}}
{{- if and .rollout.pingPong (not (and .rollout.switching (eq .rollout.scaled "Rollout"))) -}}
{name: use-annotation}
{{- else -}}
{number: {{ (first .ports).port }}}
{{- end -}}
{{- end -}}

{{- /*
While switching, rules that nobody calls: they make the load balancer register the pods under the
target groups that will take over, so that these are healthy when they do.
*/ -}}
{{- define "service.warmPaths" -}}
{{- $name := (first .).Values.name -}}
{{- $service := last . -}}
{{- if $service.rollout.switching }}
{{- range ternary (list "-ping" "-pong") (list "") (eq $service.rollout.scaled "Rollout") }}
- path: /.switching/{{ $name }}{{ . }}
  pathType: Exact
  backend:
    service:
      name: {{ $name }}{{ . }}
      port: {number: {{ (first $service.ports).port }}}
{{- end }}
{{- end }}
{{- end -}}
