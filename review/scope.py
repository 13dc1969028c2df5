"""Which kinds stand in no namespace."""

CLUSTER_SCOPED = frozenset(
    {
        "APIService", "CSIDriver", "CSINode", "CertificateSigningRequest",
        "ClusterAnalysisTemplate", "ClusterExternalSecret", "ClusterRole", "ClusterRoleBinding",
        "ClusterSecretStore", "ClusterTriggerAuthentication", "ClusterTrustBundle",
        "CustomResourceDefinition", "DeviceClass", "FlowSchema", "IPAddress", "IngressClass",
        "IngressClassParams", "MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding",
        "MutatingWebhookConfiguration", "Namespace", "Node", "PersistentVolume", "PriorityClass",
        "PriorityLevelConfiguration", "ResourceSlice", "RuntimeClass", "ServiceCIDR",
        "StorageClass", "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding",
        "ValidatingWebhookConfiguration", "VolumeAttachment", "VolumeAttributesClass",
    }
)  # fmt: skip
