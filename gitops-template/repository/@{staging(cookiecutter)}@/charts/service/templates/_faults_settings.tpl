{{- define "service.faults.settings" -}}
{{- $values := (first .).Values -}}
{{- $seen := dict -}}
{{- range $key, $names := dict "env" (keys $values.env) "config" (keys $values.config) "secrets" $values.secrets }}
{{- range $names }}
{{- if hasKey $seen . }}
{{ $key }}.{{ . }}: stands under {{ get $seen . }} too. Keep one of the two.
{{- end }}
{{- $_ := set $seen . $key -}}
{{- end }}
{{- end }}
{{- if and (hasKey $seen "QUEUE_URL") (eq (dig "kind" "" $values.queue) "sqs") }}
{{ get $seen "QUEUE_URL" }}.QUEUE_URL: the chart gives it, from the platform's facts. Take it away.
{{- end }}
{{- range $key, $settings := dict "env" $values.env "config" $values.config "files" $values.files }}
{{- range $name, $value := $settings }}
{{- if include "service.secret" (list $name $value) }}
{{ $key }}.{{ $name }}: looks like a secret in clear text. Put it into Secrets Manager, under tribe/{{ $values.environment }}/{{ $values.namespace }}/{{ $values.name }}, and name it under secrets.
{{- end }}
{{- end }}
{{- end }}
{{- $taken := dict -}}
{{- range concat (keys $values.scratch) (keys $values.files) | sortAlpha }}
{{- $name := ternary (include "service.fileKey" .) (include "service.volumeName" .) (hasKey $values.files .) -}}
{{- if hasKey $taken $name }}
{{ hasKey $values.files . | ternary "files" "scratch" }}.{{ . }}: {{ get $taken $name }} would bear the same name, {{ $name }}. Rename one of the two.
{{- end }}
{{- $_ := set $taken $name . -}}
{{- end }}
{{- end -}}

{{- /* "yes" where a name or a value can only be a secret's. Arguments: the name, the value. */ -}}
{{- define "service.secret" -}}
{{- $name := first . -}}
{{- $value := last . -}}
{{- if or
  (regexMatch "(^|_)(PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_KEY|ACCESS_KEY|CREDENTIALS?)$" (upper $name))
  (regexMatch "-----BEGIN [A-Z ]*PRIVATE KEY-----" $value)
  (regexMatch "\\b(AKIA|ASIA)[A-Z0-9]{16}\\b" $value)
  (regexMatch "://[^/@:\\s]+:[^/@\\s]+@" $value)
-}}
yes
{{- end -}}
{{- end -}}
