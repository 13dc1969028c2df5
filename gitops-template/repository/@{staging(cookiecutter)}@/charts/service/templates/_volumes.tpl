{{- /* Scratch folders, since the root is read-only, and configuration as files. */ -}}
{{- define "service.volumes" -}}
{{- range $path, $size := .Values.scratch }}
- name: {{ include "service.volumeName" $path }}
  emptyDir:
    sizeLimit: {{ $size }}
{{- end }}
{{- if .Values.files }}
- name: files
  configMap:
    name: {{ .Values.name }}-files
{{- end }}
{{- end -}}

{{- define "service.volumeMounts" -}}
{{- range $path, $size := .Values.scratch }}
- name: {{ include "service.volumeName" $path }}
  mountPath: {{ $path }}
{{- end }}
{{- range $path, $content := .Values.files }}
- name: files
  mountPath: {{ $path }}
  subPath: {{ include "service.fileKey" $path }}
  readOnly: true
{{- end }}
{{- end -}}

{{- define "service.volumeName" -}}
scratch{{ . | lower | replace "/" "-" | replace "." "-" | replace "_" "-" }}
{{- end -}}

{{- /* A ConfigMap's keys know no slash. */ -}}
{{- define "service.fileKey" -}}
{{- . | trimPrefix "/" | replace "/" "__" -}}
{{- end -}}
