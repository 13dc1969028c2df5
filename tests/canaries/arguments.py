"""Single arguments that no scanner looks at."""

from gates.arguments import unsafe_arguments
from gates.buckets import spoken_to_in_clear
from gates.keys import locked_keys
from tests.canaries.canary import Canary
from tests.canaries.edit import added, changed, removed
from tests.canaries.statement import text

ARGUMENTS = (
    Canary(
        claim="a password in the state",
        bad=added(
            "dev-storage",
            "aws_secretsmanager_secret_version",
            secret_id="${aws_secretsmanager_secret.secret-monitoring-grafana.id}",
            secret_string="correct horse",
        ),
        rejected_by={unsafe_arguments: "puts a secret's value into the state"},
    ),
    Canary(
        claim="a password in the state, under another name",
        bad=added(
            "dev-storage", "aws_ssm_parameter", name="/x", type="SecureString", value="horse"
        ),
        rejected_by={unsafe_arguments: "aws_ssm_parameter.canary puts a secret's value"},
    ),
    Canary(
        claim="a key of IAM that never ends",
        bad=added("dev-edge", "aws_iam_access_key", user="someone"),
        rejected_by={unsafe_arguments: "is a key that never ends"},
    ),
    Canary(
        claim="people who sign in by a password alone",
        bad=changed("prod-edge", "aws_cognito_user_pool.user-pool", mfa_configuration="OPTIONAL"),
        rejected_by={unsafe_arguments: "without a second factor"},
    ),
    Canary(
        claim="a cluster that grows old, and pays for it",
        bad=changed(
            "dev-cluster", "aws_eks_cluster.cluster", upgrade_policy={"support_type": "EXTENDED"}
        ),
        rejected_by={unsafe_arguments: "out of standard support"},
    ),
    Canary(
        claim="nodes of an image that someone made",
        bad=changed("dev-cluster", "aws_eks_node_group.system", ami_type="CUSTOM"),
        rejected_by={unsafe_arguments: "does not start EKS's own image"},
    ),
    Canary(
        claim="nodes with a script that opens the kubelet",
        bad=changed(
            "dev-cluster", "aws_launch_template.system-template", user_data="IyEvYmluL3NoCg=="
        ),
        rejected_by={unsafe_arguments: "runs a script on nodes"},
    ),
    Canary(
        claim="network policies that nobody enforces",
        bad=changed(
            "dev-cluster",
            "aws_eks_addon.vpc-cni",
            configuration_values='{"enableNetworkPolicy":"false"}',
        ),
        rejected_by={unsafe_arguments: "does not hold pods to network policies"},
    ),
    Canary(
        claim="a bucket that answers without TLS",
        bad=removed("dev-storage", "aws_s3_bucket_policy.loki-chunks-policy"),
        rejected_by={spoken_to_in_clear: "aws_s3_bucket.loki-chunks may be spoken to without TLS"},
    ),
    Canary(
        claim="a key that locks everyone out",
        bad=changed(
            "dev-encryption",
            "aws_kms_key.logs",
            policy=text(
                {
                    "Principal": {"Service": "logs.eu-central-1.amazonaws.com"},
                    "Action": "kms:Encrypt",
                    "Resource": "*",
                }
            ),
        ),
        rejected_by={locked_keys: "aws_kms_key.logs does not leave its account's root"},
    ),
)
