"""VPC endpoints: what private nodes call without leaving AWS's network."""

from cdktf_cdktf_provider_aws.security_group import SecurityGroup
from cdktf_cdktf_provider_aws.vpc_endpoint import VpcEndpoint
from cdktf_cdktf_provider_aws.vpc_security_group_ingress_rule import VpcSecurityGroupIngressRule

from stacks.policy import Statement, document
from stacks.stack import EnvironmentStack


def endpoints(
    stack: EnvironmentStack, *, vpc_id: str, subnet_ids: list[str], route_table_ids: list[str]
) -> None:
    """S3 by the route tables, and the settings' services by an interface in every zone."""
    region, account_id = stack.environment.region, stack.environment.account.id
    VpcEndpoint(
        stack,
        "s3-endpoint",
        vpc_id=vpc_id,
        service_name=f"com.amazonaws.{region}.s3",
        vpc_endpoint_type="Gateway",
        route_table_ids=route_table_ids,
        policy=document([_own_principals(account_id), _image_layers(region)]),
        tags={"Name": stack.named("s3")},
    )
    services = stack.environment.network.interface_endpoints
    if not services:
        return
    group = SecurityGroup(
        stack,
        "endpoint-security-group",
        name=stack.named("endpoints"),
        description="Interface endpoints: TLS from inside the VPC",
        vpc_id=vpc_id,
        tags={"Name": stack.named("endpoints")},
    ).id
    VpcSecurityGroupIngressRule(
        stack,
        "endpoint-tls",
        security_group_id=group,
        description="TLS from nodes and pods",
        cidr_ipv4=stack.environment.network.cidr,
        ip_protocol="tcp",
        from_port=443,
        to_port=443,
    )
    for service in services:
        own = [_own_principals(account_id)]
        VpcEndpoint(
            stack,
            f"{service.replace('.', '-')}-endpoint",
            vpc_id=vpc_id,
            service_name=f"com.amazonaws.{region}.{service}",
            vpc_endpoint_type="Interface",
            private_dns_enabled=True,
            subnet_ids=subnet_ids,
            security_group_ids=[group],
            policy=document([*own, _web_identity(account_id)] if service == "sts" else own),
            tags={"Name": stack.named(service)},
        )


def _own_principals(account_id: str) -> Statement:
    return Statement(
        sid="OwnPrincipals",
        actions=["*"],
        resources=["*"],
        principals={"AWS": "*"},
        conditions={"StringEquals": {"aws:PrincipalAccount": account_id}},
        why="IAM says what each principal may; the endpoint keeps other accounts' credentials out",
    )


def _web_identity(account_id: str) -> Statement:
    # IRSA's call bears a token and no signature: it has no principal yet.
    return Statement(
        sid="WebIdentity",
        actions=["sts:AssumeRoleWithWebIdentity"],
        resources=[f"arn:aws:iam::{account_id}:role/*"],
        principals={"AWS": "*"},
        why="each role's own trust policy says whose token it takes",
    )


def _image_layers(region: str) -> Statement:
    # https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-minimum-s3-perms
    return Statement(
        sid="ImageLayers",
        actions=["s3:GetObject"],
        resources=[f"arn:aws:s3:::prod-{region}-starport-layer-bucket/*"],
        principals={"AWS": "*"},
        why="ECR hands out links to its layers that are signed by itself, not by this account",
    )
