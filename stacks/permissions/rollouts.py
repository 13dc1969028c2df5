"""What Argo Rollouts may do: see whether the load balancer has taken a new weight or target."""

from stacks.permissions import NO_RESOURCE
from stacks.pod_identity import Workload
from stacks.policy import Statement

# https://argo-rollouts.readthedocs.io/en/stable/features/traffic-management/alb/
ARGO_ROLLOUTS = Workload(
    name="argo-rollouts",
    namespace="tribe-system",
    service_account="argo-rollouts",
    statements=[
        Statement(
            sid="VerifyTargets",
            actions=[
                "elasticloadbalancing:DescribeListeners",
                "elasticloadbalancing:DescribeLoadBalancers",
                "elasticloadbalancing:DescribeRules",
                "elasticloadbalancing:DescribeTags",
                "elasticloadbalancing:DescribeTargetGroups",
                "elasticloadbalancing:DescribeTargetHealth",
            ],
            resources=["*"],
            why=NO_RESOURCE,
        )
    ],
)
