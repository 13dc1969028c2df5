"""Single arguments that no scanner looks at, and that must not be what they could be."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gates.synthesis import Stacks, resources

Arguments = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What resources of a kind must not be. source: of the rule, where it is not plain."""

    kind: str
    breaks: Callable[[Arguments], bool]
    problem: str
    mend: str
    source: str = ""


RULES = (
    Rule(
        kind="aws_secretsmanager_secret_version",
        breaks=lambda arguments: bool(
            arguments.get("secret_string") or arguments.get("secret_binary")
        ),
        problem="puts a secret's value into the state",
        mend="Leave the value to people: `aws secretsmanager put-secret-value`.",
    ),
    Rule(
        kind="aws_ssm_parameter",
        breaks=lambda arguments: arguments.get("type") == "SecureString" and "value" in arguments,
        problem="puts a secret's value into the state",
        mend="Keep it in Secrets Manager, without a value here.",
    ),
    Rule(
        kind="aws_iam_access_key",
        breaks=lambda _: True,
        problem="is a key that never ends, and stands in the state",
        mend="Give the one who needs it a role.",
    ),
    Rule(
        kind="aws_cognito_user_pool",
        breaks=lambda arguments: arguments.get("mfa_configuration") != "ON",
        problem="lets people in without a second factor",
        mend='Write mfa_configuration="ON".',
    ),
    Rule(
        kind="aws_eks_cluster",
        breaks=lambda arguments: arguments.get("upgrade_policy") != {"support_type": "STANDARD"},
        problem="stays on a version that is out of standard support, and pays for it",
        mend='Write upgrade_policy={"support_type": "STANDARD"}.',
        source="https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html",
    ),
    Rule(
        kind="aws_eks_node_group",
        breaks=lambda arguments: not str(arguments.get("ami_type")).startswith("AL2023_"),
        problem="does not start EKS's own image, whose kubelet is set as the benchmark asks",
        mend='Write ami_type="AL2023_x86_64_STANDARD".',
    ),
    Rule(
        kind="aws_eks_addon",
        breaks=lambda arguments: (
            arguments.get("addon_name") == "vpc-cni"
            and '"enableNetworkPolicy":"true"'
            not in str(arguments.get("configuration_values")).replace(" ", "")
        ),
        problem="does not hold pods to network policies",
        mend='Write enableNetworkPolicy: "true" into its configuration.',
        source="https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy-configure.html",
    ),
)


def unsafe_arguments(stacks: Stacks) -> list[str]:
    """One sentence for each resource that breaks a rule, and for user data on a cluster's nodes."""
    return [
        f"{stack} {address} {rule.problem}. {rule.mend}"
        for rule in RULES
        for stack, address, arguments in resources(stacks, rule.kind)
        if rule.breaks(arguments)
    ] + [
        f"{stack} {address} runs a script on nodes, which may change the kubelet. Take it away."
        for stack, document in stacks.items()
        if "aws_eks_node_group" in document.get("resource", {})
        for _, address, arguments in resources({stack: document}, "aws_launch_template")
        if arguments.get("user_data")
    ]
