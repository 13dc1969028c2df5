"""What KEDA may do: count the messages that wait in this environment's queues."""

from stacks.naming import name
from stacks.pod_identity import Workload
from stacks.policy import Statement
from stacks.settings import Environment


def keda(environment: Environment) -> Workload:
    """https://keda.sh/docs/latest/scalers/aws-sqs/"""
    queues = f"arn:aws:sqs:{environment.region}:{environment.account.id}:{name(environment.name)}-*"
    return Workload(
        name="keda",
        namespace="tribe-system",
        service_account="keda-operator",
        statements=[
            Statement(
                sid="CountMessages",
                actions=["sqs:GetQueueAttributes", "sqs:GetQueueUrl"],
                resources=[queues],
            )
        ],
    )
