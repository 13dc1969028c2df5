{{- /* Who may call the service: its callers, the load balancers, Prometheus. Arguments: root, settled. */ -}}
{{- define "service.waysIn" -}}
{{- $root := first . -}}
{{- $service := last . -}}
{{- with $root.Values.callers }}
- from:
    {{- range . }}
    - {{ include "service.peer" (list . $root.Values.namespace) | nindent 6 | trim }}
    {{- end }}
  ports:
    {{- range $service.ports }}
    - {protocol: TCP, port: {{ .containerPort }}}
    {{- end }}
{{- end }}
{{- with include "service.clients" (list $root $service) | fromYamlArray }}
- from:
    {{- range . }}
    - ipBlock: {cidr: {{ . }}}
    {{- end }}
  ports:
    {{- range $service.ports }}
    {{- if has .name (list (first $service.ports).name $service.health.port) }}
    - {protocol: TCP, port: {{ .containerPort }}}
    {{- end }}
    {{- end }}
{{- end }}
{{- if $service.metrics.scrape }}
- from:
    - namespaceSelector:
        matchLabels: {kubernetes.io/metadata.name: monitoring}
      podSelector:
        matchLabels: {app.kubernetes.io/name: prometheus}
  ports:
    {{- range $service.ports }}
    {{- if eq .name $service.metrics.port }}
    - {protocol: TCP, port: {{ .containerPort }}}
    {{- end }}
    {{- end }}
{{- end }}
{{- end -}}

{{- /*
From which blocks requests come. Of load balancers the public ones have subnets of their own; internal
ones, and nodes that pass a request on, stand among the pods. Arguments: root, settled.
*/ -}}
{{- define "service.clients" -}}
{{- $facts := (first .).Values.facts -}}
{{- $exposure := (last .).exposure -}}
{{- $balancer := dig "loadBalancer" dict $exposure -}}
{{- $blocks := list -}}
{{- if eq $exposure.kind "path" -}}
  {{- $blocks = list $facts.publicCidr -}}
{{- else if eq $exposure.kind "nodePort" -}}
  {{- $blocks = list $facts.vpcCidr -}}
{{- else if eq $exposure.kind "loadBalancer" -}}
  {{- $own := dig "internal" true $balancer | ternary $facts.vpcCidr $facts.publicCidr -}}
  {{- $blocks = prepend (dig "sourceRanges" list $balancer) $own -}}
{{- end -}}
{{- toYaml $blocks -}}
{{- end -}}
