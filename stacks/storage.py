"""What keeps things: buckets for logs, and the platform's entries in Secrets Manager."""

from cdktf_cdktf_provider_aws.secretsmanager_secret import SecretsmanagerSecret
from constructs import Construct

from stacks.bucket import Contents, bucket
from stacks.encryption import Encryption
from stacks.naming import bucket_name, secret_prefix
from stacks.policy import Statement
from stacks.settings import Environment
from stacks.stack import EnvironmentStack

# Loki deletes after 30 days by itself. The bucket's own rule comes later, so that it never
# takes a chunk that Loki's index still names; it is there for what Loki forgot.
LOKI_RETENTION_DAYS = 30
LOKI_EXPIRE_DAYS = LOKI_RETENTION_DAYS + 7
ACCESS_LOG_DAYS = 90

# What the platform's own parts read. People put the values in; none is ever in state.
PLATFORM_SECRETS = {
    "argocd": {
        "notifications": "Where Argo CD tells what it deployed",
        "repository": "Reads the GitOps repository",
    },
    "monitoring": {
        "alertmanager": "Keys of the pager, the chat and the outside heartbeat",
        "grafana": "Grafana's own signing key and administrator",
    },
}


def secret(
    stack: EnvironmentStack, namespace: str, name: str, *, description: str, key_arn: str
) -> None:
    """An entry `tribe/<environment>/<namespace>/<name>`, without a value."""
    environment = stack.environment
    SecretsmanagerSecret(
        stack,
        f"secret-{namespace}-{name}",
        name=f"{secret_prefix(environment.name, namespace)}{name}",
        description=description,
        kms_key_id=key_arn,
        recovery_window_in_days=environment.secret_recovery_days,
    )


class Storage(EnvironmentStack):
    """Loki's buckets, the load balancers' access logs, the platform's secrets."""

    def __init__(
        self, scope: Construct, environment: Environment, *, encryption: Encryption
    ) -> None:
        super().__init__(scope, environment, noun="storage")
        logs = Contents(key_arn=encryption.buckets, expire_days=LOKI_EXPIRE_DAYS)
        self.loki_chunks = self._bucket("loki-chunks", logs)
        rules = Contents(key_arn=encryption.buckets, expire_days=None, versioned=True)
        self.loki_ruler = self._bucket("loki-ruler", rules)
        self.access_logs = self._bucket("access-logs", self._access_logs())
        for namespace, entries in PLATFORM_SECRETS.items():
            for name, description in entries.items():
                secret(self, namespace, name, description=description, key_arn=encryption.secrets)

    def _name(self, noun: str) -> str:
        return bucket_name(self.environment.name, noun, account_id=self.environment.account.id)

    def _bucket(self, noun: str, contents: Contents) -> str:
        name = self._name(noun)
        bucket(self, noun, name=name, contents=contents, lifecycle=self.kept())
        return name

    def _access_logs(self) -> Contents:
        # https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
        account_id = self.environment.account.id
        write = Statement(
            sid="LoadBalancers",
            actions=["s3:PutObject"],
            resources=[f"arn:aws:s3:::{self._name('access-logs')}/*/AWSLogs/{account_id}/*"],
            principals={"Service": "logdelivery.elasticloadbalancing.amazonaws.com"},
            conditions={"StringEquals": {"aws:SourceAccount": account_id}},
        )
        # Load balancers write with S3's own key and refuse any other.
        return Contents(key_arn=None, expire_days=ACCESS_LOG_DAYS, writers=(write,))
