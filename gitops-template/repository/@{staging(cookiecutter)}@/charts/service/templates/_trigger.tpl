{{- /*
What a worker is scaled on. The depth is a target for each replica: 101 messages make two of one at
a depth of 100. Metadata are text. Arguments: the root, the queue.
https://keda.sh/docs/latest/scalers/aws-sqs/ and .../prometheus/
*/ -}}
{{- define "service.trigger" -}}
{{- $root := first . -}}
{{- $queue := last . -}}
{{- if eq $queue.kind "sqs" -}}
type: aws-sqs-queue
authenticationRef:
  name: {{ $root.Values.name }}
metadata:
  queueURL: {{ include "service.queueUrl" $root }}
  queueLength: {{ int64 $queue.depth | quote }}
  awsRegion: {{ $root.Values.facts.region }}
{{- else -}}
type: prometheus
metadata:
  serverAddress: {{ $root.Values.platform.prometheusAddress }}
  query: {{ toJson $queue.query }}
  threshold: {{ int64 $queue.depth | quote }}
  # A series that is gone is an error, and not an empty queue.
  ignoreNullValues: "false"
{{- end -}}
{{- end -}}
