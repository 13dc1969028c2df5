{{- /* Whom the service may call. The called one's ports are its own policy's matter. */ -}}
{{- define "service.waysOut" -}}
{{- $root := first . -}}
{{- $service := last . -}}
{{- with $root.Values.calls }}
- to:
    {{- range . }}
    - {{ include "service.peer" (list . $root.Values.namespace) | nindent 6 | trim }}
    {{- end }}
{{- end }}
{{- range $root.Values.external }}
# {{ .name }}
- to:
    - {{ include "service.outside" (list . $root.Values.facts) | nindent 6 | trim }}
  ports:
    {{- range .ports }}
    - {protocol: TCP, port: {{ . }}}
    {{- end }}
{{- end }}
{{- if eq (dig "queue" "kind" "" $service) "sqs" }}
# SQS
- to:
    - {{ include "service.outside" (list (dict "cidr" "0.0.0.0/0") $root.Values.facts) | nindent 6 | trim }}
  ports:
    - {protocol: TCP, port: 443}
{{- end }}
{{- end -}}

{{- /* A block outside; "anywhere" is neither the platform's own networks nor the nodes' metadata. */ -}}
{{- define "service.outside" -}}
{{- $facts := last . -}}
ipBlock:
  cidr: {{ (first .).cidr }}
  {{- if eq (first .).cidr "0.0.0.0/0" }}
  except: [{{ $facts.vpcCidr }}, {{ $facts.serviceCidr }}, 169.254.0.0/16]
  {{- end }}
{{- end -}}
