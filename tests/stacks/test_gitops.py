"""The stack that brings Argo CD: its providers, its releases, its secrets."""

import json
import re
from pathlib import Path

import pytest

from stacks.argocd import NAMESPACE
from stacks.permissions.gitops import hand_over_secrets
from stacks.policy import document
from stacks.settings import Environment
from tests.stacks.terraform_json import Arguments, only, resources, source, statements
from tests.synthesis import Stack

EPHEMERAL = re.compile(r"ephemeral\.aws_secretsmanager_secret_version\.([\w-]+)\.secret_string")


@pytest.fixture
def gitops(environment: Environment, synthesized: dict[str, Stack]) -> Stack:
    """The GitOps stack of the environment."""
    return synthesized[f"{environment.name}-gitops"]


def reached(gitops: Stack) -> list[Arguments]:
    """How each of the two providers reaches the cluster."""
    [kubernetes], [helm] = gitops["provider"]["kubernetes"], gitops["provider"]["helm"]
    [token] = kubernetes["exec"]
    return [{**kubernetes, "exec": token}, helm["kubernetes"]]


def test_both_providers_take_a_token_from_the_callers_own_credentials(
    environment: Environment, gitops: Stack, synthesized: dict[str, Stack]
) -> None:
    for provider in reached(gitops):
        assert not {"token", "config_path", "client_key", "insecure"} & provider.keys()
        token = provider["exec"]
        assert (token["command"], token["args"][:2]) == ("aws", ["eks", "get-token"])
        options = dict(zip(token["args"][2::2], token["args"][3::2], strict=True))
        cluster = source(synthesized, options["--cluster-name"])
        assert cluster == "${aws_eks_cluster.cluster.name}"
        assert options["--region"] == environment.region


def test_both_providers_check_the_clusters_certificate_whatever_way_leads_there(
    gitops: Stack, synthesized: dict[str, Stack]
) -> None:
    for provider in reached(gitops):
        way = re.fullmatch(r"\$\{coalesce\(var\.kubernetes_api, (.+)\)\}", provider["host"])
        name = re.fullmatch(r'\$\{trimprefix\((.+), "https://"\)\}', provider["tls_server_name"])
        authority = re.fullmatch(r"\$\{base64decode\((.+)\)\}", provider["cluster_ca_certificate"])
        assert way
        assert name
        assert authority
        endpoint = "${aws_eks_cluster.cluster.endpoint}"
        assert source(synthesized, f"${{{way[1]}}}") == endpoint
        assert source(synthesized, f"${{{name[1]}}}") == endpoint
        assert source(synthesized, f"${{{authority[1]}}}").endswith(
            "certificate_authority[0].data}"
        )


def test_without_a_tunnel_the_endpoint_is_called(gitops: Stack) -> None:
    assert gitops["variable"]["kubernetes_api"]["default"] == ""


def test_no_other_stack_talks_to_a_cluster(synthesized: dict[str, Stack]) -> None:
    talking = {
        name
        for name, stack in synthesized.items()
        if {"kubernetes", "helm"} & stack["provider"].keys()
    }
    assert talking == {f"{name}-gitops" for name in ("dev", "staging", "prod")}


def test_the_way_in_stands_before(environment: Environment, synthesis: Path) -> None:
    manifest = json.loads((synthesis / "manifest.json").read_text())["stacks"]
    needed = set(manifest[f"{environment.name}-gitops"]["dependencies"])
    assert {f"{environment.name}-{noun}" for noun in ("access", "cluster", "storage")} <= needed


def test_pods_of_the_namespace_are_restricted(environment: Environment, gitops: Stack) -> None:
    namespace = only(gitops, "kubernetes_namespace_v1")
    assert namespace["metadata"]["name"] == "argocd"
    assert namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"
    kept = namespace.get("lifecycle", {}).get("prevent_destroy", False)
    assert kept is environment.production


