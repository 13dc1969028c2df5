{{- /* What Pod Security's level "restricted" asks of a pod, with uid and gid given. */ -}}
{{- define "service.podSecurity" -}}
{{- with .Values.securityContext -}}
runAsNonRoot: true
runAsUser: {{ int64 .runAsUser }}
runAsGroup: {{ int64 .runAsGroup }}
fsGroup: {{ int64 .runAsGroup }}
seccompProfile:
  type: RuntimeDefault
{{- end -}}
{{- end -}}

{{- /* ... and of a container, with a root that nobody writes to. */ -}}
{{- define "service.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}
