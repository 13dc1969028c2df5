"""GitHub's subjects: what is refused, and the two spellings that GitHub uses."""

from dataclasses import replace

import pytest

from stacks.environments.dev import DEV
from tests.stacks.settings.refusal import refused

PULL_REQUEST = "repo:tribe-example/platform:pull_request"


@pytest.mark.parametrize(
    ("change", "field", "mend"),
    [
        pytest.param(
            {"apply": "repo:tribe-example/*:environment:dev"}, "apply", "wildcard", id="a star"
        ),
        pytest.param(
            {"apply": "repo:tribe-example/platform:*"}, "apply", "wildcard", id="any subject"
        ),
        pytest.param(
            {"apply": "repo:o/r?:environment:dev"}, "apply", "wildcard", id="a question mark"
        ),
        pytest.param(
            {"apply": PULL_REQUEST}, "apply", ":environment:", id="a pull request that applies"
        ),
        pytest.param(
            {"apply": "repo:tribe-example/platform:ref:refs/heads/main"},
            "apply",
            ":environment:",
            id="a branch that applies",
        ),
        pytest.param(
            {"apply": "repo:tribe-example/platform:ref:refs/heads/x:environment:dev"},
            "apply",
            ":environment:",
            id="a branch named like an environment",
        ),
        pytest.param(
            {"apply": "repo:tribe-example:environment:dev"}, "apply", "<name>", id="no repository"
        ),
        pytest.param({"apply": "tribe-example/platform"}, "apply", "repo:", id="a bare repository"),
        pytest.param(
            {"apply": "repo:o/r:environment:"}, "apply", "<environment>", id="an empty environment"
        ),
        pytest.param({"apply": ""}, "apply", "repo:", id="nothing"),
        pytest.param({"plan": ()}, "plan", "pull_request", id="nobody who plans"),
        pytest.param(
            {"plan": (PULL_REQUEST, "repo:o/*:pull_request")},
            "plan",
            "wildcard",
            id="any that plan",
        ),
        pytest.param(
            {"plan": ("repo:o/r:ref:refs/tags/v1",)}, "plan", "repo:", id="a tag that plans"
        ),
        pytest.param(
            {"plan": f"{PULL_REQUEST}"}, "plan", "comma", id="text where a tuple is meant"
        ),
    ],
)
def test_refuses(change: dict[str, object], field: str, mend: str) -> None:
    refusal = refused(lambda: replace(DEV.deployer, **change))
    assert refusal.field == f"Deployer.{field}"
    assert mend in refusal.mend


@pytest.mark.parametrize(
    "repository", ["tribe-example/platform", "tribe-example@123456/platform@7890123", "a.b-c/d_e.f"]
)
def test_accepts_the_names_and_the_immutable_names_of_repositories(repository: str) -> None:
    deployer = replace(
        DEV.deployer,
        plan=(f"repo:{repository}:pull_request", f"repo:{repository}:ref:refs/heads/main"),
        apply=f"repo:{repository}:environment:dev",
    )
    assert deployer.apply == f"repo:{repository}:environment:dev"
