{{- /*
What is settled about a service: its class's row, with the service's own values over it, and what
follows from both. Templates begin with `$service := include "service.settled" . | fromYaml` and
know no default of their own. The first of them has the values judged; the others find it done.
*/ -}}
{{- define "service.settled" -}}
{{- if not (hasKey .Values "settled") -}}
  {{- $settled := include "service.settle" . -}}
  {{- $faults := include "service.faults" (list . ($settled | fromYaml)) | trim -}}
  {{- if $faults -}}{{- fail (printf "\n%s" $faults) -}}{{- end -}}
  {{- $_ := set .Values "settled" $settled -}}
{{- end -}}
{{- .Values.settled -}}
{{- end -}}

{{- define "service.settle" -}}
{{- $row := get (.Files.Get "classes.yaml" | fromYaml) .Values.class -}}
{{- $own := pick .Values "replicas" "resources" "scaling" "exposure" "health" "analysis" "queue" -}}
{{- $settled := mergeOverwrite $row (deepCopy $own) -}}
{{- $_ := set $settled "ports" (include "service.ports" (list .Values.ports $settled.exposure) | fromYamlArray) -}}
{{- $_ = set $settled "health" (include "service.health" $settled | fromYaml) -}}
{{- $_ = set $settled "metrics" (include "service.metrics" (list .Values.metrics $settled.ports) | fromYaml) -}}
{{- $_ = set $settled "rollout" (include "service.rollout" (list .Values $settled.exposure) | fromYaml) -}}
{{- toYaml $settled -}}
{{- end -}}

{{- /* The ports, each with its name, container's port, Service's port and protocol. */ -}}
{{- define "service.ports" -}}
{{- $exposure := index . 1 -}}
{{- $tls := and (eq $exposure.kind "loadBalancer") (dig "loadBalancer" "tls" true $exposure) -}}
{{- $ports := list -}}
{{- range $index, $port := first . -}}
  {{- $default := ternary (ternary 443 80 $tls) $port.containerPort (eq $index 0) -}}
  {{- $ports = append $ports (merge (deepCopy $port) (dict "port" $default "appProtocol" "http")) -}}
{{- end -}}
{{- toYaml $ports -}}
{{- end -}}

{{- /* How the pod's health is asked: by the first port's protocol, unless the values say otherwise. */ -}}
{{- define "service.health" -}}
{{- $first := first .ports | default (dict "name" "" "appProtocol" "command") -}}
{{- $health := merge .health (dict "probe" $first.appProtocol "port" $first.name "startSeconds" 0 "command" list) -}}
{{- range .ports -}}
  {{- if eq .name $health.port -}}{{- $_ := set $health "containerPort" .containerPort -}}{{- end -}}
{{- end -}}
{{- toYaml (merge $health (dict "readyPath" $health.path "readyCommand" $health.command)) -}}
{{- end -}}

{{- /* Where Prometheus scrapes: the first port, unless the values say otherwise. */ -}}
{{- define "service.metrics" -}}
{{- $first := first (last .) | default (dict "name" "" "appProtocol" "") -}}
{{- $given := first . -}}
{{- /* Not by `merge`, for which false is nothing given. */ -}}
scrape: {{ dig "scrape" (or (hasKey $given "port") (eq $first.appProtocol "http")) $given }}
port: {{ dig "port" $first.name $given | quote }}
path: {{ dig "path" "/metrics" $given | quote }}
{{- end -}}

{{- /*
Which workloads there are. Both only while switching: then the new one, `born`, begins at the least
number of replicas, is scaled, and no Rollout owns the Service that callers know.
*/ -}}
{{- define "service.rollout" -}}
{{- $values := first . -}}
{{- $new := default $values.strategy $values.switchingTo -}}
{{- $strategy := ternary $values.strategy $new (eq $new "rolling") -}}
{{- $alb := eq (last .).kind "path" -}}
deployment: {{ has "rolling" (list $values.strategy $new) }}
rollout: {{ ne $strategy "rolling" }}
strategy: {{ $strategy }}
pingPong: {{ and $alb (ne $strategy "rolling") }}
switching: {{ ne $new $values.strategy }}
scaled: {{ ternary "Deployment" "Rollout" (eq $new "rolling") }}
{{- end -}}
