{{/* Labels of everything in this chart. */}}
{{- define "platform.labels" -}}
app.kubernetes.io/name: platform
app.kubernetes.io/part-of: platform
app.kubernetes.io/managed-by: argocd
{{- end }}

{{/* For what needs the CRD of a controller: it waits for the rest, and for that controller. */}}
{{- define "platform.after-controllers" -}}
argocd.argoproj.io/sync-wave: "1"
argocd.argoproj.io/sync-options: SkipDryRunOnMissingResource=true
{{- end }}

{{/* The first address of the Services' block: the API server, as pods know it. */}}
{{- define "platform.api-server" -}}
{{ regexReplaceAll "[0-9]+/[0-9]+$" .Values.facts.serviceCidr "1/32" }}
{{- end }}
