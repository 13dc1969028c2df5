"""The cluster of one environment: its version, who reaches it, its nodes."""

from ipaddress import IPv4Network, IPv6Network, ip_network

from .access import Access, ExternalIdentity
from .kubernetes import SUPPORTED, KubernetesVersion
from .network import PRIVATE_RANGES, private_network
from .nodes import NodeGroup
from .retention import check_retention
from .schema import refuse, settings

# What nodes and the platform's controllers run on; the add-ons select it by name.
SYSTEM_GROUP = "system"
# With prefix delegation a node's pods take whole /28 blocks; kubelet's limit is 110 pods
# below 30 vCPU (https://docs.aws.amazon.com/eks/latest/userguide/cni-increase-ip-addresses.html).
ADDRESSES_PER_NODE = 128


@settings
class Cluster:
    """EKS.

    public_access_cidrs: blocks that reach the public endpoint; none closes it.
    service_cidr: addresses of Services, of which the VPC knows nothing.
    log_retention_days: days that control-plane logs are kept.
    """

    access: tuple[Access, ...]
    node_groups: tuple[NodeGroup, ...]
    deletion_protection: bool
    kubernetes_version: str = "1.36"
    public_access_cidrs: tuple[str, ...] = ()
    service_cidr: str = "172.20.0.0/16"
    log_retention_days: int = 365
    external_identity: ExternalIdentity | None = None

    def __post_init__(self) -> None:
        if self.kubernetes_version not in SUPPORTED:
            problem = f"{self.kubernetes_version} is not in EKS's standard support."
            refuse(self, "kubernetes_version", problem, f"Write one of {', '.join(SUPPORTED)}.")
        service_block = private_network(self, "service_cidr", self.service_cidr)
        if not 12 <= service_block.prefixlen <= 24:  # EKS's own limits
            refuse(
                self,
                "service_cidr",
                f"{self.service_cidr} is not /12 to /24.",
                'Write "172.20.0.0/16".',
            )
        for cidr in self.public_access_cidrs:
            self._check_public_access(cidr)
        if not any(access.policy == "AmazonEKSClusterAdminPolicy" for access in self.access):
            mend = "Name a role with AmazonEKSClusterAdminPolicy: not even the creator has rights."
            refuse(self, "access", "leaves nobody who may administer the cluster.", mend)
        for field, names in (
            ("access", [access.role for access in self.access]),
            ("node_groups", [group.name for group in self.node_groups]),
        ):
            twice = [name for name in names if names.count(name) > 1]
            if twice:
                refuse(self, field, f"names {twice[0]} twice.", "Name each once.")
        if SYSTEM_GROUP not in [group.name for group in self.node_groups]:
            mend = f'Name a group "{SYSTEM_GROUP}": the add-ons run there, and would wait for ever.'
            refuse(self, "node_groups", "lacks the system group.", mend)
        check_retention(self, "log_retention_days", self.log_retention_days)

    def _check_public_access(self, cidr: str) -> None:
        try:
            block: IPv4Network | IPv6Network = ip_network(cidr, strict=False)
        except ValueError:
            refuse(
                self,
                "public_access_cidrs",
                f"{cidr!r} is not a CIDR block.",
                'Write "198.51.100.7/32".',
            )
        if isinstance(block, IPv6Network):
            mend = "Write IPv4: the public endpoint of an IPv4 cluster has no other address."
            refuse(self, "public_access_cidrs", f"{cidr} is IPv6.", mend)
        if str(block) != cidr:
            refuse(self, "public_access_cidrs", f"{cidr} has host bits set.", f'Write "{block}".')
        if block.prefixlen < 16:
            mend = (
                "Name your own addresses, /16 or longer, or leave it empty for a private endpoint."
            )
            refuse(
                self, "public_access_cidrs", f"{cidr} opens the Kubernetes API to the world.", mend
            )
        if any(block.subnet_of(private) for private in PRIVATE_RANGES):
            mend = "Write the public address that they leave by; private ones have an endpoint."
            refuse(self, "public_access_cidrs", f"{cidr} holds private addresses.", mend)

    @property
    def version(self) -> KubernetesVersion:
        """What belongs to the cluster's Kubernetes version."""
        return SUPPORTED[self.kubernetes_version]

    @property
    def most_node_addresses(self) -> int:
        """Addresses that nodes and pods take when every group is at its largest."""
        return sum(group.max_size for group in self.node_groups) * ADDRESSES_PER_NODE
