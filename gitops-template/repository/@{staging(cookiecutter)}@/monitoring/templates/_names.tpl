{{- /* Labels of everything in this chart. */ -}}
{{- define "monitoring.labels" -}}
app.kubernetes.io/name: monitoring
app.kubernetes.io/part-of: monitoring
app.kubernetes.io/managed-by: argocd
{{- end -}}

{{- /* This repository's files, as a browser finds them. */ -}}
{{- define "monitoring.files" -}}
{{- $https := regexReplaceAll "^(ssh://)?git@([^:/]+)[:/]" .Values.repository "https://${2}/" -}}
{{ $https | trimSuffix ".git" }}/blob/{{ .Values.branch }}
{{- end -}}
