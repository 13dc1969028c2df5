"""CloudWatch log groups: made before their writers, or those make them without key and end."""

from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from constructs import Construct


def log_group(
    scope: Construct, id_: str, *, name: str, key_arn: str, retention_days: int
) -> CloudwatchLogGroup:
    """An encrypted log group. name: often AWS's to choose, because the writer looks for it."""
    return CloudwatchLogGroup(
        scope, id_, name=name, kms_key_id=key_arn, retention_in_days=retention_days
    )
