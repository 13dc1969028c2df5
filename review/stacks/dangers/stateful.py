"""What holds data, or what others outside of Terraform know: names, addresses, people."""

from collections.abc import Iterator

from review.stacks.change import Change
from review.stacks.dangers.alarm import Alarm
from review.stacks.dangers.around import Around

STATEFUL = {
    "aws_acm_certificate": "what load balancers show to clients",
    "aws_cloudwatch_log_group": "its logs",
    "aws_cognito_user_pool": "its people",
    "aws_cognito_user_pool_client": "the id and the secret that its application signs in with",
    "aws_cognito_user_pool_domain": "the address that people sign in at",
    "aws_db_instance": "its data",
    "aws_dynamodb_table": "its data",
    "aws_ebs_volume": "its data",
    "aws_ecr_repository": "its images",
    "aws_efs_file_system": "its data",
    "aws_eip": "the address that others let in",
    "aws_eks_cluster": "the cluster and all that runs in it",
    "aws_eks_node_group": "the nodes, with all pods on them at once",
    "aws_elasticache_replication_group": "its data",
    "aws_iam_openid_connect_provider": "the trust that roles are assumed by",
    "aws_internet_gateway": "the way in and out of the network",
    "aws_kms_key": "everything that is encrypted with it, for good",
    "aws_nat_gateway": "the nodes' way out, while it is made anew",
    "aws_rds_cluster": "its data",
    "aws_route53_zone": "its records, and name servers that the parent zone delegates to",
    "aws_s3_bucket": "its objects",
    "aws_secretsmanager_secret": "its value",
    "aws_sns_topic": "its subscriptions, which people must confirm again",
    "aws_sqs_queue": "its messages",
    "aws_subnet": "the network interfaces in it",
    "aws_vpc": "the network and all that stands in it",
}
"""Type → what is lost with it."""


def stateful_goes(change: Change, around: Around) -> Iterator[Alarm]:
    """Something that cannot be made again is destroyed."""
    lost = STATEFUL.get(change.kind) or _kept(change)
    if not lost or not change.goes or not around.after:
        return
    if change.action == "removed":
        yield Alarm(f"is destroyed, and with it {lost}")
    elif change.action == "replaced":
        arguments = ", ".join(each.path for each in change.arguments if each.replaces)
        because = f" because {change.because} is" if change.because else ""
        yield Alarm(
            f"is replaced{because} (replaced: {arguments or 'as the plan says'}), "
            f"and the old one is destroyed with {lost}"
        )
    else:
        yield Alarm(
            f"is renamed from {change.moved_from} without a `moved` block: Terraform destroys the "
            f"old one with {lost}. Write a `moved` block (in CDKTF: move_from_id)"
        )


def renamed_without_block(change: Change, around: Around) -> Iterator[Alarm]:
    """Nothing is lost, but it is gone for a while."""
    if change.action == "moved" and not change.by_block and change.kind not in STATEFUL:
        yield Alarm(
            f"is renamed from {change.moved_from} without a `moved` block: Terraform destroys it "
            "and makes it again",
            "notice",
        )


def left_to_itself(change: Change, around: Around) -> Iterator[Alarm]:
    """Terraform forgets it, and nobody cares for it any longer."""
    if change.action == "forgotten":
        yield Alarm("stays in AWS, and no stack cares for it any longer", "notice")


def _kept(change: Change) -> str:
    """What was kept from destruction is stateful, whatever its type."""
    kept = change.old("lifecycle", "prevent_destroy")
    return "what prevent_destroy kept" if kept else ""


RULES = (stateful_goes, renamed_without_block, left_to_itself)
