{{- /* What follows the service's name in its Services' names. Argument: its rollout. */ -}}
{{- define "service.serviceNames" -}}
- ""
{{- if .rollout }}
- -preview
{{- end }}
{{- if .pingPong }}
- -ping
- -pong
{{- end }}
{{- end -}}

{{- /* Arguments: the settled service, what follows its name. */ -}}
{{- define "service.servicePorts" -}}
{{- $service := first . -}}
{{- range $index, $port := $service.ports }}
- name: {{ $port.name }}
  port: {{ $port.port }}
  targetPort: {{ $port.name }}
  protocol: TCP
  {{- if ne $port.appProtocol "tcp" }}
  appProtocol: {{ eq $port.appProtocol "grpc" | ternary "kubernetes.io/h2c" "http" }}
  {{- end }}
  {{- if and (eq $service.exposure.kind "nodePort") (eq $index 0) (eq (last $) "") }}
  nodePort: {{ $service.exposure.nodePort }}
  {{- end }}
{{- end }}
{{- end -}}

{{- /* The type of the Service that bears the service's name. Argument: the settled service. */ -}}
{{- define "service.serviceType" -}}
{{- with .exposure -}}
{{- if eq .kind "nodePort" -}}
type: NodePort
{{- else if eq .kind "loadBalancer" -}}
type: LoadBalancer
loadBalancerClass: service.k8s.aws/nlb
allocateLoadBalancerNodePorts: false
{{- with dig "loadBalancer" "sourceRanges" list . }}
loadBalancerSourceRanges: {{ toJson . }}
{{- end }}
{{- else -}}
type: ClusterIP
{{- end -}}
{{- end -}}
{{- end -}}

{{- /*
A network load balancer of the service's own, straight to its pods. It keeps the client's address:
source ranges are ignored without. Arguments: the root, the settled service.
https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/
*/ -}}
{{- define "service.loadBalancerAnnotations" -}}
{{- $root := first . -}}
{{- $service := last . -}}
{{- $balancer := dig "loadBalancer" dict $service.exposure -}}
{{- $annotation := "service.beta.kubernetes.io/aws-load-balancer" -}}
external-dns.alpha.kubernetes.io/hostname: {{ $root.Values.name }}.{{ $root.Values.facts.domain }}
{{ $annotation }}-scheme: {{ dig "internal" true $balancer | ternary "internal" "internet-facing" }}
{{ $annotation }}-nlb-target-type: ip
{{ $annotation }}-target-group-attributes: deregistration_delay.timeout_seconds=30,preserve_client_ip.enabled=true
{{- if dig "tls" true $balancer }}
{{ $annotation }}-ssl-cert: {{ $root.Values.facts.certificateArn }}
{{ $annotation }}-ssl-ports: {{ (first $service.ports).name }}
{{ $annotation }}-ssl-negotiation-policy: ELBSecurityPolicy-TLS13-1-2-2021-06
{{- end }}
{{- end -}}
