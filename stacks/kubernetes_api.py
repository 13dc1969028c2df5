"""The providers that talk to a cluster: as whom, and by which way.

They stand in no stack that makes the cluster: a provider is configured before anything is made.
"""

from typing import Any

from cdktf import Fn, TerraformVariable
from cdktf_cdktf_provider_helm.provider import (
    HelmProvider,
    HelmProviderKubernetes,
    HelmProviderKubernetesExec,
)
from cdktf_cdktf_provider_kubernetes.provider import KubernetesProvider, KubernetesProviderExec

from stacks.cluster import Cluster
from stacks.stack import EnvironmentStack
from stacks.way_in import VARIABLE


def kubernetes_and_helm(stack: EnvironmentStack, cluster: Cluster) -> None:
    """Both providers, with a token for each run from the caller's own AWS credentials.

    By a tunnel the API answers on a local port; its certificate is still the endpoint's, and is
    still checked against the cluster's authority.
    """
    way = TerraformVariable(
        stack,
        VARIABLE,
        type="string",
        default="",
        description="Where the Kubernetes API answers, if not at its endpoint: by a tunnel",
    )
    way.override_logical_id(VARIABLE)
    endpoint = cluster.endpoint
    reached: dict[str, Any] = {
        "host": Fn.coalesce([way.string_value, endpoint]),
        "tls_server_name": Fn.trimprefix(endpoint, "https://"),
        "cluster_ca_certificate": Fn.base64decode(cluster.certificate_authority),
    }
    token: dict[str, Any] = {
        "api_version": "client.authentication.k8s.io/v1beta1",  # what the AWS CLI answers with
        "command": "aws",
        "args": [
            *("eks", "get-token", "--output", "json"),
            *("--cluster-name", cluster.name, "--region", stack.environment.region),
        ],
    }
    KubernetesProvider(stack, "kubernetes", exec=[KubernetesProviderExec(**token)], **reached)
    HelmProvider(
        stack,
        "helm",
        kubernetes=HelmProviderKubernetes(exec=HelmProviderKubernetesExec(**token), **reached),
    )
