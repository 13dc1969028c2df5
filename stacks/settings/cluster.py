"""The cluster of one environment: its version, who reaches it, its nodes."""

import difflib
import re
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Literal

from .kubernetes import SUPPORTED, KubernetesVersion
from .network import PRIVATE_RANGES, private_network
from .retention import check_retention
from .schema import refuse, settings

# What nodes and the platform's controllers run on; the add-ons select it by name.
SYSTEM_GROUP = "system"
# https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
LABEL_NAME = r"[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?"
# x86_64 families that the AL2023_x86_64_STANDARD image runs on and EKS node groups accept.
INSTANCE_FAMILIES = (
    *("t3", "t3a"),
    *("m5", "m5a", "m6a", "m6i", "m7a", "m7i", "m7i-flex"),
    *("c5", "c6a", "c6i", "c7a", "c7i"),
    *("r5", "r6a", "r6i", "r7a", "r7i"),
)
# With prefix delegation a node's pods take whole /28 blocks; kubelet's limit is 110 pods
# below 30 vCPU (https://docs.aws.amazon.com/eks/latest/userguide/cni-increase-ip-addresses.html).
ADDRESSES_PER_NODE = 128


@settings
class Taint:
    """What keeps pods off a node unless they tolerate it (EKS's own spelling of the effect)."""

    key: str
    value: str
    effect: Literal["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"] = "NO_SCHEDULE"

    def __post_init__(self) -> None:
        if not re.fullmatch(rf"([a-z0-9.-]+/)?{LABEL_NAME}", self.key):
            refuse(
                self, "key", f"{self.key!r} is not a key.", 'Write one such as "tribe/workload".'
            )
        if not re.fullmatch(rf"({LABEL_NAME})?", self.value):
            mend = 'Write at most 63 letters, digits and dashes, such as "data-processing".'
            refuse(self, "value", f"{self.value!r} is not a value.", mend)


@settings
class NodeGroup:
    """A managed node group. Sizes count nodes, over all zones; the disk is in GiB."""

    name: str
    instance_types: tuple[str, ...]
    min_size: int
    desired_size: int
    max_size: int
    disk_gib: int = 50
    taints: tuple[Taint, ...] = ()

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z]([a-z0-9-]{0,30}[a-z0-9])?", self.name):
            mend = 'Write lower case and dashes, at most 32 letters, such as "data-processing".'
            refuse(self, "name", f"{self.name!r} is not a name.", mend)
        if not self.instance_types:
            refuse(
                self,
                "instance_types",
                f"of {self.name} is empty.",
                'Name one, such as ("t3.large",).',
            )
        for instance_type in self.instance_types:
            self._check_instance_type(instance_type)
        if self.min_size < 1:
            mend = (
                "Write at least 1: the autoscaler cannot grow from none without more permissions."
            )
            refuse(self, "min_size", f"of {self.name} is {self.min_size}.", mend)
        if self.max_size < 1:
            refuse(self, "max_size", f"of {self.name} is {self.max_size}.", "Write at least 1.")
        sizes = (
            f"of {self.name} is {self.desired_size}, outside {self.min_size} to {self.max_size}."
        )
        if not self.min_size <= self.desired_size <= self.max_size:
            refuse(self, "desired_size", sizes, "Write min_size <= desired_size <= max_size.")
        if self.disk_gib < 20:
            mend = "Write at least 20: the image needs that for itself."
            refuse(self, "disk_gib", f"of {self.name} is {self.disk_gib}.", mend)

    def _check_instance_type(self, instance_type: str) -> None:
        family, _, size = instance_type.partition(".")
        if family not in INSTANCE_FAMILIES or not re.fullmatch(r"(medium|(\d*x)?large)", size):
            near = difflib.get_close_matches(family, INSTANCE_FAMILIES, n=1)
            mend = (
                f"Did you mean {near[0]}.large?"
                if near
                else f"Take one of {', '.join(INSTANCE_FAMILIES)}."
            )
            problem = f"of {self.name} has {instance_type!r}, of no known x86_64 family or size."
            refuse(self, "instance_types", problem, mend)


@settings
class Access:
    """Who may use the Kubernetes API: an IAM role of the account, by an EKS access entry.

    role: the role's name, with its path if it has one.
    groups: Kubernetes groups that the cluster's own RBAC knows.
    policy: an EKS access policy over the whole cluster, for those whom RBAC may not lock out.
    """

    role: str
    groups: tuple[str, ...] = ()
    policy: Literal["AmazonEKSClusterAdminPolicy", "AmazonEKSAdminViewPolicy"] | None = None

    def __post_init__(self) -> None:
        if not re.fullmatch(r"([\w+=,.@-]+/)*[\w+=,.@-]{1,64}", self.role):
            mend = 'Write the role\'s name, such as "tribe-developers"; the account is known.'
            refuse(self, "role", f"{self.role!r} is not the name of an IAM role.", mend)
        for group in self.groups:
            if group.startswith(("system:", "eks:")):  # EKS refuses these
                refuse(
                    self,
                    "groups",
                    f"{group!r} is reserved.",
                    'Write one of ours: "tribe:developers".',
                )
        if not self.groups and not self.policy:
            refuse(
                self,
                "groups",
                f"of {self.role} is empty.",
                "Give groups or a policy: else it may nothing.",
            )


@settings
class ExternalIdentity:
    """People from an OpenID Connect provider, beside IAM. One provider a cluster, EKS's limit."""

    issuer_url: str
    client_id: str
    username_claim: str = "email"
    groups_claim: str = "groups"
    prefix: str = "oidc:"  # keeps a foreign group from bearing the name of one of ours

    def __post_init__(self) -> None:
        if not self.issuer_url.startswith("https://"):
            refuse(
                self,
                "issuer_url",
                f"{self.issuer_url!r} is not https.",
                "Write the provider's https URL.",
            )
        if not self.client_id:
            refuse(self, "client_id", "is empty.", "Write the client's id at that provider.")
        if "?" in self.issuer_url:
            refuse(
                self,
                "issuer_url",
                f"{self.issuer_url!r} has a query.",
                "Write it without: EKS takes none.",
            )
        # EKS reads "-" as "no prefix", and keeps "system:" for itself.
        if self.prefix in ("", "-") or self.prefix.startswith("system"):
            refuse(
                self, "prefix", f"{self.prefix!r} sets nobody apart.", 'Write one, such as "oidc:".'
            )


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
