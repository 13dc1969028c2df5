"""What stands in the emulators after an apply, asked of their APIs and not of Terraform's state."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import jmespath

from rehearsal.emulator import Emulator


@dataclass(frozen=True, kw_only=True)
class Question:
    """A call of AWS's API, and the names to take from its answer (a JMESPath expression)."""

    noun: str
    service: str
    operation: str
    take: str
    arguments: dict[str, Any] = field(default_factory=dict)
    in_registry: bool = False
    """Whether the account that holds the images is asked."""


def questions(*, environment: str, cluster: str) -> tuple[Question, ...]:
    """What a newcomer wants to see of an environment, from the ground up.

    cluster: its name, with which the names of the environment's other resources begin.
    """
    tagged = {"Filters": [{"Name": "tag:tribe:scope", "Values": [environment]}]}
    in_cluster = {"clusterName": cluster}
    return (
        Question(
            noun="VPC",
            service="ec2",
            operation="describe_vpcs",
            arguments=tagged,
            take="Vpcs[].CidrBlock",
        ),
        Question(
            noun="subnets",
            service="ec2",
            operation="describe_subnets",
            arguments=tagged,
            take="Subnets[].CidrBlock",
        ),
        Question(
            noun="NAT gateways",
            service="ec2",
            operation="describe_nat_gateways",
            arguments={"Filter": tagged["Filters"]},
            take="NatGateways[?State=='available'].NatGatewayId",
        ),
        Question(
            noun="cluster",
            service="eks",
            operation="describe_cluster",
            arguments={"name": cluster},
            take="[join(' ', [cluster.name, cluster.version, cluster.status])]",
        ),
        Question(
            noun="node groups",
            service="eks",
            operation="list_nodegroups",
            arguments=in_cluster,
            take="nodegroups",
        ),
        Question(
            noun="add-ons",
            service="eks",
            operation="list_addons",
            arguments=in_cluster,
            take="addons",
        ),
        Question(
            noun="access entries",
            service="eks",
            operation="list_access_entries",
            arguments=in_cluster,
            take="accessEntries[]",
        ),
        Question(
            noun="pod identities",
            service="eks",
            operation="list_pod_identity_associations",
            arguments=in_cluster,
            take="associations[].serviceAccount",
        ),
        Question(
            noun="KMS keys",
            service="kms",
            operation="list_aliases",
            take=f"Aliases[?starts_with(AliasName, 'alias/{cluster}-')].AliasName",
        ),
        Question(
            noun="certificates",
            service="acm",
            operation="list_certificates",
            take="CertificateSummaryList[].DomainName",
        ),
        Question(
            noun="firewalls",
            service="wafv2",
            operation="list_web_acls",
            arguments={"Scope": "REGIONAL"},
            take="WebACLs[].Name",
        ),
        Question(
            noun="user pools",
            service="cognito-idp",
            operation="list_user_pools",
            arguments={"MaxResults": 60},
            take="UserPools[].Name",
        ),
        Question(
            noun="buckets",
            service="s3",
            operation="list_buckets",
            take=f"Buckets[?starts_with(Name, '{cluster}-')].Name",
        ),
        Question(
            noun="secrets",
            service="secretsmanager",
            operation="list_secrets",
            take=f"SecretList[?contains(Name, '/{environment}/')].Name",
        ),
        Question(
            noun="queues",
            service="sqs",
            operation="list_queues",
            arguments={"QueueNamePrefix": cluster},
            take="QueueUrls",
        ),
        Question(
            noun="image repositories",
            service="ecr",
            operation="describe_repositories",
            take="repositories[].repositoryName",
            in_registry=True,
        ),
    )


def standing(
    asked: tuple[Question, ...], *, emulator: Emulator, account: str, registry: str
) -> Iterator[tuple[str, list[str]]]:
    """Noun and names for each question. account, registry: ids of the accounts to ask in."""
    for question in asked:
        client = emulator.client(
            question.service, account=registry if question.in_registry else account
        )
        answer = getattr(client, question.operation)(**question.arguments)
        names = jmespath.search(question.take, answer) or []
        yield question.noun, sorted(_short(name) for name in names)


def _short(name: str) -> str:
    """The last part of an ARN, a URL or a path; a CIDR block as it is."""
    return name if name[0].isdigit() else name.rsplit("/", 1)[-1]
