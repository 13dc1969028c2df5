{{- /*
What is wrong with the values beyond their shape, which values.schema.json holds: a line for each
fault, with its key, what is wrong and the mend. Arguments everywhere are the root and the settled
service.
*/ -}}
{{- define "service.faults" -}}
{{- include "service.faults.place" . }}
{{- include "service.faults.image" . }}
{{- include "service.faults.rollout" . }}
{{- include "service.faults.exposure" . }}
{{- include "service.faults.health" . }}
{{- include "service.faults.calls" . }}
{{- include "service.faults.scale" . }}
{{- include "service.faults.queue" . }}
{{- include "service.faults.settings" . }}
{{- end -}}

{{- define "service.faults.place" -}}
{{- $values := (first .).Values -}}
{{- $service := last . -}}
{{- if regexMatch "-(preview|ping|pong|files)$" $values.name }}
name: {{ $values.name }} ends like what the chart makes beside another service. Write it without -preview, -ping, -pong, -files.
{{- end }}
{{- if ne $values.namespace $service.runsIn }}
class: {{ $values.class }} runs in {{ $service.runsIn }}, and this folder stands in {{ $values.namespace }}. Move it to services/{{ $service.runsIn }}/{{ $values.name }}, or change the class.
{{- end }}
{{- if ne $values.environment $values.facts.environment }}
facts.environment: is {{ $values.facts.environment }}, and this is {{ $values.environment }}. Write facts.yaml anew by `tribe facts {{ $values.environment }}`.
{{- end }}
{{- end -}}

{{- define "service.faults.image" -}}
{{- $values := (first .).Values -}}
{{- $image := merge (deepCopy $values.image) (dict "tag" "" "digest" "") -}}
{{- $source := "" -}}
{{- range prepend $values.platform.images.alsoFrom (printf "%s/" $values.facts.registry) -}}
  {{- if hasPrefix . (include "service.image" (first $)) -}}{{- $source = . -}}{{- end -}}
{{- end -}}
{{- if not $source }}
image.repository: {{ $image.repository }} is not in the registry. Copy the image to {{ $values.facts.registry }}, or have its source added to images.alsoFrom.
{{- end }}
{{- if eq $image.tag "latest" }}
image.tag: "latest" names no version. Write the version or the commit that was built.
{{- end }}
{{- if not (or $image.tag $image.digest) }}
image.tag: is missing, and image.digest too. Write the version that was built.
{{- end }}
{{- if and $values.platform.images.requireDigest (not $image.digest) }}
image.digest: is missing; {{ $values.environment }} runs only what it names by digest. Promote the service, which writes it.
{{- end }}
{{- end -}}
