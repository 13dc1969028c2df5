"""What the GitOps repository's workflows are given elsewhere: a role in AWS, two in Argo CD."""

import re
from pathlib import Path

import pytest
import yaml

from stacks.environments import PLATFORM
from stacks.image_release import ENVIRONMENT
from stacks.services import SERVICES
from tests.synthesis import ROOT, Stack
from tests.workflows.workflow import Workflow


def test_a_service_is_pushed_by_the_role_that_the_registrys_account_makes(
    gitops: Path, synthesized: dict[str, Stack]
):
    job = Workflow(gitops / ".github/workflows/service-release.yaml").jobs["image"]
    [arn] = [
        s["with"]["role-to-assume"] for s in job["steps"] if "role-to-assume" in s.get("with", {})
    ]
    roles = synthesized[f"account-{PLATFORM.registry.name}"]["resource"]["aws_iam_role"].values()
    made = {f"arn:aws:iam::{PLATFORM.registry.id}:role/{role['name']}" for role in roles}
    assert {arn.replace("${{ inputs.service }}", service.name) for service in SERVICES} <= made
    assert job["environment"] == ENVIRONMENT


@pytest.mark.parametrize(
    ("role", "powers"), [("look", {"get"}), ("release", {"get", "sync", "override"})]
)
def test_prods_sync_may_do_to_services_what_it_does_and_no_more(role: str, powers: set[str]):
    project = yaml.safe_load((ROOT / "argocd/projects/services.yaml").read_text())
    [found] = [each for each in project["spec"]["roles"] if each["name"] == role]
    assert "groups" not in found
    line = rf"p, proj:services:{role}, applications, (\w+), services/\*, allow"
    matches = [re.fullmatch(line, each) for each in found["policies"]]
    assert {match[1] for match in matches if match} == powers
    assert all(matches)
