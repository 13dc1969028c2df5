"""Who may what in AWS: one table of the platform's controllers, and the cluster as an issuer."""

from cdktf_cdktf_provider_aws.iam_openid_connect_provider import IamOpenidConnectProvider
from constructs import Construct

from stacks.cluster import Cluster
from stacks.edge import Edge
from stacks.encryption import Encryption
from stacks.permissions.autoscaler import cluster_autoscaler
from stacks.permissions.dns import external_dns
from stacks.permissions.load_balancer import load_balancer_controller
from stacks.permissions.logs import loki
from stacks.permissions.queues import keda
from stacks.permissions.rollouts import ARGO_ROLLOUTS
from stacks.permissions.secrets import SECRET_NAMESPACES, external_secrets, reader
from stacks.pod_identity import bind
from stacks.settings import Environment
from stacks.stack import EnvironmentStack
from stacks.storage import Storage


class Identity(EnvironmentStack):
    """Every association here equals a service account that the GitOps repository renders.

    The two add-ons that call AWS, the network plugin and the EBS driver, have theirs in the
    cluster's stack: they must stand before the add-ons do.
    """

    def __init__(
        self,
        scope: Construct,
        environment: Environment,
        *,
        cluster: Cluster,
        edge: Edge,
        encryption: Encryption,
        storage: Storage,
    ) -> None:
        super().__init__(scope, environment, noun="identity")
        cluster_name = cluster.name
        for workload in (
            cluster_autoscaler(environment),
            load_balancer_controller(
                environment, web_acl_arn=edge.web_acl_arn, user_pool_arn=edge.user_pool_arn
            ),
            external_dns(edge.zone_arn),
            loki(
                [f"arn:aws:s3:::{name}" for name in (storage.loki_chunks, storage.loki_ruler)],
                buckets_key=encryption.buckets,
            ),
            ARGO_ROLLOUTS,
            keda(environment),
        ):
            bind(self, workload, cluster_name=cluster_name)

        controller = bind(self, external_secrets(environment), cluster_name=cluster_name).role_arn
        for namespace in SECRET_NAMESPACES:
            reader(self, namespace, controller_role_arn=controller, secrets_key=encryption.secrets)

        # For what knows IRSA and no Pod Identity yet, and for federation out of the cluster.
        IamOpenidConnectProvider(
            self,
            "oidc-provider",
            url=cluster.issuer_url,
            client_id_list=["sts.amazonaws.com"],
        )
