"""Each service's repository pushes the service's own image, and nothing else."""

import json
from typing import Any

import pytest

from stacks.environments import PLATFORM
from stacks.services import SERVICES, Service
from stacks.settings import SettingsError
from tests.synthesis import Stack


@pytest.fixture
def resources(synthesized: dict[str, Stack]) -> dict[str, Any]:
    return synthesized[f"account-{PLATFORM.registry.name}"]["resource"]


def statements(text: str) -> dict[str, Any]:
    return {each["Sid"]: each for each in json.loads(text)["Statement"]}


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_the_role_is_for_the_services_own_repository_behind_its_environment(
    resources: dict[str, Any], service: Service
):
    role = resources["aws_iam_role"][f"push-{service.name}"]
    assert role["name"] == f"tribe-push-{service.name}"
    assert role["permissions_boundary"].endswith(":policy/tribe-boundary")
    [trusted] = statements(role["assume_role_policy"]).values()
    subject = f"repo:{service.built_by}:environment:release"
    assert trusted["Condition"] == {
        "StringEquals": {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": subject,
        }
    }


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_it_pushes_to_its_own_repository_and_deletes_nothing(
    resources: dict[str, Any], service: Service
):
    policy = statements(resources["aws_iam_role_policy"][f"push-{service.name}-policy"]["policy"])
    registry = PLATFORM.registry
    own = f"arn:aws:ecr:{registry.region}:{registry.id}:repository/tribe/{service.name}"
    assert policy["Push"]["Resource"] == own
    assert policy["Login"]["Action"] == "ecr:GetAuthorizationToken"
    assert not [each for each in policy["Push"]["Action"] if "Delete" in each or "*" in each]


@pytest.mark.parametrize("repository", ["tribe-example/*", "shop", "a/b:environment:x", ""])
def test_what_is_no_whole_repository_is_refused(repository: str):
    with pytest.raises(SettingsError, match=r"Service\.built_by"):
        Service(name="shop", namespace="api-services", built_by=repository)
