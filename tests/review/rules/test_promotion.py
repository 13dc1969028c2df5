"""Nothing runs in a stage that the stage before has not run, by git or else by versions."""

import subprocess
from pathlib import Path

import pytest

from review.problem import Problem
from review.repository import Repository
from review.rules.promotion import check
from review.rules.services import services
from review.rules.versions import later

A, B, C = (f"sha256:{letter * 64}" for letter in "abc")
FOLDER = "services/shop/orders"


def image(tag: str, digest: str = "", *, repository: str = "registry/orders") -> str:
    return f'image:\n  repository: "{repository}"\n  tag: "{tag}"\n  digest: "{digest}"\n'


def git(root: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.com")
    subprocess.run(["git", "-C", str(root), *identity, *arguments], check=True, capture_output=True)


class Gitops:
    """A service's images, stage by stage, with their history."""

    def __init__(self, root: Path, *, stages: tuple[str, ...] = ("dev", "staging", "prod")) -> None:
        self.root = root
        for stage in stages:
            (root / "environments" / stage).mkdir(parents=True)

    def write(self, **images: str) -> None:
        for environment, text in images.items():
            file = self.root / FOLDER / environment / "image.yaml"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)

    def commit(self, **images: str) -> None:
        self.write(**images)
        git(self.root, "add", "--all")
        git(self.root, "commit", "--message", "a change")

    def found(self) -> list[Problem]:
        repository = Repository(root=self.root)
        return list(check(services(repository), repository))


@pytest.fixture
def plain(tmp_path: Path) -> Gitops:
    """Without git."""
    return Gitops(tmp_path)


@pytest.fixture
def gitops(tmp_path: Path) -> Gitops:
    git(tmp_path, "init", "--quiet")
    return Gitops(tmp_path)


def test_what_dev_runs_staging_may_run(gitops: Gitops):
    gitops.commit(dev=image("1.0.0", A), staging=image("1.0.0", A), prod=image("1.0.0", A))
    assert gitops.found() == []


def test_each_stage_may_have_a_registry_of_its_own(plain: Gitops):
    plain.write(dev=image("1.0.0", A), staging=image("1.0.0", A, repository="other/orders"))
    assert plain.found() == []


def test_another_image_of_the_same_tag_is_another(plain: Gitops):
    plain.write(dev=image("v1"), staging=image("v1", repository="registry/cart"))
    assert [each.severity for each in plain.found()] == ["warning"]


def test_what_dev_ran_staging_may_run(gitops: Gitops):
    gitops.commit(dev=image("1.0.0", A))
    gitops.commit(dev=image("1.1.0", B), staging=image("1.0.0", A))
    assert gitops.found() == []


def test_by_the_tag_where_dev_named_no_digest(gitops: Gitops):
    gitops.commit(dev=image("1.0.0"))
    gitops.commit(dev=image("1.1.0"), staging=image("1.0.0", A))
    assert gitops.found() == []


def test_what_dev_never_ran_staging_may_not(gitops: Gitops):
    gitops.commit(dev=image("1.0.0", A), staging=image("1.1.0", B))
    (problem,) = gitops.found()
    assert (problem.severity, problem.environment) == ("error", "staging")
    assert problem.file == f"{FOLDER}/staging/image.yaml"
    assert "dev, now at 1.0.0" in problem.message


def test_an_earlier_version_that_dev_never_ran_is_none_of_devs(gitops: Gitops):
    gitops.commit(dev=image("1.0.0", A), staging=image("0.9.0", B))
    assert [each.severity for each in gitops.found()] == ["error"]


def test_the_digest_decides_where_both_have_one(gitops: Gitops):
    gitops.commit(dev=image("1.0.0", A), staging=image("1.0.0", B))
    assert [each.severity for each in gitops.found()] == ["error"]


def test_prod_is_held_to_staging_and_not_to_dev(gitops: Gitops):
    gitops.commit(dev=image("1.0.0", A), staging=image("1.0.0", A), prod=image("1.0.0", A))
    gitops.commit(dev=image("1.1.0", B), prod=image("1.1.0", B))
    assert [each.environment for each in gitops.found()] == ["prod"]


def test_what_is_not_committed_yet_counts_as_it_stands(gitops: Gitops):
    gitops.commit(dev=image("1.0.0", A))
    gitops.write(dev=image("1.1.0", B), staging=image("1.1.0", B))
    assert gitops.found() == []


