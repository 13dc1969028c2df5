"""What the AWS Load Balancer Controller may do: see the VPC, make and change what bears its tag."""

from stacks.naming import CLUSTER_TAG
from stacks.permissions import NO_RESOURCE
from stacks.pod_identity import Workload
from stacks.policy import Statement
from stacks.settings import Environment


def load_balancer_controller(
    environment: Environment, *, web_acl_arn: str, user_pool_arn: str
) -> Workload:
    """Narrower than the policy upstream installs: own cluster's tag value, own ACL, own user pool.

    Without Shield, Outposts' address pools, IPAM, the classic WAF and IAM's certificates,
    none of which this platform uses
    (https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/docs/install/iam_policy.json).
    """
    return Workload(
        name="load-balancer-controller",
        namespace="tribe-system",
        service_account="aws-load-balancer-controller",
        statements=[
            _see(),
            *_guard_hosts(environment, web_acl_arn=web_acl_arn, user_pool_arn=user_pool_arn),
            *_security_groups(environment),
            *_load_balancers(environment),
        ],
    )


def _see() -> Statement:
    return Statement(
        sid="See",
        actions=[
            "acm:ListCertificates",
            "ec2:DescribeAccountAttributes",
            "ec2:DescribeAddresses",
            "ec2:DescribeAvailabilityZones",
            "ec2:DescribeInstances",
            "ec2:DescribeInternetGateways",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeRouteTables",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeSubnets",
            "ec2:DescribeTags",
            "ec2:DescribeVpcPeeringConnections",
            "ec2:DescribeVpcs",
            "elasticloadbalancing:DescribeCapacityReservation",
            "elasticloadbalancing:DescribeListenerAttributes",
            "elasticloadbalancing:DescribeListenerCertificates",
            "elasticloadbalancing:DescribeListeners",
            "elasticloadbalancing:DescribeLoadBalancerAttributes",
            "elasticloadbalancing:DescribeLoadBalancers",
            "elasticloadbalancing:DescribeRules",
            "elasticloadbalancing:DescribeSSLPolicies",
            "elasticloadbalancing:DescribeTags",
            "elasticloadbalancing:DescribeTargetGroupAttributes",
            "elasticloadbalancing:DescribeTargetGroups",
            "elasticloadbalancing:DescribeTargetHealth",
            "elasticloadbalancing:DescribeTrustStores",
        ],
        resources=["*"],
        why=NO_RESOURCE,
    )


def _guard_hosts(
    environment: Environment, *, web_acl_arn: str, user_pool_arn: str
) -> list[Statement]:
    place = f"{environment.region}:{environment.account.id}"
    return [
        Statement(
            sid="OwnFirewall",
            actions=["wafv2:AssociateWebACL", "wafv2:GetWebACL", "wafv2:GetWebACLForResource"],
            resources=[web_acl_arn],
        ),
        # AssociateWebACL and its likes ask for both ends, and for the load balancer's own consent
        # (https://docs.aws.amazon.com/waf/latest/developerguide/security_iam_service-with-iam.html).
        Statement(
            sid="FirewallOfLoadBalancers",
            actions=[
                "elasticloadbalancing:CreateWebACLAssociation",
                "elasticloadbalancing:DeleteWebACLAssociation",
                "elasticloadbalancing:GetLoadBalancerWebACL",
                "wafv2:AssociateWebACL",
                "wafv2:DisassociateWebACL",
                "wafv2:GetWebACLForResource",
            ],
            resources=[f"arn:aws:elasticloadbalancing:{place}:loadbalancer/app/*"],
        ),
        Statement(
            sid="FirewallConsent",
            actions=["elasticloadbalancing:SetWebAcl"],
            resources=["*"],
            why="AWS has no resource for it; alone it changes nothing, the WAF's own actions do",
        ),
        Statement(
            sid="OwnUserPool",
            actions=["cognito-idp:DescribeUserPoolClient"],
            resources=[user_pool_arn],
        ),
        Statement(
            sid="Certificates",
            actions=["acm:DescribeCertificate"],
            resources=[f"arn:aws:acm:{place}:certificate/*"],
        ),
        Statement(
            sid="ServiceLinkedRole",
            actions=["iam:CreateServiceLinkedRole"],
            resources=[
                "arn:aws:iam::*:role/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing"
            ],
            conditions={
                "StringEquals": {"iam:AWSServiceName": "elasticloadbalancing.amazonaws.com"}
            },
        ),
    ]


