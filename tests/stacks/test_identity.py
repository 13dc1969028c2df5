"""Who may what in AWS: the table of workloads, and how narrow each one's policy is."""

import json
import re

import pytest

from stacks.settings import Environment
from tests.stacks.terraform_json import Arguments, many, only, resources, source, statements
from tests.synthesis import Stack

# Workload → namespace and service account, as the GitOps side renders them.
WORKLOADS = {
    "cluster-autoscaler": ("tribe-system", "cluster-autoscaler"),
    "load-balancer-controller": ("tribe-system", "aws-load-balancer-controller"),
    "external-dns": ("tribe-system", "external-dns"),
    "external-secrets": ("tribe-system", "external-secrets"),
    "argo-rollouts": ("tribe-system", "argo-rollouts"),
    "keda": ("tribe-system", "keda-operator"),
    "loki": ("monitoring", "loki"),
}


LOOKS = re.compile(r"[a-z0-9-]+:(Describe|Get|List)\w+")
# AWS has no resource for it; alone it changes nothing, for the WAF's own actions are scoped.
CONSENT = "elasticloadbalancing:SetWebAcl"

# IAM's limit for all inline policies of a role, spaces not counted.
LONGEST_INLINE = 10_240


@pytest.fixture
def identity(environment: Environment, synthesized: dict[str, Stack]) -> Stack:
    """The identity stack of the environment."""
    return synthesized[f"{environment.name}-identity"]


def acts(statement: Arguments) -> list[str]:
    """The actions of a statement that change something."""
    return [
        action
        for action in many(statement["Action"])
        if not LOOKS.fullmatch(action) and action != CONSENT
    ]


def policy_of(stack: Stack, workload: str) -> dict[str, Arguments]:
    """Sid → statement of a workload's policy."""
    return statements(resources(stack, "aws_iam_role_policy")[f"{workload}-policy"]["policy"])


def test_the_table_binds_service_accounts_to_roles(identity: Stack) -> None:
    bound = {
        association["role_arn"]: (association["namespace"], association["service_account"])
        for association in resources(identity, "aws_eks_pod_identity_association").values()
    }
    assert bound == {f"${{aws_iam_role.{name}-role.arn}}": pods for name, pods in WORKLOADS.items()}


def test_every_association_is_in_this_environments_cluster(
    identity: Stack, synthesized: dict[str, Stack]
) -> None:
    clusters = {
        source(synthesized, association["cluster_name"])
        for association in resources(identity, "aws_eks_pod_identity_association").values()
    }
    assert clusters == {"${aws_eks_cluster.cluster.name}"}


@pytest.mark.parametrize("workload", WORKLOADS)
def test_only_pods_of_this_cluster_may_take_a_role(
    environment: Environment, identity: Stack, workload: str
) -> None:
    role = resources(identity, "aws_iam_role")[f"{workload}-role"]
    trust = statements(role["assume_role_policy"])["PodIdentity"]
    account_id, region = environment.account.id, environment.region
    assert trust["Principal"] == {"Service": "pods.eks.amazonaws.com"}
    assert set(trust["Action"]) == {"sts:AssumeRole", "sts:TagSession"}
    assert trust["Condition"]["StringEquals"] == {"aws:SourceAccount": account_id}
    cluster = f"arn:aws:eks:{region}:{account_id}:cluster/tribe-{environment.name}"
    assert trust["Condition"]["ArnEquals"] == {"aws:SourceArn": cluster}


def test_every_role_of_every_environment_bears_the_boundary(
    environment: Environment, synthesized: dict[str, Stack]
) -> None:
    boundary = f"arn:aws:iam::{environment.account.id}:policy/tribe-boundary"
    borne = {
        f"{name}: {address}": role.get("permissions_boundary")
        for name, stack in synthesized.items()
        if name.startswith(f"{environment.name}-")
        for address, role in resources(stack, "aws_iam_role").items()
    }
    assert len(borne) > len(WORKLOADS)
    assert {address for address, arn in borne.items() if arn != boundary} == set()


