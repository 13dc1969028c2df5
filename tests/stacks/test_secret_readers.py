"""Who reads Secrets Manager: a controller that reads nothing, and a role for each namespace."""

import pytest

from stacks.settings import Environment
from tests.stacks.terraform_json import Arguments, resources, source, statements
from tests.synthesis import Stack

# The namespaces that hold secrets.
READERS = {
    "argocd",
    "tribe-system",
    "api-services",
    "frontend-services",
    "ai-services",
    "monitoring",
}


@pytest.fixture
def identity(environment: Environment, synthesized: dict[str, Stack]) -> Stack:
    """The identity stack of the environment."""
    return synthesized[f"{environment.name}-identity"]


def policy_of(stack: Stack, workload: str) -> dict[str, Arguments]:
    """Sid → statement of a workload's policy."""
    return statements(resources(stack, "aws_iam_role_policy")[f"{workload}-policy"]["policy"])


def test_the_secrets_controller_may_only_become_the_readers(
    environment: Environment, identity: Stack
) -> None:
    [become] = policy_of(identity, "external-secrets").values()
    assert set(become["Action"]) == {"sts:AssumeRole", "sts:TagSession"}
    assert set(become["Resource"]) == {
        f"arn:aws:iam::{environment.account.id}:role/tribe-{environment.name}-secrets-{namespace}"
        for namespace in READERS
    }


@pytest.mark.parametrize("namespace", sorted(READERS))
def test_a_reader_reads_its_own_namespaces_secrets_alone(
    environment: Environment, identity: Stack, namespace: str, synthesized: dict[str, Stack]
) -> None:
    prefix = f"arn:aws:secretsmanager:{environment.region}:{environment.account.id}:secret"
    granted = policy_of(identity, f"secrets-{namespace}")
    assert set(granted) == {"ReadOwnPrefix", "DecryptThem"}
    read, decrypt = granted["ReadOwnPrefix"], granted["DecryptThem"]
    assert set(read["Action"]) == {
        "secretsmanager:DescribeSecret",
        "secretsmanager:GetSecretValue",
    }
    assert read["Resource"] == f"{prefix}:tribe/{environment.name}/{namespace}/*"
    assert decrypt["Action"] == "kms:Decrypt"
    assert source(synthesized, decrypt["Resource"]) == "${aws_kms_key.secrets.arn}"


@pytest.mark.parametrize("namespace", sorted(READERS))
def test_a_reader_is_taken_by_the_secrets_controller_alone(identity: Stack, namespace: str) -> None:
    role = resources(identity, "aws_iam_role")[f"secrets-{namespace}"]
    [trust] = statements(role["assume_role_policy"]).values()
    controller = "${aws_eks_pod_identity_association.external-secrets-association.role_arn}"
    assert trust["Principal"] == {"AWS": controller}
