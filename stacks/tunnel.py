"""The way in to a private Kubernetes API: a machine through which Session Manager forwards a port.

It listens to nothing, has no key and no public address, and may do nothing in AWS. Whoever has the
right opens a session, and gets the Kubernetes API of this cluster on a port of his own machine.
"""

import json

from cdktf import Fn, Token
from cdktf_cdktf_provider_aws.autoscaling_group import AutoscalingGroup, AutoscalingGroupTag
from cdktf_cdktf_provider_aws.iam_instance_profile import IamInstanceProfile
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from cdktf_cdktf_provider_aws.launch_template import LaunchTemplate
from cdktf_cdktf_provider_aws.security_group import SecurityGroup
from cdktf_cdktf_provider_aws.ssm_document import SsmDocument
from cdktf_cdktf_provider_aws.vpc_security_group_egress_rule import VpcSecurityGroupEgressRule
from cdktf_cdktf_provider_aws.vpc_security_group_ingress_rule import VpcSecurityGroupIngressRule

from stacks.cluster import Cluster
from stacks.machine import guarded_metadata, machine_tags, root_disk
from stacks.naming import boundary_arn, tags
from stacks.network import ANYWHERE, Network
from stacks.permissions.tunnel import AGENT
from stacks.policy import document, trust
from stacks.stack import EnvironmentStack
from stacks.way_in import tunnel_name

# The newest Amazon Linux at the moment a machine starts; Session Manager's agent is in it
# (https://docs.aws.amazon.com/linux/al2023/ug/ec2.html).
IMAGE = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64"
MACHINE = "t4g.nano"
DISK_GIB = 8

# A machine is replaced after this long, and so is always patched.
LIFETIME_SECONDS = 7 * 86_400

# What the agent calls; where they have endpoints in the VPC, nothing needs to leave it.
AGENT_SERVICES = {"ssm", "ssmmessages"}


def tunnel(stack: EnvironmentStack, *, network: Network, cluster: Cluster, volume_key: str) -> None:
    """One machine, in whichever zone is left, and the session document that leads through it."""
    group = _security_group(stack, network)
    VpcSecurityGroupIngressRule(
        stack,
        "tunnel-to-cluster",
        security_group_id=cluster.security_group_id,
        description="The Kubernetes API, for the tunnel",
        referenced_security_group_id=group,
        ip_protocol="tcp",
        from_port=443,
        to_port=443,
    )
    template = _launch_template(stack, security_group_id=group, volume_key=volume_key)
    AutoscalingGroup(
        stack,
        "tunnel",
        name=tunnel_name(stack.environment.name),
        min_size=1,
        max_size=1,
        vpc_zone_identifier=network.private_subnet_ids,
        launch_template={"id": template.id, "version": Token.as_string(template.latest_version)},
        max_instance_lifetime=LIFETIME_SECONDS,
        instance_refresh={"strategy": "Rolling", "preferences": {"min_healthy_percentage": 0}},
        tag=[
            AutoscalingGroupTag(key=key, value=value, propagate_at_launch=False)
            for key, value in tags(scope=stack.environment.name, noun="access").items()
        ],
    )
    # The host is written in the document, so that the right to open a session is the right to
    # reach this API and nothing else in the VPC.
    content = {
        "schemaVersion": "1.0",
        "description": f"The Kubernetes API of {stack.environment.cluster_name}",
        "sessionType": "Port",
        "parameters": {
            "localPortNumber": {
                "type": "String",
                "description": "The port on the caller's own machine",
                "allowedPattern": "^[0-9]{2,5}$",
            }
        },
        "properties": {
            "type": "LocalPortForwarding",
            "host": Fn.trimprefix(cluster.endpoint, "https://"),
            "portNumber": "443",
            "localPortNumber": "{{ localPortNumber }}",
        },
    }
    SsmDocument(
        stack,
        "tunnel-document",
        name=tunnel_name(stack.environment.name),
        document_type="Session",
        document_format="JSON",
        content=json.dumps(content),
    )


def _security_group(stack: EnvironmentStack, network: Network) -> str:
    settings = stack.environment.network
    stays = set(settings.interface_endpoints) >= AGENT_SERVICES
    group = SecurityGroup(
        stack,
        "tunnel-security-group",
        name=tunnel_name(stack.environment.name),
        description="The tunnel: nothing comes in",
        vpc_id=network.vpc_id,
        tags={"Name": tunnel_name(stack.environment.name)},
    ).id
    VpcSecurityGroupEgressRule(
        stack,
        "tunnel-out",
        security_group_id=group,
        description="TLS to the Kubernetes API and to Session Manager",
        cidr_ipv4=settings.cidr if stays else ANYWHERE,
        ip_protocol="tcp",
        from_port=443,
        to_port=443,
    )
    return group


def _launch_template(
    stack: EnvironmentStack, *, security_group_id: str, volume_key: str
) -> LaunchTemplate:
    name = tunnel_name(stack.environment.name)
    return LaunchTemplate(
        stack,
        "tunnel-template",
        name=name,
        update_default_version=True,
        image_id=IMAGE,
        instance_type=MACHINE,
        iam_instance_profile={"arn": _profile(stack)},
        vpc_security_group_ids=[security_group_id],
        block_device_mappings=root_disk(gib=DISK_GIB, key_arn=volume_key),
        metadata_options=guarded_metadata(),
        tag_specifications=machine_tags(stack, noun="access", name=name),
    )


def _profile(stack: EnvironmentStack) -> str:
    role = IamRole(
        stack,
        "tunnel-role",
        name=tunnel_name(stack.environment.name),
        description="The tunnel's machine: Session Manager, and nothing else",
        assume_role_policy=trust("ec2.amazonaws.com"),
        permissions_boundary=boundary_arn(stack.environment.account.id),
    )
    IamRolePolicy(
        stack, "tunnel-agent", name="session-manager", role=role.id, policy=document(AGENT)
    )
    return IamInstanceProfile(
        stack, "tunnel-profile", name=tunnel_name(stack.environment.name), role=role.name
    ).arn
