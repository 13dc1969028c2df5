{{- /* The labels that every object of a service bears. Runbooks and dashboards count on `app`. */ -}}
{{- define "service.labels" -}}
app: {{ .Values.name }}
app.kubernetes.io/name: {{ .Values.name }}
app.kubernetes.io/part-of: tribe
app.kubernetes.io/managed-by: argocd
tribe/class: {{ .Values.class }}
tribe/team: {{ .Values.team | quote }}
{{- end -}}

{{- /* Name, namespace and labels of the object that bears the service's own name. */ -}}
{{- define "service.metadata" -}}
name: {{ .Values.name }}
namespace: {{ .Values.namespace }}
labels:
  {{- include "service.labels" . | nindent 2 }}
{{- end -}}

{{- /* Which pods are the service's. No other pod of the namespace bears the label with this value. */ -}}
{{- define "service.selector" -}}
app: {{ .Values.name }}
{{- end -}}

{{- /* The image with its tag, for the reader, and its digest, which the node pulls by. */ -}}
{{- define "service.image" -}}
{{- with .Values.image -}}
{{ .repository }}{{ with dig "tag" "" . }}:{{ . }}{{ end }}{{ with dig "digest" "" . }}{{ list "@" . | join "" }}{{ end }}
{{- end -}}
{{- end -}}

{{- /* The service's own queue, as the platform's stacks name it. */ -}}
{{- define "service.queueUrl" -}}
{{- with .Values.facts -}}
https://sqs.{{ .region }}.amazonaws.com/{{ .accountId }}/tribe-{{ .environment }}-{{ $.Values.name }}
{{- end -}}
{{- end -}}
