"""An alarm for each use of the break-glass role: read from the cluster's audit log, sent by e-mail.

It stands outside of the cluster, and so still tells when nothing in it works.
"""

from cdktf_cdktf_provider_aws.cloudwatch_log_metric_filter import CloudwatchLogMetricFilter
from cdktf_cdktf_provider_aws.cloudwatch_metric_alarm import CloudwatchMetricAlarm
from cdktf_cdktf_provider_aws.sns_topic import SnsTopic
from cdktf_cdktf_provider_aws.sns_topic_policy import SnsTopicPolicy
from cdktf_cdktf_provider_aws.sns_topic_subscription import SnsTopicSubscription

from stacks.cluster import Cluster
from stacks.encryption import THIS_KEY, key
from stacks.policy import Statement, document
from stacks.settings import BreakGlass
from stacks.stack import EnvironmentStack

METRICS = "Tribe/Access"


def watch(stack: EnvironmentStack, break_glass: BreakGlass, *, cluster: Cluster) -> None:
    """Count what the role asks of the Kubernetes API, and tell at the first request."""
    account_id = stack.environment.account.id
    name = stack.named("break-glass")
    # How EKS names whoever comes in by an access entry, with the session's name at the end
    # (https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html).
    role = break_glass.role.rpartition("/")[2]
    who = f"arn:aws:sts::{account_id}:assumed-role/{role}/*"
    CloudwatchLogMetricFilter(
        stack,
        "break-glass-requests",
        name=name,
        log_group_name=f"/aws/eks/{cluster.name}/cluster",
        pattern=f'{{ $.user.username = "{who}" }}',
        metric_transformation={"name": name, "namespace": METRICS, "value": "1"},
    )
    CloudwatchMetricAlarm(
        stack,
        "break-glass-alarm",
        alarm_name=name,
        alarm_description=(
            f"Someone uses {role} in {stack.environment.cluster_name}. "
            "If nobody says why: docs/runbooks/break-glass.md."
        ),
        namespace=METRICS,
        metric_name=name,
        statistic="Sum",
        period=60,
        evaluation_periods=1,
        comparison_operator="GreaterThanOrEqualToThreshold",
        threshold=1,
        treat_missing_data="notBreaching",
        alarm_actions=[_topic(stack, break_glass, name=name)],
    )


def _topic(stack: EnvironmentStack, break_glass: BreakGlass, *, name: str) -> str:
    account_id = stack.environment.account.id
    from_alarms = {"StringEquals": {"aws:SourceAccount": account_id}}
    alarms = {"Service": "cloudwatch.amazonaws.com"}
    # Alarms cannot use the key that AWS keeps for topics.
    # https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
    topic_key = key(
        stack,
        "alarms",
        alias=stack.named("alarms"),
        description=f"Alarms, {stack.environment.name}",
        account_id=account_id,
        deletion_days=stack.environment.key_deletion_days,
        grants=[
            Statement(
                sid="Alarms",
                actions=["kms:Decrypt", "kms:GenerateDataKey*"],
                resources=THIS_KEY,
                principals=alarms,
                conditions=from_alarms,
                why="in a key's policy * is that key",
            )
        ],
    )
    topic = SnsTopic(stack, "break-glass-topic", name=name, kms_master_key_id=topic_key.arn).arn
    SnsTopicPolicy(
        stack,
        "break-glass-topic-policy",
        arn=topic,
        policy=document(
            [
                Statement(
                    sid="Alarms",
                    actions=["sns:Publish"],
                    resources=[topic],
                    principals=alarms,
                    conditions=from_alarms,
                )
            ]
        ),
    )
    for address in break_glass.tell:
        SnsTopicSubscription(
            stack,
            f"break-glass-{address.replace('@', '-at-')}",
            topic_arn=topic,
            protocol="email",
            endpoint=address,
        )
    return topic
