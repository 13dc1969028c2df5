"""One service, from its first commit to prod and back, in a scaffolded repository with real git.

After each step: what Argo CD would apply where, rendered from what main holds then.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from delivery.scaffold import TEMPLATE, bake
from delivery.service import add_service
from review.check import check
from review.render import render
from review.repository import Repository
from tests.delivery.releases.checkout import Checkout, Remote, git
from tests.delivery.releases.github import GitHub
from tests.delivery.releases.small import STAGES, digest
from tests.delivery.releases.verbs import run

REGISTRY = "111111111111.dkr.ecr.eu-central-1.amazonaws.com/tribe/orders"
FOLDER = "services/api-services/orders"
FIRST = f"{REGISTRY}:0.1.0"
ONE = f"{REGISTRY}:1.0.0@{digest('a')}"
TWO = f"{REGISTRY}:1.1.0@{digest('b')}"


@dataclass
class Walk:
    """checkout: of the people who merge. before: stage → all that Argo CD applied of orders."""

    checkout: Checkout
    github: GitHub
    head: str
    before: Mapping[str, list[Any]]

    def applied(self) -> dict[str, list[Any]]:
        """Stage → the manifests of orders; empty where there is no such application."""
        found: dict[str, list[Any]] = {}
        for stage in STAGES:
            rendering = render(self.checkout.folder, stage)
            assert rendering.problems == []
            names = [each.name for each in rendering.applications]
            orders = rendering.application("orders") if "orders" in names else None
            found[stage] = [each.content for each in orders.documents] if orders else []
            if orders:
                automated = orders.manifest["spec"]["syncPolicy"]["automated"]
                assert automated["enabled"] is (stage != "prod")
        return found

    def shows(self, **images: str | None) -> None:
        """main has these images, stage by stage; and no stage changed but by its own folder."""
        self.checkout.pull()
        now = self.applied()
        assert {stage: image_of(manifests) for stage, manifests in now.items()} == images
        changed = self.checkout.git("diff", "--name-only", self.head, "HEAD").splitlines()
        for stage in STAGES:
            own = any(path.startswith(f"{FOLDER}/{stage}/") for path in changed)
            assert (now[stage] != self.before[stage]) is own, (stage, changed)
        self.head, self.before = self.checkout.sha(), now

    def does(self, verb: str, *arguments: str, merged: str | None = None) -> None:
        """A verb that ends well; its pull request is merged, if it made one."""
        opened = len(self.github.pull_requests)
        ended = run(self.checkout, verb, "orders", *arguments)
        assert ended.code == 0, ended.said
        if merged:
            [asked] = self.github.pull_requests[opened:]
            assert asked["--head"] == merged
            self.checkout.merge(merged, at_remote=True)

    def is_refused(self, verb: str, *arguments: str, because: str) -> None:
        ended = run(self.checkout, verb, "orders", *arguments)
        assert (ended.code, because in ended.said) == (1, True), ended.said

    def argo_tells(self, stage: str, state: str) -> None:
        """Argo CD synced the stage at what main is, and told GitHub how it went."""
        self.github.told(f"{stage}/orders", self.checkout.sha(), state)


def image_of(manifests: list[Any]) -> str | None:
    """What the service's pods run; None where there is no service."""
    workloads = [each for each in manifests if each["kind"] in ("Deployment", "Rollout")]
    for workload in workloads:
        [container] = workload["spec"]["template"]["spec"]["containers"]
        return container["image"]
    return None


@pytest.fixture
def walk(tmp_path: Path, github: GitHub) -> Walk:
    (tmp_path / "baked").mkdir()
    scaffolded = bake(TEMPLATE, {}, into=tmp_path / "baked")
    git(scaffolded, "init", "--quiet", "--initial-branch=main")
    Checkout(scaffolded).save("Begin")
    git(scaffolded, "clone", "--quiet", "--bare", str(scaffolded), str(tmp_path / "remote"))
    checkout = Remote(tmp_path / "remote").clone(tmp_path / "a checkout")
    return Walk(checkout, github, checkout.sha(), {stage: [] for stage in STAGES})


def test_a_service_goes_from_its_first_commit_to_prod_and_back(walk: Walk) -> None:
    # Its team adds it, in dev.
    walk.checkout.git("checkout", "--quiet", "-b", "add-orders")
    add_service(walk.checkout.folder, {"name": "orders", "team": "payments"})
    walk.checkout.save("Add orders")
    walk.checkout.git("checkout", "--quiet", "main")
    walk.checkout.merge("add-orders", at_remote=False)
    walk.shows(dev=FIRST, staging=None, prod=None)
    walk.is_refused("promote", "--to", "staging", because="has no digest")

    # Its pipeline builds, and releases to dev.
    walk.does("release", "--tag", "1.0.0", "--digest", digest("a"), "--push")
    walk.shows(dev=ONE, staging=None, prod=None)
    walk.is_refused("promote", "--to", "staging", because="nobody knows whether it is healthy")

    # It is well in dev: to staging, for the first time.
    walk.argo_tells("dev", "success")
    walk.is_refused("promote", "--to", "prod", because="never deployed in staging")
    branch = f"promote/orders-to-staging-{'a' * 12}"
    walk.does("promote", "--to", "staging", "--pull-request", merged=branch)
    walk.shows(dev=ONE, staging=ONE, prod=None)

    # In staging it fails at first; then it is well: to prod.
    walk.argo_tells("staging", "failure")
    walk.is_refused("promote", "--to", "prod", "--pull-request", because="status is failure")
    walk.shows(dev=ONE, staging=ONE, prod=None)
    walk.argo_tells("staging", "success")
    branch = f"promote/orders-to-prod-{'a' * 12}"
    walk.does("promote", "--to", "prod", "--pull-request", merged=branch)
    walk.shows(dev=ONE, staging=ONE, prod=ONE)

    # The next version, the whole way.
    walk.does("release", "--tag", "1.1.0", "--digest", digest("b"), "--push")
    walk.shows(dev=TWO, staging=ONE, prod=ONE)
    walk.argo_tells("dev", "success")
    branch = f"promote/orders-to-staging-{'b' * 12}"
    walk.does("promote", "--to", "staging", "--pull-request", merged=branch)
    walk.shows(dev=TWO, staging=TWO, prod=ONE)
    walk.argo_tells("staging", "success")
    branch = f"promote/orders-to-prod-{'b' * 12}"
    walk.does("promote", "--to", "prod", "--pull-request", merged=branch)
    walk.shows(dev=TWO, staging=TWO, prod=TWO)
    problems, _ = check(Repository(root=walk.checkout.folder), names=["staging"])
    assert [each for each in problems if "orders" in each.file] == []

    # Back, in prod alone.
    branch = f"rollback/orders-in-prod-{'a' * 12}"
    walk.does("rollback", "--env", "prod", "--pull-request", merged=branch)
    walk.shows(dev=TWO, staging=TWO, prod=ONE)
    walk.is_refused("rollback", "--env", "prod", "--to", "1.0.0", because="says 1.0.0")

    # And away.
    walk.is_refused("retire", "--env", "dev", because="tribe retire orders --env prod")
    for stage in reversed(STAGES):
        branch = f"retire/orders-from-{stage}"
        walk.does("retire", "--env", stage, "--pull-request", merged=branch)
        left = STAGES[: STAGES.index(stage)]
        walk.shows(**{each: TWO if each in left else None for each in STAGES})
    assert not (walk.checkout.folder / FOLDER).exists()
    assert "orders" not in walk.checkout.text(".github/CODEOWNERS")
