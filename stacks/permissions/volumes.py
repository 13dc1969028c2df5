"""What the storage and network add-ons may do: AWS keeps their policies, tag-scoped by itself."""

from stacks.pod_identity import Workload
from stacks.policy import Statement

CNI = Workload(
    name="vpc-cni",
    namespace="kube-system",
    service_account="aws-node",
    managed_policies=["arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy"],
)


def ebs_csi_driver(volume_key: str) -> Workload:
    """The EBS driver: AWS's policy, and the customer key that every disk of ours is made with."""
    return Workload(
        name="ebs-csi-driver",
        namespace="kube-system",
        service_account="ebs-csi-controller-sa",
        managed_policies=["arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy"],
        statements=[
            Statement(
                sid="UseVolumeKey",
                actions=[
                    "kms:Decrypt",
                    "kms:DescribeKey",
                    "kms:Encrypt",
                    "kms:GenerateDataKey*",
                    "kms:ReEncrypt*",
                ],
                resources=[volume_key],
            ),
            Statement(
                sid="LendVolumeKey",
                actions=["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
                resources=[volume_key],
                conditions={"Bool": {"kms:GrantIsForAWSResource": "true"}},
            ),
        ],
    )