def _security_groups(environment: Environment) -> list[Statement]:
    own_tag = {"StringEquals": {f"aws:ResourceTag/{CLUSTER_TAG}": environment.cluster_name}}
    place = f"{environment.region}:{environment.account.id}"
    groups, vpcs = (f"arn:aws:ec2:{place}:{kind}/*" for kind in ("security-group", "vpc"))
    return [
        Statement(
            sid="SeeSecurityGroupsOfVpc", actions=["ec2:GetSecurityGroupsForVpc"], resources=[vpcs]
        ),
        Statement(
            sid="MakeSecurityGroups",
            actions=["ec2:CreateSecurityGroup"],
            resources=[groups],
            conditions={
                "StringEquals": {f"aws:RequestTag/{CLUSTER_TAG}": environment.cluster_name}
            },
        ),
        Statement(
            sid="MakeSecurityGroupsInVpc",
            actions=["ec2:CreateSecurityGroup"],
            resources=[vpcs],
        ),
        Statement(
            sid="TagNewSecurityGroups",
            actions=["ec2:CreateTags"],
            resources=[groups],
            conditions={
                "StringEquals": {
                    "ec2:CreateAction": "CreateSecurityGroup",
                    f"aws:RequestTag/{CLUSTER_TAG}": environment.cluster_name,
                }
            },
        ),
        Statement(
            sid="ChangeOwnSecurityGroups",
            actions=[
                "ec2:AuthorizeSecurityGroupIngress",
                "ec2:CreateTags",
                "ec2:DeleteSecurityGroup",
                "ec2:DeleteTags",
                "ec2:RevokeSecurityGroupIngress",
            ],
            resources=[groups],
            conditions=own_tag,
        ),
        Statement(
            sid="OpenNodesToLoadBalancers",
            actions=["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
            resources=[groups],
            # EKS's own group, which all nodes bear
            conditions={
                "StringEquals": {
                    f"aws:ResourceTag/kubernetes.io/cluster/{environment.cluster_name}": "owned"
                }
            },
        ),
    ]


def _load_balancers(environment: Environment) -> list[Statement]:
    prefix = f"arn:aws:elasticloadbalancing:{environment.region}:{environment.account.id}"
    balancers = [f"{prefix}:loadbalancer/{kind}/*" for kind in ("app", "net")]
    listeners = [f"{prefix}:listener/{kind}/*" for kind in ("app", "net")]
    rules = [f"{prefix}:listener-rule/{kind}/*" for kind in ("app", "net")]
    targets = [f"{prefix}:targetgroup/*"]
    own_tag = {"StringEquals": {f"aws:ResourceTag/{CLUSTER_TAG}": environment.cluster_name}}
    asked_tag = {"StringEquals": {f"aws:RequestTag/{CLUSTER_TAG}": environment.cluster_name}}
    return [
        Statement(
            sid="Make",
            actions=[
                "elasticloadbalancing:CreateLoadBalancer",
                "elasticloadbalancing:CreateTargetGroup",
            ],
            resources=[*balancers, *targets],
            conditions=asked_tag,
        ),
        Statement(
            sid="TagNew",
            actions=["elasticloadbalancing:AddTags"],
            resources=[*balancers, *targets],
            # While they are made, so that no other's can be taken over by tagging it.
            conditions={
                "StringEquals": {
                    **asked_tag["StringEquals"],
                    "elasticloadbalancing:CreateAction": [
                        "CreateLoadBalancer",
                        "CreateTargetGroup",
                    ],
                }
            },
        ),
        Statement(
            sid="TagNewListeners",
            actions=["elasticloadbalancing:AddTags"],
            resources=[*listeners, *rules],
            # A new one has no tag yet; another cluster's has one, and stays its own.
            conditions={**asked_tag, "StringEqualsIfExists": own_tag["StringEquals"]},
        ),
        Statement(
            sid="ChangeOwn",
            actions=[
                "elasticloadbalancing:AddListenerCertificates",
                "elasticloadbalancing:AddTags",
                "elasticloadbalancing:CreateListener",
                "elasticloadbalancing:CreateRule",
                "elasticloadbalancing:DeleteListener",
                "elasticloadbalancing:DeleteLoadBalancer",
                "elasticloadbalancing:DeleteRule",
                "elasticloadbalancing:DeleteTargetGroup",
                "elasticloadbalancing:DeregisterTargets",
                "elasticloadbalancing:ModifyListener",
                "elasticloadbalancing:ModifyListenerAttributes",
                "elasticloadbalancing:ModifyLoadBalancerAttributes",
                "elasticloadbalancing:ModifyRule",
                "elasticloadbalancing:ModifyTargetGroup",
                "elasticloadbalancing:ModifyTargetGroupAttributes",
                "elasticloadbalancing:RegisterTargets",
                "elasticloadbalancing:RemoveListenerCertificates",
                "elasticloadbalancing:RemoveTags",
                "elasticloadbalancing:SetIpAddressType",
                "elasticloadbalancing:SetRulePriorities",
                "elasticloadbalancing:SetSecurityGroups",
                "elasticloadbalancing:SetSubnets",
            ],
            resources=[*balancers, *listeners, *rules, *targets],
            conditions=own_tag,
        ),
    ]
