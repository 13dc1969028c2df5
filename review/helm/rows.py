"""A chart whose output is Go templates evaluated with many contexts: an object whose `rows` has
a row for each context."""

from typing import Any

NAME = "templates"
FILE = "templates/rows.yaml"
ROWS = """\
{"rows": [{{- range $row, $context := .Values.contexts -}}
{{- if $row }},{{ end -}}
[{{- range $column, $name := $.Values.names -}}
{{- if $column }},{{ end -}}
{{- include $name $context | toJson -}}
{{- end }}]
{{- end }}]}
"""


def chart(templates: list[str]) -> dict[str, str]:
    """The chart's files by their path."""
    defined = "\n".join(
        f'{{{{ define "t{number}" }}}}{text}{{{{ end }}}}' for number, text in enumerate(templates)
    )
    return {
        "Chart.yaml": f"apiVersion: v2\nname: {NAME}\nversion: 0.0.0\n",
        "templates/_defined.tpl": defined,
        FILE: ROWS,
    }


def values(templates: list[str], contexts: list[dict[str, Any]]) -> dict[str, Any]:
    return {"names": [f"t{number}" for number in range(len(templates))], "contexts": contexts}
