"""IAM: what no scanner sees in a string of JSON, and what AWS takes without a word."""

from gates import actions, documents, evaluation, managed, needs, principals, reach, sizes
from stacks.guardrails import violations
from tests.canaries.canary import Canary
from tests.canaries.edit import added, changed
from tests.canaries.statement import EVERYTHING, policy, text

KEY = "arn:aws:kms:eu-central-1:222222222222:key/0"
LOKI = "aws_iam_role_policy.loki-policy"
STRANGER = "arn:aws:iam::999999999999:root"

POLICIES = (
    Canary(
        claim="a policy that allows everything, in a string of JSON",
        bad=changed("dev-identity", LOKI, policy=text({**EVERYTHING, "Sid": "All"})),
        rejected_by={
            violations: f"{LOKI} allows every action",
            reach.unexplained_wildcards: f"{LOKI} All allows *",
            reach.escalations: "loki-role can become more than it is",
        },
    ),
    Canary(
        claim="a policy that allows everything but something",
        bad=changed(
            "dev-identity",
            LOKI,
            policy=text({"Sid": "But", "NotAction": "iam:*", "Resource": "*"}),
        ),
        rejected_by={
            violations: f"{LOKI} allows every action",
            reach.unexplained_wildcards: "But has NotAction",
        },
    ),
    Canary(
        claim="a policy that Terraform puts together where nobody can read it",
        bad=changed("dev-identity", LOKI, policy="${data.aws_iam_policy_document.x.json}"),
        rejected_by={
            documents.unreadable: f"{LOKI}.policy",
            violations: "no guardrail can read",
        },
    ),
    Canary(
        claim="a key that everyone may use",
        bad=changed(
            "dev-encryption",
            "aws_kms_key.logs",
            policy=text({**EVERYTHING, "Sid": "Open", "Principal": "*"}),
        ),
        rejected_by={
            violations: "aws_kms_key.logs allows everyone",
            reach.unexplained_wildcards: "aws_kms_key.logs Open allows *",
        },
    ),
    Canary(
        claim="a key that another company's account may use",
        bad=changed(
            "dev-encryption",
            "aws_kms_key.logs",
            policy=text({"Principal": {"AWS": STRANGER}, "Action": "kms:Decrypt", "Resource": "*"}),
        ),
        rejected_by={principals.foreign_principals: "allows account 999999999999"},
    ),
    Canary(
        claim="a bucket that everyone may read",
        bad=changed(
            "dev-storage",
            "aws_s3_bucket_policy.loki-chunks-policy",
            policy=text({"Principal": {"AWS": "*"}, "Action": "s3:GetObject", "Resource": "*"}),
        ),
        rejected_by={violations: "loki-chunks-policy allows everyone"},
    ),
    Canary(
        claim="a topic that everyone may publish to, with a reason of nothing",
        bad=added(
            "dev-edge",
            "aws_sns_topic_policy",
            arn="${aws_sns_topic.x.arn}",
            policy=text({"Principal": "*", "Action": "sns:Publish", "Resource": "*"}),
        ),
        rejected_by={reach.unexplained_wildcards: "aws_sns_topic_policy.canary"},
    ),
    Canary(
        claim="a condition that also holds without its key",
        bad=policy(
            {
                "Action": "s3:GetObject",
                "Resource": "arn:aws:s3:::x/*",
                "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": ["owner"]}},
            },
            said="Only what bears the tag.",
        ),
        rejected_by={principals.vacuous_conditions: "ForAllValues:StringEquals aws:TagKeys"},
    ),
    Canary(
        claim="a role without its ceiling",
        bad=changed("dev-identity", "aws_iam_role.loki-role", permissions_boundary=None),
        rejected_by={violations: "aws_iam_role.loki-role has no permissions boundary"},
    ),
    Canary(
        claim="a role with AWS's own policy for administrators",
        bad=added(
            "dev-identity",
            "aws_iam_role_policy_attachment",
            role="${aws_iam_role.loki-role.id}",
            policy_arn="arn:aws:iam::aws:policy/AdministratorAccess",
        ),
        rejected_by={violations: "allows every action"},
    ),
    Canary(
        claim="a role with AWS's own policy for all secrets, which no guardrail minds",
        bad=added(
            "dev-identity",
            "aws_iam_role_policy_attachment",
            role="${aws_iam_role.loki-role.id}",
            policy_arn="arn:aws:iam::aws:policy/SecretsManagerReadWrite",
        ),
        rejected_by={managed.unexplained_managed: "loki-role bears AWS's SecretsManagerReadWrite"},
    ),
    Canary(
        claim="two harmless rights that together make an administrator",
        bad=policy(
            {"Action": "iam:PassRole", "Resource": "*"},
            {"Action": "ec2:RunInstances", "Resource": "*"},
            said="It starts machines.",
        ),
        rejected_by={reach.escalations: "iam:passrole"},
    ),
    Canary(
        claim="a right to write anywhere that gives no reason",
        bad=policy({"Action": "s3:PutObject", "Resource": "*"}),
        rejected_by={
            reach.unexplained_findings: "can write anywhere",
            reach.unexplained_wildcards: "allows *",
        },
    ),
    Canary(
        claim="a statement that came past the file in which reasons are asked for",
        bad=policy({"Sid": "Past", "Action": "s3:GetObject", "Resource": KEY}, said=None),
        rejected_by={reach.unexplained_wildcards: "Past is no stacks.policy.Statement"},
    ),
    Canary(
        claim="a denial of an action that does not exist, which so denies nothing",
        bad=policy({"Effect": "Deny", "Action": "s3:DeleteBuckets", "Resource": "*"}),
        rejected_by={actions.unknown_actions: "s3:DeleteBuckets, which matches no action"},
    ),
    Canary(
        claim="a condition on a key that no request carries",
        bad=policy(
            {
                "Action": "sqs:SendMessage",
                "Resource": "arn:aws:sqs:eu-central-1:222222222222:x",
                "Condition": {"StringEquals": {"ec2:Region": "eu-central-1"}},
            }
        ),
        rejected_by={actions.strange_conditions: "StringEquals ec2:Region"},
    ),
    Canary(
        claim="a right on a thing that it does not act on",
        bad=policy({"Action": "s3:GetObject", "Resource": "arn:aws:s3:::bucket-without-a-slash"}),
        rejected_by={actions.aimless_actions: "allows s3:GetObject on arn:aws:s3:::bucket"},
    ),
    Canary(
        claim="a right that lacks half of what it needs",
        bad=policy(
            {
                "Action": "kms:CreateAlias",
                "Resource": "arn:aws:kms:eu-central-1:222222222222:alias/x",
            }
        ),
        rejected_by={actions.incomplete_actions: "kms:createalias on no key"},
    ),
    Canary(
        claim="a policy that is longer than IAM takes",
        bad=policy(
            {
                "Action": "s3:GetObject",
                "Resource": [f"arn:aws:s3:::{number:060}/*" for number in range(150)],
            }
        ),
        rejected_by={sizes.too_long: "AWS takes 10240"},
    ),
    Canary(
        claim="a person's user with keys that never end, which no deployer may make",
        bad=added("dev-edge", "aws_iam_user", name="someone"),
        rejected_by={needs.lacking: "aws_iam_user is new here"},
    ),
    Canary(
        claim="a namespace's reader that reads every namespace's secrets",
        bad=changed(
            "dev-identity",
            "aws_iam_role_policy.secrets-api-services-policy",
            policy=text(
                {
                    "Action": "secretsmanager:GetSecretValue",
                    "Resource": "arn:aws:secretsmanager:eu-central-1:222222222222:secret:tribe/*",
                }
            ),
        ),
        rejected_by={evaluation.allowed: "api-services reads a secret of argocd"},
    ),
)