def test_a_statement_on_every_resource_only_looks(identity: Stack) -> None:
    for workload in resources(identity, "aws_iam_role_policy"):
        for sid, statement in policy_of(identity, workload.removesuffix("-policy")).items():
            if "*" in many(statement["Resource"]):
                assert acts(statement) == [], f"{workload} {sid}"


def test_no_statement_names_a_services_every_action(identity: Stack) -> None:
    for workload in resources(identity, "aws_iam_role_policy"):
        for sid, statement in policy_of(identity, workload.removesuffix("-policy")).items():
            wide = [action for action in many(statement["Action"]) if action.endswith("*")]
            assert wide == [], f"{workload} {sid}"


def test_inline_policies_fit_into_a_role(
    environment: Environment, synthesized: dict[str, Stack]
) -> None:
    for name, stack in synthesized.items():
        if name.startswith(f"{environment.name}-"):
            for address, policy in resources(stack, "aws_iam_role_policy").items():
                assert len(policy["policy"]) < LONGEST_INLINE, f"{name} {address}"


def test_the_autoscaler_changes_only_its_own_clusters_groups(
    environment: Environment, identity: Stack
) -> None:
    scale = policy_of(identity, "cluster-autoscaler")["ScaleOwnGroups"]
    assert set(many(scale["Action"])) == {
        "autoscaling:SetDesiredCapacity",
        "autoscaling:TerminateInstanceInAutoScalingGroup",
    }
    owned = {f"aws:ResourceTag/k8s.io/cluster-autoscaler/tribe-{environment.name}": "owned"}
    assert scale["Condition"] == {"StringEquals": owned}


def test_external_dns_writes_in_its_own_zone_alone(
    identity: Stack, synthesized: dict[str, Stack]
) -> None:
    write = policy_of(identity, "external-dns")["WriteOwnZone"]
    assert "route53:ChangeResourceRecordSets" in write["Action"]
    assert "route53_zone.zone.arn" in source(synthesized, write["Resource"])


def test_the_load_balancer_controller_changes_only_what_bears_its_clusters_tag(
    environment: Environment, identity: Stack
) -> None:
    # Attach one ACL, make one service's own role, make groups in one VPC: scoped by ARN instead.
    by_arn = {
        "OwnFirewall",
        "FirewallOfLoadBalancers",
        "ServiceLinkedRole",
        "MakeSecurityGroupsInVpc",
    }
    for sid, statement in policy_of(identity, "load-balancer-controller").items():
        if acts(statement) and sid in by_arn:
            assert "*" not in many(statement["Resource"]), sid
        elif acts(statement):
            assert f"tribe-{environment.name}" in json.dumps(statement["Condition"]), sid


def test_keda_counts_this_environments_messages_and_reads_none(
    environment: Environment, identity: Stack
) -> None:
    [count] = policy_of(identity, "keda").values()
    assert set(count["Action"]) == {"sqs:GetQueueAttributes", "sqs:GetQueueUrl"}
    queues = f"arn:aws:sqs:{environment.region}:{environment.account.id}:tribe-{environment.name}-*"
    assert count["Resource"] == queues


def test_loki_keeps_its_logs_in_its_own_buckets(environment: Environment, identity: Stack) -> None:
    keep = policy_of(identity, "loki")["KeepLogs"]
    account_id = environment.account.id
    assert set(keep["Resource"]) == {
        f"arn:aws:s3:::tribe-{environment.name}-loki-{part}-{account_id}/*"
        for part in ("chunks", "ruler")
    }


def test_argo_rollouts_only_looks(identity: Stack) -> None:
    [verify] = policy_of(identity, "argo-rollouts").values()
    assert all(":Describe" in action for action in verify["Action"]), verify["Action"]
    assert "elasticloadbalancing:DescribeTargetHealth" in verify["Action"]


def test_the_cluster_is_an_issuer_for_irsa(identity: Stack, synthesized: dict[str, Stack]) -> None:
    provider = only(identity, "aws_iam_openid_connect_provider")
    issuer = "${aws_eks_cluster.cluster.identity[0].oidc[0].issuer}"
    assert source(synthesized, provider["url"]) == issuer
    assert provider["client_id_list"] == ["sts.amazonaws.com"]
