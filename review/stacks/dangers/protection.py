"""What is less protected from mistakes, from loss and from being seen by nobody."""

from collections.abc import Iterator

from review.stacks.change import Change
from review.stacks.dangers.alarm import Alarm
from review.stacks.dangers.around import Around
from review.stacks.values import many

# Arguments that protect where they have one of these values.
GUARDS: dict[str, tuple[object, ...]] = {
    "allow_admin_create_user_only": (True,),
    "authentication_mode": ("API",),
    "deletion_protection": (True, "ACTIVE"),
    "enable_deletion_protection": (True,),
    "enable_token_revocation": (True,),
    "http_tokens": ("required",),
    "image_tag_mutability": ("IMMUTABLE",),
    "mfa_configuration": ("ON",),
    "object_lock_enabled": (True,),
    "object_ownership": ("BucketOwnerEnforced",),
    "prevent_destroy": (True,),
    "prevent_user_existence_errors": ("ENABLED",),
    "scan_on_push": (True,),
    "skip_destroy": (True,),
}

# Arguments that take protection away where they are on.
RISKS = {
    "bootstrap_cluster_creator_admin_permissions",
    "force_delete",
    "force_destroy",
    "skip_final_snapshot",
}

# Numbers that protect by being high, and what holds where none is set; 0 stands for no end.
LEAST = {
    "backup_retention_period": 0,
    "deletion_window_in_days": 30,
    "message_retention_seconds": 345_600,
    "minimum_length": 8,
    "recovery_window_in_days": 30,
    "retention_in_days": 0,
}
ENDLESS = {"retention_in_days"}

# Numbers that protect by being low, and what holds where none is set.
MOST = {"http_put_response_hop_limit": 1, "max_session_duration": 3600}

# Types that guard what another resource is, by the argument that names it, and what goes with them.
GUARDIANS = {
    "aws_cloudwatch_log_metric_filter": ("log_group_name", "nobody counts what it looked for"),
    "aws_cloudwatch_metric_alarm": ("", "nobody hears of what it watched"),
    "aws_ecr_lifecycle_policy": ("repository", "its images are kept for ever"),
    "aws_ecr_registry_scanning_configuration": ("", "images are no longer scanned"),
    "aws_flow_log": ("vpc_id", "the network's traffic is no longer logged"),
    "aws_s3_bucket_lifecycle_configuration": ("bucket", "its objects are kept for ever"),
    "aws_s3_bucket_logging": ("bucket", "its accesses are no longer logged"),
    "aws_s3_bucket_ownership_controls": ("bucket", "its objects may belong to others"),
    "aws_s3_bucket_versioning": ("bucket", "what is overwritten is lost"),
    "aws_sns_topic_subscription": ("topic_arn", "its subscribers no longer hear"),
}


def guard_off(change: Change, around: Around) -> Iterator[Alarm]:
    """A protection is taken off."""
    for leaf in change.leaves() if change.stays else ():
        good = GUARDS.get(leaf.name, ())
        if leaf.before in good and leaf.after not in good:
            yield Alarm(f"loses a protection: {leaf.path} {leaf.before} → {leaf.after}")


def risk_on(change: Change, around: Around) -> Iterator[Alarm]:
    """What holds data can be destroyed with it."""
    for leaf in change.leaves() if change.stays else ():
        if leaf.name in RISKS and leaf.after is True and leaf.before is not True:
            yield Alarm(f"loses a protection: {leaf.path} is on")


def shorter(change: Change, around: Around) -> Iterator[Alarm]:
    """Something is kept, or can be taken back, for less time than before."""
    for leaf in change.leaves() if change.stays else ():
        if leaf.name in LEAST:
            old, new = (
                _number(value, LEAST[leaf.name], endless=leaf.name in ENDLESS)
                for value in (leaf.before, leaf.after)
            )
            if new < old:
                yield Alarm(f"is shorter: {leaf.path} {_said(old)} → {_said(new)}")
        if leaf.name in MOST:
            old, new = (_number(each, MOST[leaf.name]) for each in (leaf.before, leaf.after))
            if new > old:
                yield Alarm(f"is longer: {leaf.path} {_said(old)} → {_said(new)}")


def versioning_off(change: Change, around: Around) -> Iterator[Alarm]:
    """What is overwritten in a bucket is lost."""
    if change.kind == "aws_s3_bucket_versioning" and change.stays:
        old, new = (side("versioning_configuration", "status") for side in (change.old, change.new))
        if old == "Enabled" and new != "Enabled":
            yield Alarm(f"no longer keeps what is overwritten: versioning {old} → {new}")


def expires_sooner(change: Change, around: Around) -> Iterator[Alarm]:
    """Objects of a bucket are deleted sooner, or at all."""
    if change.kind != "aws_s3_bucket_lifecycle_configuration" or not change.stays:
        return
    for leaf in change.leaves():
        expires = leaf.name in ("days", "noncurrent_days") and "expiration" in leaf.path
        if expires and isinstance(leaf.after, int):
            if leaf.before is None:
                yield Alarm(f"deletes objects after {leaf.after} days: {leaf.path}")
            elif isinstance(leaf.before, int) and leaf.after < leaf.before:
                yield Alarm(f"deletes objects sooner: {leaf.path} {leaf.before} → {leaf.after}")


def fewer_logs(change: Change, around: Around) -> Iterator[Alarm]:
    """A cluster no longer logs all that it did."""
    if change.stays:
        old, new = (
            set(map(str, many(side("enabled_cluster_log_types"))))
            for side in (change.old, change.new)
        )
        if old - new:
            yield Alarm(f"no longer logs {', '.join(sorted(old - new))}")


def guardian_gone(change: Change, around: Around) -> Iterator[Alarm]:
    """What watched or guarded something goes, and the thing stays."""
    owner, loss = GUARDIANS.get(change.kind, ("", ""))
    if change.action == "removed" and loss and around.after and around.outlived(change, owner):
        yield Alarm(f"goes: {loss}")


def _number(value: object, otherwise: int, *, endless: bool = False) -> float:
    number = value if isinstance(value, int) and not isinstance(value, bool) else otherwise
    return float("inf") if endless and number == 0 else number


def _said(number: float) -> str:
    return "for ever" if number == float("inf") else f"{number:g}"


RULES = (
    guard_off,
    risk_on,
    shorter,
    versioning_off,
    expires_sooner,
    fewer_logs,
    guardian_gone,
)