def test_charts_are_pinned_and_an_upgrade_that_fails_is_taken_back(gitops: Stack) -> None:
    releases = resources(gitops, "helm_release")
    assert {(each["chart"], each["version"]) for each in releases.values()} == {
        ("argo-cd", "10.3.3"),
        ("argocd-apps", "2.0.5"),
    }
    for release in releases.values():
        assert release["namespace"] == "argocd"
        assert release["atomic"] is True


def test_the_borders_come_after_the_kinds_they_are_made_of(gitops: Stack) -> None:
    borders = resources(gitops, "helm_release")["argocd-borders"]
    assert borders["depends_on"] == ["helm_release.argocd"]


def test_the_project_that_argo_cd_made_itself_is_taken_over(gitops: Stack) -> None:
    releases = resources(gitops, "helm_release")
    assert releases["argocd-borders"]["take_ownership"] is True
    assert "take_ownership" not in releases["argocd"]


def test_secrets_pass_through_memory_and_into_no_state(gitops: Stack) -> None:
    secrets = resources(gitops, "kubernetes_secret_v1")
    assert secrets
    for secret in secrets.values():
        assert not {"data", "binary_data"} & secret.keys()
        assert EPHEMERAL.search(secret["data_wo"])
    # Read anywhere else, a value would be in the state.
    assert "aws_secretsmanager_secret_version" not in gitops["data"]
    rest = {key: value for key, value in gitops.items() if key not in ("resource", "ephemeral")}
    assert not EPHEMERAL.search(json.dumps(rest))
    others = {
        kind: each for kind, each in gitops["resource"].items() if kind != "kubernetes_secret_v1"
    }
    assert not EPHEMERAL.search(json.dumps(others))


def test_secrets_are_written_anew_when_their_entry_changed(gitops: Stack) -> None:
    for secret in resources(gitops, "kubernetes_secret_v1").values():
        entry = EPHEMERAL.search(secret["data_wo"])
        assert entry
        changed = f"data.aws_secretsmanager_secret.{entry[1]}-entry.last_changed_date"
        assert changed in secret["data_wo_revision"]


def test_every_secret_read_is_an_entry_that_the_storage_makes(
    environment: Environment, gitops: Stack, synthesized: dict[str, Stack]
) -> None:
    made = {
        secret["name"]
        for secret in resources(
            synthesized[f"{environment.name}-storage"], "aws_secretsmanager_secret"
        ).values()
    }
    read = gitops["ephemeral"]["aws_secretsmanager_secret_version"]
    looked_up = gitops["data"]["aws_secretsmanager_secret"]
    names = {each["secret_id"] for each in read.values()}
    assert names
    assert names <= made
    assert names == {each["name"] for each in looked_up.values()}


def test_a_private_repository_has_credentials_that_argo_cd_finds(
    environment: Environment, gitops: Stack
) -> None:
    secret = resources(gitops, "kubernetes_secret_v1")["repository-secret"]
    labels = secret["metadata"]["labels"]
    assert labels == {"argocd.argoproj.io/secret-type": "repository"}
    assert f'url = "{environment.gitops.repository.url}"' in secret["data_wo"]
    assert 'type = "git"' in secret["data_wo"]


def test_notifications_have_their_token_where_they_are_on(
    environment: Environment, gitops: Stack
) -> None:
    secrets = resources(gitops, "kubernetes_secret_v1")
    assert ("notifications-secret" in secrets) is (environment.gitops.notifications is not None)


def test_whoever_applies_reads_argo_cds_entries_and_no_other(environment: Environment) -> None:
    found = statements(document(hand_over_secrets(environment, namespace=NAMESPACE)))
    read, decrypt = found["ArgoCdEntries"], found["DecryptThem"]
    assert read["Action"] == "secretsmanager:GetSecretValue"
    assert read["Resource"].endswith(f":secret:tribe/{environment.name}/argocd/*")
    by = decrypt["Condition"]["StringEquals"]
    assert by["kms:ViaService"] == f"secretsmanager.{environment.region}.amazonaws.com"
    assert by["aws:ResourceTag/tribe:scope"] == environment.name