def test_the_repository_may_be_a_folder_of_another(gitops: Gitops):
    gitops.commit(dev=image("0.1.0"))
    inner = Gitops(gitops.root / "gitops")
    inner.commit(dev=image("1.0.0", A))
    inner.commit(dev=image("1.1.0", B), staging=image("1.0.0", A))
    assert inner.found() == []


@pytest.mark.parametrize(("environment", "stage"), [("staging", "dev"), ("prod", "staging")])
def test_a_service_comes_stage_by_stage(environment: str, stage: str, plain: Gitops):
    plain.write(**{environment: image("1.0.0", A)})
    (problem,) = plain.found()
    assert (problem.severity, problem.environment) == ("error", environment)
    assert f"runs in {environment} and not in {stage}" in problem.message


def test_a_platform_without_staging_promotes_from_dev_to_prod(tmp_path: Path):
    two = Gitops(tmp_path, stages=("dev", "prod"))
    two.write(dev=image("1.0.0", A), prod=image("1.0.0", A))
    assert two.found() == []
    two.write(prod=image("1.1.0", B))
    assert [each.environment for each in two.found()] == ["prod"]


@pytest.mark.parametrize(
    ("dev", "staging", "severities"),
    [
        ("1.0.0", "0.9.0", []),
        ("1.0.0", "1.0.1", ["error"]),
        ("1.0.0", "1.0.0-rc.1", []),
        ("4f2a91c", "0b7d3e5", ["warning"]),
    ],
)
def test_without_history_versions_are_compared(
    dev: str, staging: str, severities: list[str], plain: Gitops
):
    plain.write(dev=image(dev, A), staging=image(staging, B))
    assert [each.severity for each in plain.found()] == severities


def test_a_shallow_clone_has_no_history(gitops: Gitops, tmp_path_factory: pytest.TempPathFactory):
    gitops.commit(dev=image("4f2a91c", A))
    gitops.commit(dev=image("0b7d3e5", B), staging=image("4f2a91c", A))
    assert gitops.found() == []
    shallow = tmp_path_factory.mktemp("clone") / "gitops"
    git(gitops.root, "clone", "--quiet", "--depth", "1", gitops.root.as_uri(), str(shallow))
    (problem,) = Gitops(shallow).found()  # git keeps no empty folders: they are made anew
    assert problem.severity == "warning"
    assert "Check out with fetch-depth: 0" in problem.message


def state(gitops: Gitops, environment: str, text: str) -> None:
    (gitops.root / FOLDER / environment / "exception.yaml").write_text(text)


def test_a_stated_exception_makes_it_a_warning_with_the_reason(plain: Gitops):
    plain.write(dev=image("1.0.0", A), staging=image("1.1.0", B))
    state(plain, "staging", "promotion: dev is down, and this mends a leak. INC-42\n")
    (problem,) = plain.found()
    assert problem.severity == "warning"
    assert f"Excepted in {FOLDER}/staging/exception.yaml: dev is down" in problem.message


def test_an_exception_that_nothing_needs_says_so(plain: Gitops):
    plain.write(dev=image("1.0.0", A), staging=image("1.0.0", A))
    state(plain, "staging", "promotion: dev is down, and this mends a leak. INC-42\n")
    (problem,) = plain.found()
    assert (problem.severity, problem.file) == ("warning", f"{FOLDER}/staging/exception.yaml")


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("promotion: yes\n", "promotion"),
        ("promotion: why\n", "promotion"),
        ("promotions: dev is down until Friday\n", "promotions"),
        ("- dev is down until Friday\n", ""),
    ],
)
def test_an_exception_without_a_reason_excepts_nothing(text: str, path: str, plain: Gitops):
    plain.write(dev=image("1.0.0", A), staging=image("1.1.0", B))
    state(plain, "staging", text)
    promotion, exception = plain.found()
    assert promotion.severity == "error"
    assert (exception.rule, exception.severity, exception.path) == ("exception", "error", path)


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("1.0.1", "1.0.0", True),
        ("1.10.0", "1.9.0", True),
        ("v2.0.0", "1.0.0", True),
        ("1.0.0", "1.0.0", False),
        ("1.0.0", "1.0.0-rc.1", True),
        ("1.0.0-rc.2", "1.0.0-rc.10", False),
        ("1.0.0-rc.1", "1.0.0-1", True),
        ("1.0.0-rc", "1.0.0-rc.1", False),
        ("1.0.0+build.2", "1.0.0+build.1", False),
        ("1.0", "1.0.0", None),
        ("latest", "1.0.0", None),
        ("01.0.0", "1.0.0", None),
    ],
)
def test_which_of_two_versions_is_the_later(one: str, other: str, answer: bool | None):
    assert later(one, other) is answer
