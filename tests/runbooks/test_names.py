"""Every name in the runbooks is one that is made: namespaces, workloads, secrets, buckets, keys."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from delivery.scaffold import TEMPLATE, bake
from review.render import render
from stacks.environments import PLATFORM
from tests.runbooks.pages import Page, pages
from tests.synthesis import ROOT, Stack
from tests.template.applications import ENVIRONMENTS

PAGES = pages()
every_page = pytest.mark.parametrize("page", PAGES, ids=str)

# Made by Terraform, and by EKS.
OTHER_NAMESPACES = frozenset({"argocd", "kube-system"})
# What third-party charts make, which are rendered by nobody here: chart → kind/name.
OF_CHARTS = {
    "argo-cd": {"service/argocd-server", "statefulset/argocd-application-controller"},
    "kube-prometheus-stack": {
        "deployment/kube-prometheus-stack-operator",
        "service/alertmanager-operated",
        "service/prometheus-operated",
    },
}
SHORT = {"svc": "service", "deploy": "deployment", "sts": "statefulset"}
KINDS = ("deployment", "statefulset", "rollout", "service", "svc", "deploy", "sts")
NAMED = re.compile(rf"\b({'|'.join(KINDS)})/([a-z][a-z0-9-]+)")
SECRET = re.compile(r"\btribe/(ENVIRONMENT|[a-z]+)/([a-z-]+)/([a-z-]+)\b")
BUCKET = re.compile(r"\btribe-(state|[a-z]+-access-logs)-ACCOUNT_ID\b")
ALIAS = re.compile(r"\balias/(tribe-[a-z-]+)")
LOG_GROUP = re.compile(r"--log-group-name (/\S+)")
CLUSTER = re.compile(r"--cluster-name (tribe-\w+)|--name (tribe-\w+)")
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The GitOps repository as the template makes it."""
    return bake(TEMPLATE, {}, into=tmp_path_factory.mktemp("runbooks"))


@pytest.fixture(scope="module")
def namespaces(repository: Path) -> set[str]:
    """Every namespace there is in a cluster of ours."""
    made = {
        each.content["metadata"]["name"]
        for environment in ENVIRONMENTS
        for each in render(repository, environment).documents
        if each.content["kind"] == "Namespace"
    }
    assert made
    return made | OTHER_NAMESPACES


def arguments(synthesized: dict[str, Stack], kind: str, argument: str) -> set[Any]:
    """One argument of every resource of that type."""
    return {
        resource.get(argument)
        for stack in synthesized.values()
        for resource in stack.get("resource", {}).get(kind, {}).values()
    }


@every_page
def test_every_namespace_is_there(page: Page, namespaces: set[str]) -> None:
    named = [
        command[command.index(flag) + 1]
        for command in page.commands
        if command[0] == "kubectl"
        for flag in ("-n", "--namespace")
        if flag in command
    ]
    assert [each for each in named if not each.isupper() and each not in namespaces] == []


@every_page
def test_every_workload_is_there(page: Page, repository: Path) -> None:
    addons = {f"deployment/{addon.parent.name}" for addon in repository.glob("addons/*/addon.yaml")}
    known = addons.union(*OF_CHARTS.values())
    named = {
        f"{SHORT.get(kind, kind)}/{name}"
        for command in page.commands
        for kind, name in NAMED.findall(" ".join(command))
    }
    assert named - known == set()


@every_page
def test_every_secret_is_there(page: Page, synthesized: dict[str, Stack]) -> None:
    made = arguments(synthesized, "aws_secretsmanager_secret", "name")
    for environment, namespace, name in SECRET.findall(page.text):
        named = {
            f"tribe/{each.name if environment == 'ENVIRONMENT' else environment}/{namespace}/{name}"
            for each in PLATFORM.environments
        }
        assert named <= made


@every_page
def test_every_bucket_is_there(page: Page, synthesized: dict[str, Stack]) -> None:
    made = {
        re.sub(r"\d{12}", "ACCOUNT_ID", str(name))
        for name in arguments(synthesized, "aws_s3_bucket", "bucket")
    }
    assert {f"tribe-{name}-ACCOUNT_ID" for name in BUCKET.findall(page.text)} <= made


@every_page
def test_every_key_log_group_and_cluster_is_there(
    page: Page, synthesized: dict[str, Stack]
) -> None:
    keys = arguments(synthesized, "aws_kms_alias", "name")
    assert {f"alias/{name}" for name in ALIAS.findall(page.text)} <= keys
    groups = arguments(synthesized, "aws_cloudwatch_log_group", "name")
    assert set(LOG_GROUP.findall(page.text)) <= groups
    clusters = arguments(synthesized, "aws_eks_cluster", "name")
    named = {one or other for one, other in CLUSTER.findall(page.text)}
    assert named <= clusters


@every_page
def test_every_link_leads_somewhere(page: Page) -> None:
    targets = [target for target in LINK.findall(page.text) if "://" not in target]
    assert [each for each in targets if each and not (page.path.parent / each).exists()] == []


def test_the_index_names_every_procedure_once() -> None:
    (index,) = [page for page in PAGES if str(page) == "repository: README.md"]
    procedures = {
        page.path.name
        for page in PAGES
        if page.where == "repository" and page.path.parent == index.path.parent
    }
    linked = [target for target in LINK.findall(index.text) if target.endswith(".md")]
    assert sorted(linked) == sorted(procedures - {"README.md"})


def test_every_procedure_of_the_platform_is_found_from_the_index() -> None:
    """What concerns AWS stands elsewhere: the index says so, page by page, in words."""
    (index,) = [page for page in PAGES if str(page) == "repository: README.md"]
    assert "docs/runbooks" in index.text
    assert len([page for page in PAGES if page.where == "platform"]) >= 6


def test_files_that_pages_of_the_platform_name_are_there() -> None:
    wrong = [
        f"{page}: {name}"
        for page in PAGES
        if page.where == "platform"
        for name in re.findall(r"`((?:stacks|argocd)/[\w/.-]+\.(?:py|yaml))`", page.text)
        if not (ROOT / name).exists() and "qa" not in name
    ]
    assert wrong == []


def test_workloads_of_charts_belong_to_charts_that_are_used(repository: Path) -> None:
    used = {
        source["chart"]
        for source in yaml.safe_load(
            (repository / "environments" / "dev" / "monitoring.yaml").read_text()
        )["spec"]["sources"]
        if "chart" in source
    }
    assert set(OF_CHARTS) - used == {"argo-cd"}
