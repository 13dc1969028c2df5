{{- /* A service by its folder, `<namespace>/<name>`, or by its name where the namespace is the same. */ -}}
{{- define "service.peer" -}}
{{- $parts := splitList "/" (first .) -}}
namespaceSelector:
  matchLabels: {kubernetes.io/metadata.name: {{ gt (len $parts) 1 | ternary (first $parts) (last .) }}}
podSelector:
  matchLabels: {app: {{ last $parts }}}
{{- end -}}
