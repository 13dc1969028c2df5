"""The page on rolling back: its commands are there, and its names are those that are rendered."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from delivery.scaffold import TEMPLATE, bake
from review.render import render
from tribe.__main__ import tribe

PAGE = "docs/runbooks/deployment-rollback.md"


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With the example services: web-frontend rolls, api-gateway is a canary."""
    return bake(TEMPLATE, {"example_services": "yes"}, into=tmp_path_factory.mktemp("baked"))


@pytest.fixture(scope="module")
def commands(repository: Path) -> list[str]:
    """Every line of the page's blocks of shell."""
    blocks = re.findall(r"```sh\n(.*?)```", (repository / PAGE).read_text(), re.DOTALL)
    return [line.strip() for block in blocks for line in block.splitlines() if line.strip()]


@pytest.fixture(scope="module")
def rendered(repository: Path) -> dict[str, list[dict[str, Any]]]:
    """Application → its manifests, in dev."""
    made = render(repository, "dev").applications
    return {each.name: [document.content for document in each.documents] for each in made}


def test_its_own_verbs_take_what_they_are_given(commands: list[str]) -> None:
    own = [shlex.split(line)[1:] for line in commands if line.startswith("tribe ")]
    assert len(own) == 2
    with tribe.make_context("tribe", ["rollback"]) as context:
        for verb, *arguments in own:
            command = tribe.get_command(context, verb)
            assert command
            given = ["." if each == "ENV" else each for each in arguments]
            command.make_context(verb, given).close()


def test_what_kubectl_names_bears_the_services_name(
    commands: list[str], rendered: dict[str, list[dict[str, Any]]]
) -> None:
    kinds = {"web-frontend": "Deployment", "api-gateway": "Rollout"}
    for service, kind in kinds.items():
        [workload] = [each for each in rendered[service] if each["kind"] == kind]
        assert workload["metadata"]["name"] == service
        # What `-l app=SERVICE` finds.
        assert workload["metadata"]["labels"]["app"] == service
        assert workload["spec"]["template"]["metadata"]["labels"]["app"] == service
        assert workload["spec"]["template"]["spec"]["containers"][0]["image"]
    text = "\n".join(commands)
    assert "rollout undo deployment/SERVICE" in text
    assert "kubectl argo rollouts -n NAMESPACE undo SERVICE" in text


def test_a_way_back_takes_no_steps_as_the_page_says(
    repository: Path, rendered: dict[str, list[dict[str, Any]]]
) -> None:
    [rollout] = [each for each in rendered["api-gateway"] if each["kind"] == "Rollout"]
    assert rollout["spec"]["rollbackWindow"]["revisions"] == 3
    assert "its last three versions" in (repository / PAGE).read_text()


def test_the_workflows_that_it_names_are_there(repository: Path) -> None:
    flows = (repository / ".github" / "workflows").glob("*.yaml")
    names = {re.search(r"^name: (.+)$", each.read_text(), re.MULTILINE) for each in flows}
    there = {found[1] for found in names if found}
    assert {"Roll back", "Sync prod"} <= there
