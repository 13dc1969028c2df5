"""What leaves Terraform: a stack that makes nothing, and whose outputs are the facts."""

from dataclasses import fields

from cdktf import TerraformOutput
from constructs import Construct

from stacks.cluster import Cluster
from stacks.edge import Edge
from stacks.encryption import Encryption
from stacks.facts import Facts
from stacks.network import Network
from stacks.registry import registry_host
from stacks.settings import Account, Environment
from stacks.stack import EnvironmentStack
from stacks.storage import Storage


class Outputs(EnvironmentStack):
    """The facts of one environment, in one place, so that one command reads them all."""

    def __init__(
        self,
        scope: Construct,
        environment: Environment,
        *,
        network: Network,
        cluster: Cluster,
        edge: Edge,
        storage: Storage,
        encryption: Encryption,
        registry: Account,
    ) -> None:
        super().__init__(scope, environment, noun="outputs")
        facts = Facts(
            environment=environment.name,
            account_id=environment.account.id,
            region=environment.region,
            domain=environment.domain.name,
            kubernetes_version=environment.cluster.kubernetes_version,
            cluster_name=cluster.name,
            vpc_id=network.vpc_id,
            vpc_cidr=environment.network.cidr,
            public_cidr=environment.network.public_cidr,
            intra_cidr=environment.network.intra_cidr,
            service_cidr=environment.cluster.service_cidr,
            certificate_arn=edge.certificate_arn,
            web_acl_arn=edge.web_acl_arn,
            access_log_bucket=storage.access_logs,
            loki_chunks_bucket=storage.loki_chunks,
            loki_ruler_bucket=storage.loki_ruler,
            user_pool_arn=edge.user_pool_arn,
            user_pool_id=edge.user_pool_id,
            user_pool_client_id=edge.user_pool_client_id,
            user_pool_domain=edge.user_pool_domain,
            volumes_key_arn=encryption.volumes,
            registry=registry_host(registry),
        )
        for fact in fields(facts):
            TerraformOutput(self, fact.name, value=getattr(facts, fact.name))
