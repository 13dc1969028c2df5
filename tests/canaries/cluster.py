"""The cluster and its nodes: edits to the stack, each a line that a review could miss."""

from gates import checkov
from stacks.guardrails import violations
from tests.canaries.canary import Canary
from tests.canaries.edit import changed, merged

CLUSTER = "aws_eks_cluster.cluster"
NODES = "aws_launch_template.system-template"

CLUSTERS = (
    Canary(
        claim="a cluster without its audit log",
        bad=changed("dev-cluster", CLUSTER, enabled_cluster_log_types=["api", "scheduler"]),
        rejected_by={
            violations: "does not log audit",
            checkov.scan_stacks: "CKV_AWS_37",
        },
    ),
    Canary(
        claim="a Kubernetes API that the world can reach",
        bad=merged("dev-cluster", CLUSTER, "vpc_config", endpoint_public_access=True),
        rejected_by={
            violations: "has a public endpoint open to the world",
            checkov.scan_stacks: "CKV_AWS_39",
        },
    ),
    Canary(
        claim="a Kubernetes API that two halves of the world can reach",
        bad=merged(
            "dev-cluster",
            CLUSTER,
            "vpc_config",
            endpoint_public_access=True,
            public_access_cidrs=["0.0.0.0/1", "128.0.0.0/1"],
        ),
        rejected_by={violations: "has a public endpoint open to the world"},
    ),
    Canary(
        claim="a public endpoint in prod, though for one address alone",
        bad=merged(
            "prod-cluster",
            CLUSTER,
            "vpc_config",
            endpoint_public_access=True,
            public_access_cidrs=["198.51.100.7/32"],
        ),
        rejected_by={violations: "has a public endpoint in production"},
    ),
    Canary(
        claim="a cluster whose maker is its hidden administrator",
        bad=merged(
            "dev-cluster",
            CLUSTER,
            "access_config",
            bootstrap_cluster_creator_admin_permissions=True,
        ),
        rejected_by={violations: "makes its creator an administrator"},
    ),
    Canary(
        claim="a cluster that still reads a config map for who may enter",
        bad=merged(
            "dev-cluster", CLUSTER, "access_config", authentication_mode="API_AND_CONFIG_MAP"
        ),
        rejected_by={violations: "does not authenticate by API"},
    ),
    Canary(
        claim="a cluster that keeps secrets in the clear",
        bad=changed("dev-cluster", CLUSTER, encryption_config=None),
        rejected_by={violations: "does not encrypt secrets", checkov.scan_stacks: "CKV_AWS_58"},
    ),
    Canary(
        claim="nodes whose credentials pods can fetch",
        bad=merged("dev-cluster", NODES, "metadata_options", http_put_response_hop_limit=2),
        rejected_by={
            violations: "lets pods reach the metadata service",
            checkov.scan_stacks: "CKV_AWS_341",
        },
    ),
    Canary(
        claim="nodes that hand out credentials without a token",
        bad=merged("dev-cluster", NODES, "metadata_options", http_tokens="optional"),
        rejected_by={
            violations: "lets pods reach the metadata service",
            checkov.scan_stacks: "CKV_AWS_79",
        },
    ),
    Canary(
        claim="nodes with the image's own disk, in the clear",
        bad=changed("dev-cluster", NODES, block_device_mappings=None),
        rejected_by={violations: "has a disk without a customer key"},
    ),
    Canary(
        claim="a cluster of prod that one command deletes",
        bad=changed("prod-cluster", CLUSTER, deletion_protection=False),
        rejected_by={violations: "has no deletion protection"},
    ),
)
