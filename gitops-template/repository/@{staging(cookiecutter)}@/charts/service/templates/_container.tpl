{{- /* The one container. Arguments: the root, the settled service. */ -}}
{{- define "service.container" -}}
{{- $root := first . -}}
{{- $service := last . -}}
name: {{ $root.Values.name }}
image: {{ include "service.image" $root | quote }}
imagePullPolicy: IfNotPresent
{{- with $root.Values.command }}
command: {{ toJson . }}
{{- end }}
{{- with $root.Values.args }}
args: {{ toJson . }}
{{- end }}
{{- with $service.ports }}
ports:
  {{- range . }}
  - name: {{ .name }}
    containerPort: {{ .containerPort }}
    protocol: TCP
  {{- end }}
{{- end }}
{{- with include "service.environment" $root | trim }}
{{- . | nindent 0 }}
{{- end }}
resources:
  {{- toYaml $service.resources | nindent 2 }}
{{- include "service.probes" $service.health | trim | nindent 0 }}
{{- if $service.ports }}
lifecycle:
  preStop:
    # Load balancers and kube-proxy learn of the end before the process does.
    sleep: {seconds: 20}
{{- end }}
securityContext:
  {{- include "service.containerSecurity" . | nindent 2 }}
{{- with include "service.volumeMounts" $root | trim }}
volumeMounts:
  {{- . | nindent 2 }}
{{- end }}
{{- end -}}

{{- /* Settings: `env` goes with the version, `config` and `secrets` are read where they stand. */ -}}
{{- define "service.environment" -}}
{{- $queue := eq (dig "kind" "" .Values.queue) "sqs" -}}
{{- if or .Values.env $queue }}
env:
  {{- if $queue }}
  - name: QUEUE_URL
    value: {{ include "service.queueUrl" . }}
  {{- end }}
  {{- range $name, $value := .Values.env }}
  - name: {{ $name }}
    value: {{ $value | quote }}
  {{- end }}
{{- end }}
{{- if or .Values.config .Values.secrets }}
envFrom:
  {{- if .Values.config }}
  - configMapRef:
      name: {{ .Values.name }}
  {{- end }}
  {{- if .Values.secrets }}
  - secretRef:
      name: {{ .Values.name }}
  {{- end }}
{{- end }}
{{- end -}}
