"""EKS: the control plane, who reaches it, its node groups and add-ons."""

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_aws.eks_access_entry import EksAccessEntry
from cdktf_cdktf_provider_aws.eks_access_policy_association import EksAccessPolicyAssociation
from cdktf_cdktf_provider_aws.eks_cluster import EksCluster
from cdktf_cdktf_provider_aws.eks_identity_provider_config import EksIdentityProviderConfig
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
from cdktf_cdktf_provider_aws.security_group import SecurityGroup
from constructs import Construct

from stacks.addons import addons_before_nodes, addons_on_nodes
from stacks.encryption import Encryption
from stacks.logs import log_group
from stacks.naming import boundary_arn, role_arn
from stacks.network import Network
from stacks.nodes import node_group, node_role
from stacks.permissions.volumes import CNI, ebs_csi_driver
from stacks.pod_identity import bind
from stacks.policy import Statement, document, trust
from stacks.settings import Access, Environment
from stacks.stack import EnvironmentStack
from stacks.waivers import waive

ALL_LOGS = ("api", "audit", "authenticator", "controllerManager", "scheduler")


class Cluster(EnvironmentStack):
    """The cluster `tribe-<environment>`, ready for pods."""

    def __init__(
        self,
        scope: Construct,
        environment: Environment,
        *,
        network: Network,
        encryption: Encryption,
    ) -> None:
        super().__init__(scope, environment, noun="cluster")
        settings = environment.cluster
        role, permissions = self._control_plane_role(encryption.cluster)
        logs = log_group(
            self,
            "log-group",
            name=f"/aws/eks/{environment.cluster_name}/cluster",  # where EKS writes
            key_arn=encryption.logs,
            retention_days=settings.log_retention_days,
        )
        # Beside the group that EKS makes for the cluster and its nodes: whoever is let in through
        # this one reaches the API, and no node.
        self.security_group_id = SecurityGroup(
            self,
            "api-security-group",
            name=self.named("api"),
            description="The Kubernetes API, for those whom other stacks let in",
            vpc_id=network.vpc_id,
            tags={"Name": self.named("api")},
        ).id
        eks = EksCluster(
            self,
            "cluster",
            name=environment.cluster_name,
            role_arn=role.arn,
            version=settings.kubernetes_version,
            deletion_protection=settings.deletion_protection,
            bootstrap_self_managed_addons=False,
            enabled_cluster_log_types=list(ALL_LOGS),
            access_config={
                "authentication_mode": "API",
                "bootstrap_cluster_creator_admin_permissions": False,
            },
            vpc_config={
                "subnet_ids": network.intra_subnet_ids,
                "security_group_ids": [self.security_group_id],
                "endpoint_private_access": True,
                "endpoint_public_access": bool(settings.public_access_cidrs),
                "public_access_cidrs": list(settings.public_access_cidrs) or None,
            },
            encryption_config={
                "provider": {"key_arn": encryption.cluster},
                "resources": ["secrets"],
            },
            kubernetes_network_config={"service_ipv4_cidr": settings.service_cidr},
            upgrade_policy={"support_type": "STANDARD"},  # the API's default is paid
            zonal_shift_config={"enabled": True},
            # EKS makes its network interfaces by its permissions, and deletes them by these too.
            depends_on=[logs, *permissions],
            lifecycle=self.kept(),
        )
        waive(
            eks,
            "CKV_AWS_339",
            why="checkov's list of versions is older than EKS's; the settings hold EKS's own.",
        )
        self.name = eks.name
        self.endpoint = eks.endpoint
        self.certificate_authority = eks.certificate_authority.get(0).data
        self.issuer_url = eks.identity.get(0).oidc.get(0).issuer
        for access in settings.access:
            self._grant(access)
        self._trust_external_identity()

        cni = bind(self, CNI, cluster_name=self.name)
        ready_for_nodes = addons_before_nodes(self, cluster_name=self.name, after=[cni])
        nodes_role, node_permissions = node_role(self)
        groups = [
            node_group(
                self,
                group,
                cluster_name=self.name,
                role_arn=nodes_role.arn,
                subnet_ids=network.private_subnet_ids,
                volume_key=encryption.volumes,
                after=[*ready_for_nodes, *node_permissions],
            )
            for group in settings.node_groups
        ]
        ebs = bind(self, ebs_csi_driver(encryption.volumes), cluster_name=self.name)
        addons_on_nodes(self, cluster_name=self.name, after=[*groups, ebs])

    def _control_plane_role(self, key_arn: str) -> tuple[IamRole, list[ITerraformDependable]]:
        """The control plane's role, and its permissions."""
        role = IamRole(
            self,
            "role",
            name=self.named("cluster"),
            assume_role_policy=trust("eks.amazonaws.com"),
            permissions_boundary=boundary_arn(self.environment.account.id),
        )
        run_clusters = IamRolePolicyAttachment(
            self,
            "role-AmazonEKSClusterPolicy",
            role=role.id,
            policy_arn="arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",
        )
        # https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html
        use_key = Statement(
            sid="SecretsKey",
            actions=["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:ListGrants"],
            resources=[key_arn],
        )
        use_keys = IamRolePolicy(
            self, "role-key", name="secrets-key", role=role.id, policy=document([use_key])
        )
        return role, [run_clusters, use_keys]

    def _grant(self, access: Access) -> None:
        id_ = access.role.replace("/", "-")
        principal = role_arn(self.environment.account.id, access.role)
        entry = EksAccessEntry(
            self,
            f"access-{id_}",
            cluster_name=self.name,
            principal_arn=principal,
            kubernetes_groups=list(access.groups) or None,
        )
        if access.policy:
            EksAccessPolicyAssociation(
                self,
                f"access-{id_}-policy",
                cluster_name=self.name,
                principal_arn=principal,
                policy_arn=f"arn:aws:eks::aws:cluster-access-policy/{access.policy}",
                access_scope={"type": "cluster"},
                depends_on=[entry],
            )

    def _trust_external_identity(self) -> None:
        external = self.environment.cluster.external_identity
        if external is None:
            return
        EksIdentityProviderConfig(
            self,
            "external-identity",
            cluster_name=self.name,
            oidc={
                "identity_provider_config_name": self.named("people"),
                "issuer_url": external.issuer_url,
                "client_id": external.client_id,
                "username_claim": external.username_claim,
                "username_prefix": external.prefix,
                "groups_claim": external.groups_claim,
                "groups_prefix": external.prefix,
            },
        )
