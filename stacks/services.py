"""What single services need of AWS. A new service adds one line to SERVICES."""

import re
from collections.abc import Sequence
from typing import Literal

from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue
from constructs import Construct

from stacks.cluster import Cluster
from stacks.encryption import Encryption
from stacks.pod_identity import Workload, bind
from stacks.policy import Statement, document
from stacks.settings import Environment
from stacks.settings.schema import refuse, settings
from stacks.stack import EnvironmentStack
from stacks.storage import secret

Namespace = Literal["api-services", "frontend-services", "ai-services"]

# A message that a worker failed to handle this often goes to the dead-letter queue.
TRIES = 5
# A dead letter keeps the age it had, so that the queue's days must be the fewer
# (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/setting-up-dead-letter-queue-retention.html).
MESSAGE_DAYS = 4
DEAD_LETTER_DAYS = 14  # the longest that SQS keeps one
SECONDS_PER_DAY = 86_400
REPOSITORY = r"[\w.-]+(@\d+)?/[\w.-]+(@\d+)?"
VISIBILITY_SECONDS = 120


@settings
class Service:
    """One service: an image repository, a secret for each environment, and what is said here.

    name: as in the GitOps repository, where its folder, Deployment and service account bear it.
    queue: True for a queue of its own, with a dead-letter queue, that it alone consumes.
    may: what else its pods may do in AWS, in any environment.
    built_by: the GitHub repository, <owner>/<name>, whose workflow pushes its image; None where
        none does. As in OIDC subjects: <owner>@<id>/<name>@<id> for the younger ones.
    """

    name: str
    namespace: Namespace
    queue: bool = False
    may: tuple[Statement, ...] = ()
    built_by: str | None = None

    def __post_init__(self) -> None:
        # The longest name, tribe-<environment>-<name>-dead-letters, must fit into naming.LONGEST.
        if not re.fullmatch(r"[a-z]([a-z0-9-]{0,29}[a-z0-9])?", self.name):
            mend = (
                "Write at most 31 lower case letters, digits and dashes, beginning with a letter."
            )
            refuse(self, "name", f"{self.name!r} is not a name.", mend)
        if self.built_by is not None and not re.fullmatch(REPOSITORY, self.built_by):
            mend = 'Write "<owner>/<name>", whole: a wildcard lets others push.'
            refuse(self, "built_by", f"{self.built_by!r} is not a repository.", mend)


SERVICES = (
    Service(name="api-gateway", namespace="api-services", built_by="tribe-example/api-gateway"),
    Service(
        name="web-frontend", namespace="frontend-services", built_by="tribe-example/web-frontend"
    ),
    Service(
        name="recommendations", namespace="ai-services", built_by="tribe-example/recommendations"
    ),
    Service(
        name="notifications",
        namespace="api-services",
        built_by="tribe-example/notifications",
        queue=True,
    ),
)


class Services(EnvironmentStack):
    """Secrets, queues and roles of all services."""

    def __init__(
        self,
        scope: Construct,
        environment: Environment,
        *,
        cluster: Cluster,
        encryption: Encryption,
        services: Sequence[Service] = SERVICES,
    ) -> None:
        super().__init__(scope, environment, noun="services")
        cluster_name = cluster.name
        for service in services:
            secret(
                self,
                service.namespace,
                service.name,
                description=f"Settings of {service.name} that nobody may read",
                key_arn=encryption.secrets,
            )
            statements = [*service.may]
            if service.queue:
                statements.append(self._queue(service))
            if statements:
                workload = Workload(
                    name=f"service-{service.name}",  # apart from the platform's own controllers
                    namespace=service.namespace,
                    service_account=service.name,
                    statements=statements,
                )
                bind(self, workload, cluster_name=cluster_name)

    def _queue(self, service: Service) -> Statement:
        """The service's queue. Returns what its consumer may do."""
        name, dead_name = self.named(service.name), self.named(service.name, "dead-letters")
        place = f"arn:aws:sqs:{self.environment.region}:{self.environment.account.id}"
        dead = SqsQueue(
            self,
            f"{service.name}-dead-letters",
            name=dead_name,
            message_retention_seconds=DEAD_LETTER_DAYS * SECONDS_PER_DAY,
            sqs_managed_sse_enabled=True,
            policy=document([_tls_only(f"{place}:{dead_name}")]),
        )
        queue = SqsQueue(
            self,
            f"{service.name}-queue",
            name=name,
            message_retention_seconds=MESSAGE_DAYS * SECONDS_PER_DAY,
            visibility_timeout_seconds=VISIBILITY_SECONDS,
            receive_wait_time_seconds=20,  # long polling: fewer empty answers, and none paid for
            sqs_managed_sse_enabled=True,
            redrive_policy=f'{{"deadLetterTargetArn":"{dead.arn}","maxReceiveCount":{TRIES}}}',
            policy=document([_tls_only(f"{place}:{name}")]),
        )
        return Statement(
            sid="ConsumeOwnQueue",
            actions=[
                "sqs:ChangeMessageVisibility",
                "sqs:DeleteMessage",
                "sqs:GetQueueAttributes",
                "sqs:GetQueueUrl",
                "sqs:ReceiveMessage",
                "sqs:SendMessage",
            ],
            resources=[queue.arn],
        )


def _tls_only(arn: str) -> Statement:
    return Statement(
        sid="TlsOnly",
        effect="Deny",
        actions=["sqs:*"],
        resources=[arn],
        principals={"AWS": "*"},
        conditions={"Bool": {"aws:SecureTransport": "false"}},
    )
