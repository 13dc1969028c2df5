"""What is stored is encrypted, with a customer key where AWS takes one."""

from collections.abc import Iterator

from stacks.guardrails.resources import Resources, Violation, blocks

# Type, and the argument that names its key.
KEYED = {
    "aws_cloudwatch_log_group": "kms_key_id",
    "aws_ebs_volume": "kms_key_id",
    "aws_secretsmanager_secret": "kms_key_id",
}


def keyed(resources: Resources) -> Iterator[Violation]:
    """Log groups, volumes and secrets name a KMS key."""
    for kind, argument in KEYED.items():
        for address, arguments in resources.of(kind):
            if not arguments.get(argument):
                yield Violation(
                    address, f"has no {argument}", "Give it a key of the encryption stack."
                )


def encrypted_buckets(resources: Resources) -> Iterator[Violation]:
    """Each bucket says how it encrypts."""
    kind = "aws_s3_bucket_server_side_encryption_configuration"
    for address, _ in resources.of("aws_s3_bucket"):
        if not resources.refer_to(address, kind=kind, argument="bucket"):
            yield Violation(
                address, "has no encryption configuration", "Make it with stacks.bucket.bucket."
            )


def encrypted_disks(resources: Resources) -> Iterator[Violation]:
    """Nodes' disks are encrypted with a customer key."""
    for address, arguments in resources.of("aws_launch_template"):
        mappings = blocks(arguments.get("block_device_mappings"))
        # Without a disk of its own a node takes the image's, in the clear.
        for disk in [disk for mapping in mappings for disk in blocks(mapping.get("ebs"))] or [{}]:
            if str(disk.get("encrypted")).lower() != "true" or not disk.get("kms_key_id"):
                mend = 'Write encrypted="true" and the volumes key.'
                yield Violation(address, "has a disk without a customer key", mend)


def encrypted_secrets(resources: Resources) -> Iterator[Violation]:
    """Kubernetes secrets are encrypted in the control plane's store."""
    for address, arguments in resources.of("aws_eks_cluster"):
        kinds = [
            kind
            for block in blocks(arguments.get("encryption_config"))
            for kind in block.get("resources", [])
        ]
        if "secrets" not in kinds:
            yield Violation(
                address, "does not encrypt secrets", "Give encryption_config the cluster key."
            )


def encrypted_queues(resources: Resources) -> Iterator[Violation]:
    """Queues are encrypted."""
    for address, arguments in resources.of("aws_sqs_queue"):
        if not (arguments.get("sqs_managed_sse_enabled") or arguments.get("kms_master_key_id")):
            yield Violation(address, "is not encrypted", "Write sqs_managed_sse_enabled=True.")


def encrypted_images(resources: Resources) -> Iterator[Violation]:
    """Images are encrypted with a customer key, and a tag never means another image."""
    for address, arguments in resources.of("aws_ecr_repository"):
        own = blocks(arguments.get("encryption_configuration"))
        if not any(block.get("kms_key") for block in own):
            yield Violation(
                address, "has no customer key", "Give encryption_configuration the images key."
            )
        if arguments.get("image_tag_mutability") != "IMMUTABLE":
            yield Violation(address, "lets tags move", 'Write image_tag_mutability="IMMUTABLE".')


def rotating_keys(resources: Resources) -> Iterator[Violation]:
    """Keys rotate."""
    for address, arguments in resources.of("aws_kms_key"):
        if not arguments.get("enable_key_rotation"):
            yield Violation(address, "does not rotate", "Write enable_key_rotation=True.")


RULES = (
    keyed,
    encrypted_buckets,
    encrypted_disks,
    encrypted_secrets,
    encrypted_queues,
    encrypted_images,
    rotating_keys,
)
