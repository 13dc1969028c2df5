{{- /*
Replicas are said once, when a workload is born beside the one it will replace; the autoscaler owns
them ever after. Arguments: the settled service, the workload's kind.
*/ -}}
{{- define "service.birth" -}}
{{- $service := first . -}}
{{- if and $service.rollout.switching (eq $service.rollout.scaled (last .)) -}}
replicas: {{ $service.replicas.min }}
{{- end -}}
{{- end -}}

{{- /*
Both colours at full scale, one of them active; a person promotes. Called inside the cluster only:
at an ALB the switch would drop requests. Arguments: the root, the settled service.
*/ -}}
{{- define "service.blueGreen" -}}
{{- $name := (first .).Values.name -}}
{{- $switching := (last .).rollout.switching -}}
blueGreen:
  activeService: {{ ternary (printf "%s-preview" $name) $name $switching }}
  {{- if not $switching }}
  previewService: {{ $name }}-preview
  {{- end }}
  autoPromotionEnabled: false
  # So long the old version stays at full scale, one command away.
  scaleDownDelaySeconds: 600
{{- end -}}

{{- /*
Two target groups that change roles, so that no load balancer ever waits for registration. Callers
in the cluster stay with the stable version. Arguments: the root, the settled service.
*/ -}}
{{- define "service.pingPong" -}}
{{- $name := (first .).Values.name -}}
{{- $service := last . -}}
canary:
  {{- if not $service.rollout.switching }}
  stableService: {{ $name }}
  canaryService: {{ $name }}-preview
  {{- end }}
  pingPong:
    pingService: {{ $name }}-ping
    pongService: {{ $name }}-pong
  trafficRouting:
    alb:
      ingress: {{ $name }}
      rootService: {{ $name }}
      servicePort: {{ (first $service.ports).port }}
  maxSurge: "25%"
  maxUnavailable: 0
  {{- if eq $service.rollout.strategy "canary" }}
  scaleDownDelaySeconds: 60
  {{- include "service.canarySteps" (first .) | nindent 2 }}
  {{- else }}
  scaleDownDelaySeconds: 600
  steps:
    # The new version at full scale, without requests: look at it through <name>-preview.
    - setCanaryScale: {weight: 100}
    - pause: {}
    - setWeight: 100
  {{- end }}
{{- end -}}

{{- /* Weight by weight, each followed by an analysis of what the new pods did with it. */ -}}
{{- define "service.canarySteps" -}}
steps:
  {{- range include "service.weights" . | fromYamlArray }}
  - setWeight: {{ . }}
  - analysis:
      templates:
        - templateName: {{ $.Values.name }}
      args:
        - name: pod-template-hash
          valueFrom:
            podTemplateHashValue: Latest
  {{- end }}
{{- end -}}

{{- /* Percentages of the requests that the new version gets, one after the other. */ -}}
{{- define "service.weights" -}}
{{- dig "weights" (list 5 25 50 100) .Values.canary | toYaml -}}
{{- end -}}
