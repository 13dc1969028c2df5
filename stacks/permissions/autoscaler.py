"""What the cluster autoscaler may do: see all groups, change only its own cluster's."""

from stacks.permissions import NO_RESOURCE
from stacks.pod_identity import Workload
from stacks.policy import Statement
from stacks.settings import Environment


def cluster_autoscaler(environment: Environment) -> Workload:
    """https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md"""
    region, account_id, cluster = (
        environment.region,
        environment.account.id,
        environment.cluster_name,
    )
    return Workload(
        name="cluster-autoscaler",
        namespace="tribe-system",
        service_account="cluster-autoscaler",
        statements=[
            Statement(
                sid="SeeGroups",
                actions=[
                    "autoscaling:DescribeAutoScalingGroups",
                    "autoscaling:DescribeAutoScalingInstances",
                    "autoscaling:DescribeLaunchConfigurations",
                    "autoscaling:DescribeScalingActivities",
                    "autoscaling:DescribeTags",
                    "ec2:DescribeImages",
                    "ec2:DescribeInstanceTypes",
                    "ec2:DescribeLaunchTemplateVersions",
                    "ec2:GetInstanceTypesFromInstanceRequirements",
                ],
                resources=["*"],
                why=NO_RESOURCE,
            ),
            Statement(
                sid="SeeNodeGroups",
                actions=["eks:DescribeNodegroup"],
                resources=[f"arn:aws:eks:{region}:{account_id}:nodegroup/{cluster}/*"],
            ),
            Statement(
                sid="ScaleOwnGroups",
                actions=[
                    "autoscaling:SetDesiredCapacity",
                    "autoscaling:TerminateInstanceInAutoScalingGroup",
                ],
                resources=[
                    f"arn:aws:autoscaling:{region}:{account_id}:autoScalingGroup:*:autoScalingGroupName/eks-*"
                ],
                conditions={
                    "StringEquals": {
                        f"aws:ResourceTag/k8s.io/cluster-autoscaler/{cluster}": "owned"
                    }
                },
            ),
        ],
    )
