"""What external-dns may do: write records in this environment's zone, and in no other."""

from stacks.permissions import NO_RESOURCE
from stacks.pod_identity import Workload
from stacks.policy import Statement


def external_dns(zone_arn: str) -> Workload:
    """https://github.com/kubernetes-sigs/external-dns/blob/master/docs/tutorials/aws.md"""
    return Workload(
        name="external-dns",
        namespace="tribe-system",
        service_account="external-dns",
        statements=[
            Statement(
                sid="WriteOwnZone",
                actions=[
                    "route53:ChangeResourceRecordSets",
                    "route53:ListResourceRecordSets",
                    "route53:ListTagsForResources",
                ],
                resources=[zone_arn],
            ),
            Statement(
                sid="FindZone",
                actions=["route53:ListHostedZones"],
                resources=["*"],
                why=NO_RESOURCE,
            ),
        ],
    )
