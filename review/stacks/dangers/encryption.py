"""What is stored or sent with less encryption than before."""

import re
from collections.abc import Iterator

from review.stacks.argument import Argument
from review.stacks.change import Change
from review.stacks.dangers.alarm import Alarm
from review.stacks.dangers.around import Around

# Arguments that name a customer key, in whatever block.
KEYS = {"key_arn", "kms_key", "kms_key_arn", "kms_key_id", "kms_master_key_id"}

# How something is encrypted, the weaker first.
STRENGTH = {
    "encryption_type": ("AES256", "KMS", "KMS_DSSE"),
    "sse_algorithm": ("AES256", "aws:kms", "aws:kms:dsse"),
}

# Arguments that encrypt where they are on.
SWITCHES = {
    "at_rest_encryption_enabled",
    "encrypted",
    "storage_encrypted",
    "transit_encryption_enabled",
}

# Arguments that name the TLS that a server or a client accepts.
TLS = {"minimum_protocol_version", "security_policy", "ssl_policy", "tls_policy"}
TLS_VERSION = re.compile(r"1[._-]([0-3])")

ROTATION_DAYS = 365
"""KMS's own, where no other is set."""


def key_removed(change: Change, around: Around) -> Iterator[Alarm]:
    """A customer key is not used any longer."""
    for leaf in _kept(change):
        if leaf.name in KEYS and leaf.before and not leaf.after:
            yield Alarm(f"is no longer encrypted with its own key: {leaf.path} is gone")


def weaker_algorithm(change: Change, around: Around) -> Iterator[Alarm]:
    """A key of AWS's own instead of ours."""
    for leaf in _kept(change):
        ranks = STRENGTH.get(leaf.name, ())
        if leaf.before in ranks[1:]:
            rank = ranks.index(leaf.after) if leaf.after in ranks else 0
            if rank < ranks.index(leaf.before):
                yield Alarm(f"is encrypted less strongly: {leaf.path} {leaf.before} → {leaf.after}")


def encryption_off(change: Change, around: Around) -> Iterator[Alarm]:
    """What was encrypted is not."""
    for leaf in _kept(change):
        if leaf.name in SWITCHES and _on(leaf.before) and not _on(leaf.after):
            yield Alarm(f"is no longer encrypted: {leaf.path} is off")
    if change.kind == "aws_sqs_queue" and change.stays:
        was, becomes = (
            _on(side("sqs_managed_sse_enabled")) or side("kms_master_key_id")
            for side in (change.old, change.new)
        )
        if was and not becomes:
            yield Alarm("is no longer encrypted: sqs_managed_sse_enabled is off, and it has no key")


def secrets_in_the_clear(change: Change, around: Around) -> Iterator[Alarm]:
    """Kubernetes' secrets lie unencrypted in the control plane's store."""
    kept = change.kind == "aws_eks_cluster" and change.stays
    if kept and change.old("encryption_config") and not change.new("encryption_config"):
        yield Alarm("no longer encrypts Kubernetes' secrets: encryption_config is gone")


def bucket_encryption_removed(change: Change, around: Around) -> Iterator[Alarm]:
    """A bucket falls back to S3's own encryption."""
    kind = "aws_s3_bucket_server_side_encryption_configuration"
    if change.kind == kind and change.action == "removed" and around.outlived(change, "bucket"):
        yield Alarm("goes, and the bucket stays: it is no longer encrypted with its own key")


def slower_rotation(change: Change, around: Around) -> Iterator[Alarm]:
    """A key is used for longer."""
    if change.kind != "aws_kms_key" or not change.stays:
        return
    if change.old("enable_key_rotation") is True and change.new("enable_key_rotation") is not True:
        yield Alarm("no longer rotates: enable_key_rotation is off")
    old, new = (
        side("rotation_period_in_days") or ROTATION_DAYS for side in (change.old, change.new)
    )
    if isinstance(old, int) and isinstance(new, int) and new > old:
        yield Alarm(f"rotates every {new} days, not every {old}")


def lower_tls(change: Change, around: Around) -> Iterator[Alarm]:
    """An older TLS is accepted."""
    for leaf in _kept(change):
        if leaf.name in TLS and leaf.before:
            old, new = _tls(leaf.before), _tls(leaf.after)
            if new is None or old is None:
                yield Alarm(
                    f"has another TLS policy, and which is stricter is not known: "
                    f"{leaf.path} {leaf.before} → {leaf.after}"
                )
            elif new < old:
                yield Alarm(f"accepts an older TLS: {leaf.path} {leaf.before} → {leaf.after}")


def _kept(change: Change) -> Iterator[Argument]:
    """What differs in something that is there before and after."""
    return change.leaves() if change.stays else iter(())


def _on(value: object) -> bool:
    return str(value).lower() == "true"


def _tls(value: object) -> int | None:
    """The least version of TLS that a policy's name promises: 2 of 1.2."""
    found = TLS_VERSION.findall(str(value))
    return int(found[0]) if found else None


RULES = (
    key_removed,
    weaker_algorithm,
    encryption_off,
    secrets_in_the_clear,
    bucket_encryption_removed,
    slower_rotation,
    lower_tls,
)
