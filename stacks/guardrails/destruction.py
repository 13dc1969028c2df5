"""What cannot be made again is not destroyed by mistake in prod."""

from collections.abc import Iterator

from stacks.guardrails.resources import Resources, Violation, blocks

STATEFUL = (
    "aws_cognito_user_pool",
    "aws_ecr_repository",
    "aws_eks_cluster",
    "aws_kms_key",
    "aws_route53_zone",
    "aws_s3_bucket",
    "aws_vpc",
)


def kept(resources: Resources) -> Iterator[Violation]:
    """Stateful resources carry prevent_destroy in production."""
    if not resources.production:
        return
    for address, arguments in resources.of(*STATEFUL):
        if not any(block.get("prevent_destroy") for block in blocks(arguments.get("lifecycle"))):
            yield Violation(
                address, "can be destroyed in production", "Write lifecycle=stack.kept()."
            )


def protected(resources: Resources) -> Iterator[Violation]:
    """Where the service has a protection of its own, that is on too."""
    if not resources.production:
        return
    for address, arguments in resources.of("aws_eks_cluster"):
        if arguments.get("deletion_protection") is not True:
            yield Violation(
                address, "has no deletion protection", "Write deletion_protection=True."
            )
    for address, arguments in resources.of("aws_cognito_user_pool"):
        if arguments.get("deletion_protection") != "ACTIVE":
            yield Violation(
                address, "has no deletion protection", 'Write deletion_protection="ACTIVE".'
            )


def slow_keys(resources: Resources) -> Iterator[Violation]:
    """A key's deletion can be taken back for as long as KMS lets it."""
    if not resources.production:
        return
    for address, arguments in resources.of("aws_kms_key"):
        if arguments.get("deletion_window_in_days") != 30:
            yield Violation(
                address, "is deleted in under 30 days", "Write deletion_window_in_days=30."
            )


RULES = (kept, protected, slow_keys)
