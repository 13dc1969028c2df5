{{/* Binds a policy to the namespaces of services. It refuses, and writes what it refused to the audit log. */}}
{{- define "platform.binding" -}}
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: {{ .name }}
  labels:
    {{- include "platform.labels" .root | nindent 4 }}
spec:
  policyName: {{ .name }}
  validationActions: [Deny, Audit]
  matchResources:
    namespaceSelector:
      matchExpressions:
        # A label that the cluster itself sets, and nobody can change.
        - key: kubernetes.io/metadata.name
          operator: In
          values: {{ toJson .root.Values.serviceNamespaces }}
{{- end }}
